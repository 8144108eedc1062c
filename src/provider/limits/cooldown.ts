/** How long everybody waits after a 429. */
import type { Clock } from './clock.ts';

const FIRST_BACKOFF_MS = 2000;
const LONGEST_BACKOFF_MS = 60_000;
/** A shorter wait would end before the other 429s of the same burst have arrived. */
const SHORTEST_MS = 250;

/** A shared wait, which grows with every episode that no success has followed. */
export class Cooldown {
  readonly #clock: Clock;
  #untilMs = 0;
  #episodes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get untilMs(): number {
    return this.#untilMs;
  }

  /**
   * A new episode. The server's word counts; when a wait as long as it said was followed by another 429, it counts as
   * the least.
   */
  begin(retryAfterMs: number | undefined): void {
    this.#episodes += 1;
    const leastMs = this.#episodes > 1 ? this.#backoffMs(this.#episodes - 1) : SHORTEST_MS;
    this.#waitFor(Math.max(leastMs, retryAfterMs ?? this.#backoffMs(this.#episodes)));
  }

  /** Another 429 of the same episode. */
  extend(retryAfterMs: number | undefined): void {
    if (retryAfterMs !== undefined) this.#waitFor(retryAfterMs);
  }

  end(): void {
    this.#episodes = 0;
  }

  #waitFor(ms: number): void {
    this.#untilMs = Math.max(this.#untilMs, this.#clock.nowMs() + ms);
  }

  /** 1 to 2 s, 2 to 4 s … 30 to 60 s: other processes on the same key must not come back all together. */
  #backoffMs(episodes: number): number {
    const longestMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (episodes - 1));
    return (longestMs / 2) * (1 + this.#clock.random());
  }
}
