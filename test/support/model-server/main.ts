/**
 * The test model server as a process of its own: to be killed beside, measured against, shown.
 * Usage: main.ts [--port n] [--latency ms] [--faults share] [--among a,b] [--seed n] [--rpm n] [--tpm n]
 * The first line on stdout is `{"url": …}`; `GET /stats` says what was asked and charged; SIGTERM ends it.
 */
import { parseArgs } from 'node:util';
import { FAULT_NAMES } from './faults/table.ts';
import { startModelServer } from './server.ts';

const { values: flags } = parseArgs({
  options: {
    port: { type: 'string' },
    latency: { type: 'string' },
    faults: { type: 'string' },
    among: { type: 'string' },
    seed: { type: 'string' },
    rpm: { type: 'string' },
    tpm: { type: 'string' },
  },
});

function number(name: 'port' | 'latency' | 'faults' | 'seed' | 'rpm' | 'tpm'): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`--${name}: expected a number, found ${text}`);
  return value;
}

function among() {
  return flags.among?.split(',').map((text) => {
    const name = FAULT_NAMES.find((fault) => fault === text);
    if (name === undefined) throw new Error(`--among: no fault is named ${text}; there are ${FAULT_NAMES.join(', ')}`);
    return name;
  });
}

function limits() {
  const requestsPerMinute = number('rpm');
  const tokensPerMinute = number('tpm');
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return undefined;
  return {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
    style: 'bucket' as const,
    headers: true,
  };
}

const chosen = among();
const server = await startModelServer({
  port: number('port'),
  latencyMs: number('latency'),
  faults: {
    share: number('faults') ?? 0,
    seed: number('seed') ?? 1,
    ...(chosen === undefined ? {} : { among: chosen }),
  },
  limits: limits(),
});
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0));
  });
}
