/** Time and chance as values, so that waiting can be tested without waiting. */
import { performance } from 'node:perf_hooks';
import { onAbort } from './on-abort.ts';

export interface Clock {
  /** Milliseconds that never go backwards; only differences mean anything. */
  nowMs(): number;
  /** Milliseconds since 1970, for dates that servers send. */
  epochMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when that comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

/** The machine's clock. A sleep keeps the process alive: a run that waits for its turn is not over. */
export function systemClock(): Clock {
  return {
    nowMs: () => performance.now(),
    epochMs: () => Date.now(),
    random: () => Math.random(),
    async sleep(ms, signal) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          forget();
          resolve();
        }, ms);
        const forget = onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      });
    },
  };
}
