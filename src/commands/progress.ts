/**
 * Progress on standard error: one line that rewrites itself in a terminal; elsewhere one line a job,
 * and one now and then while a long wait goes on.
 */
import type { OpenProvider } from '../run/open-provider.ts';
import type { BatchEvents } from '../run/run-batch.ts';
import type { Environment } from './environment.ts';
import { formatCount, formatDuration, formatUsd } from './table.ts';

const REFRESH_MS = 250;
/** In a log file, a sign of life. */
const STILL_MS = 30_000;

/** @param opened the provider, once there is one. */
export function showProgress(
  environment: Environment,
  opened: () => Promise<OpenProvider> | undefined,
): BatchEvents & { clear(): void } {
  const { host, isInteractive } = environment;
  const startedMs = host.now();
  let total = 0;
  let finished = 0;
  let asked = 0;
  let provider: OpenProvider | undefined;
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  const rewrite = (text: string) => environment.stderr(`\r\u001b[K${text}`);
  const tick = () => {
    void opened()?.then(
      (found) => (provider = found),
      () => undefined,
    );
    const spent = provider === undefined ? '' : spending(provider);
    if (spent === '') return;
    const left = remaining(host.now() - startedMs, asked, total - (finished - asked));
    if (isInteractive) rewrite([`[${finished}/${total}]`, last, spent, left].filter(Boolean).join(' · '));
    else environment.stderr(`[${finished}/${total}] still running: ${[spent, left].filter(Boolean).join(', ')}\n`);
  };
  return {
    started: (count) => {
      total = count;
      timer = setInterval(tick, isInteractive ? REFRESH_MS : STILL_MS);
      // Whether the run goes on is not for its progress line to say.
      timer.unref();
    },
    finished: (result) => {
      finished += 1;
      if (result.writing !== undefined) asked += 1;
      last = `${result.id}: ${result.state}`;
      if (isInteractive) rewrite(`[${finished}/${total}] ${last}`);
      else if (result.state !== 'current')
        environment.stderr(
          `[${finished}/${total}] ${result.id}: ${result.state} in ${formatDuration(result.durationMs)}\n`,
        );
    },
    clear: () => {
      clearInterval(timer);
      if (isInteractive) rewrite('');
    },
  };
}

function spending({ activity, waitingMs, forecast }: OpenProvider): string {
  if (activity === undefined) return '';
  const waiting = waitingMs?.();
  return [
    `${activity.requests} calls (${activity.inFlight} under way)`,
    `${formatCount(activity.inputTokens + activity.outputTokens)} tokens`,
    formatUsd(forecast?.price === null ? null : activity.costUsd),
    waiting === undefined ? '' : `waiting ${formatDuration(Math.round(waiting))} for the rate limit`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** From the jobs that asked something; those that were up to date say nothing about the rest. */
function remaining(elapsedMs: number, done: number, all: number): string {
  if (done === 0 || all <= done) return '';
  return `about ${formatDuration(Math.round((elapsedMs / done) * (all - done)))} to go`;
}
