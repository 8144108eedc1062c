/** Changes of one file, for as long as nobody stops. */
import { watch } from 'node:fs';
import path from 'node:path';

const SETTLE_MS = 150;

/** One turn a saved file: editors write in several steps, and some replace the file. */
export async function* changesOf(file: string, signal: AbortSignal): AsyncGenerator<undefined> {
  let wake: (() => void) | undefined;
  let hasChanged = false;
  const watcher = watch(path.dirname(file), (_, name) => {
    if (name !== path.basename(file)) return;
    hasChanged = true;
    wake?.();
  });
  signal.addEventListener('abort', () => wake?.(), { once: true });
  try {
    while (!signal.aborted) {
      if (!hasChanged) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      hasChanged = false;
      yield undefined;
    }
  } finally {
    watcher.close();
  }
}
