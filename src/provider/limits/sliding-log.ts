/** What was sent within the last minute: the only memory that the limits have. */
import type { Limits } from './limits.ts';

/**
 * A minute, and a second for the network: two requests that leave a minute apart can reach the server closer
 * together than that.
 */
export const WINDOW_MS = 61_000;

export interface LogEntry {
  readonly atMs: number;
  requests: number;
  tokens: number;
  /** False once it is older than the window. */
  isCounted: boolean;
}

export interface Usage {
  requests: number;
  tokens: number;
}

/** Entries that left the array's front are cut off when they are this many and most of it. */
const COMPACT_FROM = 256;

export class SlidingLog {
  #entries: LogEntry[] = [];
  #first = 0;
  #used: Usage = { requests: 0, tokens: 0 };

  add(atMs: number, usage: Usage): LogEntry {
    this.#prune(atMs);
    const entry: LogEntry = { atMs, requests: 0, tokens: 0, isCounted: true };
    this.#entries.push(entry);
    this.change(entry, usage);
    return entry;
  }

  /** Changes what an entry counts for; nothing happens once it has left the window. */
  change(entry: LogEntry, usage: Usage): void {
    if (!entry.isCounted) return;
    this.#used.requests += usage.requests - entry.requests;
    this.#used.tokens += usage.tokens - entry.tokens;
    entry.requests = usage.requests;
    entry.tokens = usage.tokens;
  }

  /** It was never sent, or the server refused it: it takes no room. */
  remove(entry: LogEntry): void {
    this.change(entry, { requests: 0, tokens: 0 });
  }

  used(nowMs: number): Usage {
    this.#prune(nowMs);
    return { ...this.#used };
  }

  /** How many entries are held in memory. */
  get size(): number {
    return this.#entries.length;
  }

  /**
   * `nowMs` when one more request of `tokens` fits; else the next time at which asking again can help. A request that
   * is larger than the limit fits when no tokens are in use.
   */
  roomAtMs(nowMs: number, tokens: number, limits: Limits): number {
    this.#prune(nowMs);
    const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = limits;
    const oldest = this.#entries[this.#first];
    if (oldest === undefined) return nowMs;
    const isRoom =
      this.#used.requests + 1 <= Math.max(1, requestsPerMinute) &&
      this.#used.tokens + Math.min(tokens, tokensPerMinute) <= tokensPerMinute;
    return isRoom ? nowMs : oldest.atMs + WINDOW_MS;
  }

  #prune(nowMs: number): void {
    for (let oldest = this.#entries[this.#first]; oldest !== undefined; oldest = this.#entries[++this.#first]) {
      const isEmpty = oldest.requests === 0 && oldest.tokens === 0;
      if (!isEmpty && oldest.atMs + WINDOW_MS > nowMs) break;
      this.remove(oldest);
      oldest.isCounted = false;
    }
    if (this.#first >= COMPACT_FROM && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }
}
