/** Progress on standard error: one line that rewrites itself in a terminal, one line a job elsewhere. */
import type { BatchEvents } from '../run/run-batch.ts';
import type { Environment } from './environment.ts';
import { formatDuration } from './table.ts';

export function showProgress(environment: Environment): BatchEvents & { clear(): void } {
  let total = 0;
  let finished = 0;
  const rewrite = (text: string) => environment.stderr(`\r\u001b[K${text}`);
  return {
    started: (count) => {
      total = count;
    },
    finished: (result) => {
      finished += 1;
      if (environment.isInteractive) rewrite(`[${finished}/${total}] ${result.id}: ${result.state}`);
      else if (result.state !== 'current')
        environment.stderr(
          `[${finished}/${total}] ${result.id}: ${result.state} in ${formatDuration(result.durationMs)}\n`,
        );
    },
    clear: () => {
      if (environment.isInteractive) rewrite('');
    },
  };
}
