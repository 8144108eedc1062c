/**
 * `npm run bench:engine`: what the engine costs beside the loop that one writes first, in one run:
 * rounds in turn, each variant in a process of its own, against a server in a third.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const CALLS = 1000;
const SLOTS = 64;
const LATENCY_MS = 200;
const ROUNDS = Number(process.argv[2] ?? 3);
const VARIANTS = ['bare', 'prepsmith'] as const;

interface Sample {
  elapsedMs: number;
  cpuMs: number;
  maxRssMb: number;
}

const file = (name: string) => path.join(import.meta.dirname, name);
const server = spawn(process.execPath, ['--import', 'tsx', file('engine-server.ts'), String(LATENCY_MS)]);
const [first] = (await once(server.stdout, 'data')) as [Buffer];
const baseUrl = first.toString().trim();

function measure(variant: string, calls: number): Sample {
  const args = ['--import', 'tsx', file('engine-worker.ts'), variant, baseUrl, String(calls), String(SLOTS)];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${variant}: ${done.stderr}`);
  return JSON.parse(done.stdout) as Sample;
}

const median = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
const samples: Record<(typeof VARIANTS)[number], Sample[]> = { bare: [], prepsmith: [] };
for (const variant of VARIANTS) measure(variant, 64); // warms the server, uncounted
for (let round = 0; round < ROUNDS; round += 1) {
  const order = round % 2 === 0 ? VARIANTS : [...VARIANTS].reverse();
  for (const variant of order) samples[variant].push(measure(variant, CALLS));
}
const few = measure('prepsmith', CALLS / 4);
server.kill();

const idealMs = (CALLS * LATENCY_MS) / SLOTS;
const row = (name: string, of: Sample[]) => {
  const elapsedMs = median(of.map((sample) => sample.elapsedMs));
  const cpuMs = median(of.map((sample) => sample.cpuMs));
  const rss = median(of.map((sample) => sample.maxRssMb));
  return `${name.padEnd(12)} ${(elapsedMs / idealMs).toFixed(2).padStart(9)} ${(cpuMs / CALLS).toFixed(2).padStart(12)} ${rss.toFixed(0).padStart(9)}`;
};
const lines = [
  `${CALLS} calls, ${LATENCY_MS} ms each, ${SLOTS} at a time: ideal ${(idealMs / 1000).toFixed(2)} s; medians of ${ROUNDS} rounds, Node ${process.version}`,
  '',
  `${''.padEnd(12)} ${'of ideal'.padStart(9)} ${'CPU ms/call'.padStart(12)} ${'peak MB'.padStart(9)}`,
  row('bare loop', samples.bare),
  row('prepsmith', samples.prepsmith),
  '',
  `prepsmith, ${CALLS / 4} calls: peak ${few.maxRssMb.toFixed(0)} MB`,
];
process.stdout.write(`${lines.join('\n')}\n`);
