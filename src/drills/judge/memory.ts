/**
 * Looks at what a process uses, from outside: `--max-old-space-size` does not count the buffers of
 * typed arrays. Linux alone says it in /proc; elsewhere the limits inside the process remain.
 */
import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 100;
const PAGE_BYTES = 4096;

/** @returns what stops the watching. */
export function watchMemory(pid: number | undefined, limitMb: number, exceeded: () => void): () => void {
  if (pid === undefined || limitMb === 0) return () => undefined;
  const stop = (): void => clearInterval(timer);
  const look = async (): Promise<void> => {
    const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => undefined);
    if (statm === undefined) return stop();
    const residentPages = Number(statm.split(' ')[1]);
    if (residentPages * PAGE_BYTES > limitMb * 1024 * 1024) {
      stop();
      exceeded();
    }
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  return stop;
}
