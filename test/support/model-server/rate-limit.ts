/** Limits per minute as services enforce them, and the headers in which they say so. */

export type LimitStyle = 'sliding' | 'bucket' | 'fixed';

export interface Limits {
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  style: LimitStyle;
  /** Whether `x-ratelimit-*` go with every reply. */
  headers: boolean;
}

/** How much of one limit is left; times in milliseconds of the server's clock. */
interface Meter {
  readonly limit: number;
  /** 0 when so much is free now. */
  waitMs(amount: number, now: number): number;
  take(amount: number, now: number): void;
  remaining(now: number): number;
  /** Until everything is free again. */
  resetMs(now: number): number;
}

const MINUTE_MS = 60_000;

/** Counts since the start of the minute; a whole minute's worth may come twice around its turn. */
class FixedMeter implements Meter {
  readonly limit: number;
  readonly #originMs: number;
  #window = -1;
  #used = 0;

  constructor(limit: number, originMs: number) {
    this.limit = limit;
    this.#originMs = originMs;
  }

  waitMs(amount: number, now: number): number {
    return amount <= this.remaining(now) ? 0 : this.resetMs(now);
  }

  take(amount: number, now: number): void {
    this.#used = this.limit - this.remaining(now) + amount;
    this.#window = this.#windowAt(now);
  }

  remaining(now: number): number {
    return this.#window === this.#windowAt(now) ? this.limit - this.#used : this.limit;
  }

  resetMs(now: number): number {
    return MINUTE_MS - ((now - this.#originMs) % MINUTE_MS);
  }

  #windowAt(now: number): number {
    return Math.floor((now - this.#originMs) / MINUTE_MS);
  }
}

/** Counts what was taken in the last sixty seconds, to the millisecond. */
class SlidingMeter implements Meter {
  readonly limit: number;
  #taken: { at: number; amount: number }[] = [];
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  waitMs(amount: number, now: number): number {
    let free = this.remaining(now);
    if (amount <= free) return 0;
    for (const taken of this.#taken) {
      free += taken.amount;
      if (amount <= free) return taken.at + MINUTE_MS - now;
    }
    return MINUTE_MS;
  }

  take(amount: number, now: number): void {
    this.#taken.push({ at: now, amount });
    this.#used += amount;
  }

  remaining(now: number): number {
    const gone = this.#taken.findIndex(({ at }) => at + MINUTE_MS > now);
    const old = this.#taken.splice(0, gone === -1 ? this.#taken.length : gone);
    this.#used -= old.reduce((sum, { amount }) => sum + amount, 0);
    return this.limit - this.#used;
  }

  resetMs(now: number): number {
    const newest = this.#taken.at(-1);
    return newest === undefined ? 0 : Math.max(0, newest.at + MINUTE_MS - now);
  }
}

/** Holds a minute's worth at most and fills evenly. */
class BucketMeter implements Meter {
  readonly limit: number;
  #level: number;
  #atMs: number;

  constructor(limit: number, originMs: number) {
    this.limit = limit;
    this.#level = limit;
    this.#atMs = originMs;
  }

  waitMs(amount: number, now: number): number {
    return this.#msFor(amount - this.#levelAt(now));
  }

  take(amount: number, now: number): void {
    this.#level = this.#levelAt(now) - amount;
    this.#atMs = now;
  }

  remaining(now: number): number {
    return Math.floor(this.#levelAt(now));
  }

  resetMs(now: number): number {
    return this.#msFor(this.limit - this.#levelAt(now));
  }

  #levelAt(now: number): number {
    return Math.min(this.limit, this.#level + ((now - this.#atMs) * this.limit) / MINUTE_MS);
  }

  // Rounding errors of a sum of fractions must not cost a wait.
  #msFor(amount: number): number {
    return Math.max(0, Math.ceil((amount * MINUTE_MS) / this.limit - 1e-6));
  }
}

function openMeter(style: LimitStyle, limit: number, originMs: number): Meter {
  if (style === 'fixed') return new FixedMeter(limit, originMs);
  return style === 'sliding' ? new SlidingMeter(limit) : new BucketMeter(limit, originMs);
}

export interface Refusal {
  of: 'requests' | 'tokens';
  limit: number;
  /** `undefined`: larger than a whole minute's worth, so waiting is no help. */
  waitMs: number | undefined;
}

export class RateLimiter {
  readonly #requests: Meter | undefined;
  readonly #tokens: Meter | undefined;
  readonly #clock: () => number;
  readonly #sendsHeaders: boolean;

  constructor({ requestsPerMinute, tokensPerMinute, style, headers }: Limits, clock: () => number) {
    const open = (limit: number | undefined) => (limit === undefined ? undefined : openMeter(style, limit, clock()));
    this.#requests = open(requestsPerMinute);
    this.#tokens = open(tokensPerMinute);
    this.#clock = clock;
    this.#sendsHeaders = headers;
  }

  /** Takes one request of so many tokens, or nothing at all. */
  take(tokens: number): Refusal | undefined {
    const now = this.#clock();
    for (const [of, meter, amount] of [
      ['requests', this.#requests, 1],
      ['tokens', this.#tokens, tokens],
    ] as const) {
      const waitMs = meter?.waitMs(amount, now) ?? 0;
      if (meter !== undefined && waitMs > 0) {
        return { of, limit: meter.limit, waitMs: amount > meter.limit ? undefined : waitMs };
      }
    }
    this.#requests?.take(1, now);
    this.#tokens?.take(tokens, now);
    return undefined;
  }

  headers(): Record<string, string> {
    if (!this.#sendsHeaders) return {};
    return { ...this.#headersOf('requests', this.#requests), ...this.#headersOf('tokens', this.#tokens) };
  }

  #headersOf(name: string, meter: Meter | undefined): Record<string, string> {
    if (meter === undefined) return {};
    const now = this.#clock();
    return {
      [`x-ratelimit-limit-${name}`]: String(meter.limit),
      [`x-ratelimit-remaining-${name}`]: String(Math.max(0, meter.remaining(now))),
      [`x-ratelimit-reset-${name}`]: formatReset(meter.resetMs(now)),
    };
  }
}

/** `12ms`, `1.5s`, `6m0s`: a duration as OpenAI writes it. */
export function formatReset(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = `${Number(((ms % MINUTE_MS) / 1000).toFixed(3))}s`;
  return minutes === 0 ? seconds : `${minutes}m${seconds}`;
}
