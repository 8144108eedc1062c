import { setMaxListeners } from 'node:events';

/**
 * Calls `listener` when the signal is aborted; it must not be already.
 *
 * @returns takes it back.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  // Every request of a run waits on the run's one signal: that many listeners are no leak, and need no warning.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
