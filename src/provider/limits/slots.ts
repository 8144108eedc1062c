/** How many requests run at once: fewer after a 429, more again as requests succeed. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from './clock.ts';
import { onAbort } from './on-abort.ts';

/** 429s this soon after the last cut come from requests that were already on their way. */
const EPISODE_MS = 15_000;

export interface Slots {
  /**
   * Runs the task when a slot is free, first come first served; settles as the task does. Rejects with the signal's
   * reason at once when it is aborted before the task has started; the task never runs then.
   */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Halves the slots, down to 1; further calls within 15 s belong to the same episode. Running tasks go on. */
  rateLimited(): void;
  /** After as many successes as there are slots, there is one more, up to the maximum. */
  succeeded(): void;
  state(): { active: number; pending: number; concurrency: number };
}

/** @param max a whole number from 1; also how many slots there are at first. */
export function createSlots(clock: Clock, max: number): Slots {
  return new AdaptiveSlots(clock, max);
}

class AdaptiveSlots implements Slots {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #limit: LimitFunction;
  // p-limit's own counts include what was aborted while it was queued.
  #active = 0;
  #pending = 0;
  #successes = 0;
  #lastCutMs = -Infinity;

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
    this.#limit = pLimit(max);
  }

  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    return new Promise<T>((resolve, reject) => {
      let isPending = true;
      const leaveQueue = (): void => {
        forget();
        isPending = false;
        this.#pending -= 1;
      };
      const forget = onAbort(signal, () => {
        leaveQueue();
        reject(signal.reason as Error);
      });
      this.#pending += 1;
      this.#limit(async () => {
        if (!isPending) return;
        leaveQueue();
        resolve(await this.#counted(task));
      }).catch(reject);
    });
  }

  rateLimited(): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#lastCutMs < EPISODE_MS) return;
    this.#lastCutMs = nowMs;
    this.#successes = 0;
    this.#limit.concurrency = Math.max(1, Math.floor(this.#limit.concurrency / 2));
  }

  succeeded(): void {
    if (this.#limit.concurrency >= this.#max) return;
    this.#successes += 1;
    if (this.#successes < this.#limit.concurrency) return;
    this.#successes = 0;
    this.#limit.concurrency += 1;
  }

  state(): { active: number; pending: number; concurrency: number } {
    return { active: this.#active, pending: this.#pending, concurrency: this.#limit.concurrency };
  }

  async #counted<T>(task: () => Promise<T>): Promise<T> {
    this.#active += 1;
    try {
      return await task();
    } finally {
      this.#active -= 1;
    }
  }
}
