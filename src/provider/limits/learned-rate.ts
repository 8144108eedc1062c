/** The rate that a run keeps of its own accord, evenly, once a server has said no. */
import { limitsOf, tightest, type Limits } from './limits.ts';
import type { Usage } from './sliding-log.ts';

const CUT = 0.9;
/** After a raise, a little below what has gone well for a minute is cut enough. */
const CUT_BELOW_GOOD = 0.99;
/** Above this share of a known limit, the limit itself explains a 429. */
const FULL = 0.95;
/** Below this share of a known limit, it is not the one that binds: some servers state limits by the day. */
const NEAR = 0.5;
/** Every clean minute raises the rate; the step doubles with each, or a limit that was learned far too low stays. */
const GROWTH = { everyMs: 60_000, first: 0.05, longest: 0.5 } as const;
/** Up to here of the rate that was last refused, half the way is gone back every minute; then it is kept for a while. */
const KNOWN_BAD = { closest: 1.02, keptMs: 5 * 60_000 } as const;
/** Fewer requests than this say nothing about the size of the next ones. */
const TOKEN_SAMPLE = 10;
/** From a first lower bound up to the first 429. */
const SEARCH = { everyMs: 4000, sends: 3, factor: 1.25 } as const;

/** By the minute; `Infinity` where nothing is known. */
export class LearnedRate {
  #rate: Usage | undefined;
  #isSearching = false;
  #growth: number = GROWTH.first;
  /** The rate that was last refused, as a multiple of the present one; `Infinity` when none is remembered. */
  #headroom = Infinity;
  /** The rate that went well for a minute before the last raise, as a share of the present one; 0 when there is none. */
  #good = 0;
  #raiseAtMs = 0;
  #sends = 0;

  get isKnown(): boolean {
    return this.#rate !== undefined;
  }

  limits(): Limits {
    return this.#rate === undefined ? {} : limitsOf(this.#rate.requests, this.#rate.tokens);
  }

  /**
   * From a 429 and what was accepted in the minute before it.
   *
   * @returns true when the rate is only what was accepted, so that the true one may be far above it.
   */
  learn(accepted: Usage, ceiling: Limits, nowMs: number): boolean {
    this.#isSearching = false;
    this.#growth = GROWTH.first;
    this.#raiseAtMs = nowMs + GROWTH.everyMs;
    const known = { requests: ceiling.requestsPerMinute, tokens: ceiling.tokensPerMinute };
    if (this.#rate !== undefined) {
      // Which of the two was too much is not said; what is not known yet stays so, for the other one follows it.
      const factor = Math.max(CUT, this.#good * CUT_BELOW_GOOD);
      this.#rate = {
        requests: cut(this.#rate.requests, known.requests, Infinity, factor),
        tokens: cut(this.#rate.tokens, known.tokens, Infinity, factor),
      };
      this.#headroom = 1 / factor;
      this.#good = 0;
      return false;
    }
    const observed = {
      requests: Math.max(1, accepted.requests),
      tokens: accepted.requests >= TOKEN_SAMPLE && accepted.tokens > 0 ? accepted.tokens : Infinity,
    };
    const share = Math.max(
      accepted.requests / (known.requests ?? Infinity),
      accepted.tokens / (known.tokens ?? Infinity),
    );
    if (share >= FULL) this.#rate = { requests: known.requests ?? Infinity, tokens: known.tokens ?? Infinity };
    else if (share < NEAR) this.#rate = observed;
    else {
      this.#rate = {
        requests: cut(Infinity, known.requests, observed.requests, CUT),
        tokens: cut(Infinity, known.tokens, observed.tokens, CUT),
      };
    }
    return share < FULL && (share < NEAR || known.requests === undefined || known.tokens === undefined);
  }

  /**
   * The server has accepted a request although the last minute was full: a rate that it allows, by the distance.
   *
   * @returns true when that is more than was known.
   */
  atLeast(requestsPerMinute: number, ceiling: Limits, nowMs: number): boolean {
    if (this.#rate === undefined) return false;
    this.#raiseAtMs = nowMs + GROWTH.everyMs;
    if (requestsPerMinute <= this.#rate.requests) return false;
    this.#raise(requestsPerMinute / this.#rate.requests, ceiling);
    this.#isSearching = true;
    this.#raiseAtMs = nowMs + SEARCH.everyMs;
    this.#sends = 0;
    return true;
  }

  /** A request was sent. @param wasHeld whether the rate has held anybody back since it was last raised. */
  sent(nowMs: number, wasHeld: boolean, ceiling: Limits): 'raised' | 'same' {
    this.#sends += 1;
    // A rate that nobody runs into was not tried, so nothing is known about a higher one.
    if (this.#rate === undefined || !wasHeld || nowMs < this.#raiseAtMs) return 'same';
    if (this.#isSearching) {
      if (this.#sends < SEARCH.sends) return 'same';
      this.#raise(SEARCH.factor, ceiling);
      this.#raiseAtMs = nowMs + SEARCH.everyMs;
    } else {
      const step = this.#step(this.#rate.requests);
      this.#raise(step, ceiling);
      this.#good = 1 / step;
      this.#raiseAtMs = nowMs + (this.#headroom <= KNOWN_BAD.closest ? KNOWN_BAD.keptMs : GROWTH.everyMs);
    }
    this.#sends = 0;
    return 'raised';
  }

  #step(requestsPerMinute: number): number {
    if (this.#headroom > KNOWN_BAD.closest && this.#headroom < Infinity) return (1 + this.#headroom) / 2;
    // What was refused a while ago may be allowed now.
    this.#headroom = Infinity;
    const growth = Math.max(this.#growth, 1 / requestsPerMinute);
    this.#growth = Math.min(GROWTH.longest, this.#growth * 2);
    return 1 + growth;
  }

  #raise(factor: number, ceiling: Limits): void {
    if (this.#rate === undefined) return;
    this.#headroom /= factor;
    const { requests, tokens } = this.#rate;
    const raised = tightest(limitsOf(requests * factor, tokens * factor), ceiling);
    this.#rate = { requests: raised.requestsPerMinute ?? Infinity, tokens: raised.tokensPerMinute ?? Infinity };
  }
}

function cut(rate: number, known: number | undefined, observed: number, factor: number): number {
  const from = Math.min(rate, known ?? Infinity);
  return Number.isFinite(from) ? Math.max(1, from * factor) : observed;
}
