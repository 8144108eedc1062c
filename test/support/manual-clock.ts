/** Virtual time: it stands still until nothing else can happen, then jumps to whoever wakes first. */
import type { Clock } from '../../src/provider/limits/clock.ts';
import { onAbort } from '../../src/provider/limits/on-abort.ts';

export interface ManualClock extends Clock {
  /** How many sleep now; 0 at the end, or a timer was left behind. */
  sleeping(): number;
  /** Lets time pass until the promise settles. @throws Error when it waits and nobody sleeps: a lost wake-up. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Lets `ms` milliseconds pass, waking everybody on the way. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  dueMs: number;
  wake(): void;
}

/** @param seed of `random()`: the same seed gives the same run. */
export function manualClock(seed = 1): ManualClock {
  let nowMs = 0;
  const sleepers = new Set<Sleeper>();
  const random = seeded(seed);

  /** False when nobody is due by `limitMs`. */
  function wakeNext(limitMs: number): boolean {
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) if (next === undefined || sleeper.dueMs < next.dueMs) next = sleeper;
    if (next === undefined || next.dueMs > limitMs) return false;
    nowMs = Math.max(nowMs, next.dueMs);
    sleepers.delete(next);
    next.wake();
    return true;
  }

  return {
    nowMs: () => nowMs,
    epochMs: () => Date.UTC(2026, 0, 1) + nowMs,
    random,
    sleep: (ms, signal) => sleepUntil(sleepers, nowMs + Math.max(0, ms), signal),
    sleeping: () => sleepers.size,
    async until(promise) {
      const state = { isSettled: false };
      const settled = (): void => {
        state.isSettled = true;
      };
      promise.then(settled, settled);
      for (await idle(); !state.isSettled; await idle()) {
        if (!wakeNext(Infinity)) throw new Error('a lost wake-up: it waits, and nobody sleeps');
      }
      return promise;
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      await idle();
      while (wakeNext(endMs)) await idle();
      nowMs = endMs;
    },
  };
}

async function sleepUntil(sleepers: Set<Sleeper>, dueMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const sleeper: Sleeper = {
      dueMs,
      wake() {
        forget();
        resolve();
      },
    };
    sleepers.add(sleeper);
    const forget = onAbort(signal, () => {
      sleepers.delete(sleeper);
      reject(signal.reason as Error);
    });
  });
}

/** Every promise that can go on has gone on: a turn of the real event loop empties the microtasks. */
async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
