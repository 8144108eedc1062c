/** Who may be sent when, at a rate that was learned. Counts estimates, for what was learned was counted in them. */
import { LearnedRate } from './learned-rate.ts';
import { tightest, type Limits } from './limits.ts';
import { SlidingLog, WINDOW_MS, type LogEntry, type Usage } from './sliding-log.ts';

/** A timer that fires late is made up for by this much at most; more would be a burst. */
const LATENESS_MS = 20;
/** Requests differ in size: what small ones leave of their time's tokens, later ones may use for this long. */
const TOKEN_CREDIT_MS = 1000;
/**
 * Single requests that are sent although the last minute is full: when one is accepted, the server counts finer than
 * by the minute, and nobody needs to wait for the minute to pass. Each can cost one 429.
 */
const PROBES = 2;
/** A refusal this soon after an accepted probe shows that the probe only happened to fit. */
const PROBE_FOLLOWERS = 4;

export class Pace {
  readonly #rate = new LearnedRate();
  readonly #log = new SlidingLog();
  /** When the next request may go, by the number of requests and by their tokens. */
  #next = { requestsMs: 0, tokensMs: 0 };
  #lastSentMs = 0;
  #wasHeld = false;
  #probesLeft = 0;
  #probe: LogEntry | undefined;
  /** True once a probe was accepted: then distances hold, and what went before does not count. */
  #isFiner = false;
  #followersLeft = 0;

  limits(): Limits {
    return this.#rate.limits();
  }

  accepted(nowMs: number): Usage {
    return this.#log.used(nowMs);
  }

  /** `nowMs`, or when to ask again. */
  roomAtMs(nowMs: number, tokens: number, ceiling: Limits): number {
    const atMs = this.#turnAtMs(nowMs, tokens, ceiling);
    if (atMs <= nowMs) return nowMs;
    this.#wasHeld = true;
    return this.#probesLeft > 0 && this.#probe === undefined ? nowMs : atMs;
  }

  send(nowMs: number, tokens: number, ceiling: Limits): LogEntry {
    const isProbe = this.#turnAtMs(nowMs, tokens, ceiling) > nowMs;
    const entry = this.#log.add(nowMs, { requests: 1, tokens });
    if (isProbe) this.#probesLeft -= 1;
    else {
      this.#probesLeft = 0;
      this.#lastSentMs = nowMs;
    }
    this.#followersLeft -= 1;
    this.#probe = isProbe ? entry : undefined;
    if (!this.#rate.isKnown) return entry;
    if (this.#rate.sent(nowMs, this.#wasHeld, ceiling) === 'raised') this.#wasHeld = false;
    this.#moveOn(nowMs, tokens, ceiling);
    return entry;
  }

  /** @returns false when nothing is to be learned from it: it was a probe, or shows that a probe had misled. */
  refused(entry: LogEntry): boolean {
    const wasProbe = entry === this.#probe;
    this.withdraw(entry);
    const wasMisled = this.#isFiner && this.#followersLeft > 0;
    if (wasMisled) this.#isFiner = false;
    return !wasProbe && !wasMisled;
  }

  /** It was never sent. */
  withdraw(entry: LogEntry): void {
    this.#log.remove(entry);
    if (entry === this.#probe) this.#probe = undefined;
  }

  /** A success. Of a probe, it says how close together the server lets requests come. */
  confirm(entry: LogEntry, nowMs: number, ceiling: Limits): void {
    if (entry !== this.#probe) return;
    this.#probe = undefined;
    this.#probesLeft = 0;
    const isRaised = this.#rate.atLeast(WINDOW_MS / Math.max(1, entry.atMs - this.#lastSentMs), ceiling, nowMs);
    this.#isFiner = true;
    // Far more than was accepted in the burst: that cannot have been the last bit of room.
    this.#followersLeft = isRaised ? 0 : PROBE_FOLLOWERS;
    this.#next = { requestsMs: entry.atMs, tokensMs: entry.atMs };
    this.#moveOn(entry.atMs, entry.tokens, ceiling);
  }

  /** An episode of 429s is over. @param accepted in the minute before it. */
  learn(accepted: Usage, ceiling: Limits, nowMs: number): void {
    if (this.#rate.learn(accepted, ceiling, nowMs)) this.#probesLeft = PROBES;
  }

  #turnAtMs(nowMs: number, tokens: number, ceiling: Limits): number {
    if (!this.#rate.isKnown) return nowMs;
    const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = tightest(this.limits(), ceiling);
    // Distances keep the rate already; the log only keeps what was sent before it was known, so it may round up.
    const limits = { requestsPerMinute: Math.ceil(requestsPerMinute), tokensPerMinute: tokensPerMinute + tokens };
    const roomMs = this.#isFiner ? nowMs : this.#log.roomAtMs(nowMs, tokens, limits);
    return Math.max(this.#next.requestsMs, this.#next.tokensMs, roomMs);
  }

  /** Distances are a minute at most: what was learned from small requests must not hold up a large one for longer. */
  #moveOn(nowMs: number, tokens: number, ceiling: Limits): void {
    const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = tightest(this.limits(), ceiling);
    const { requestsMs, tokensMs } = this.#next;
    this.#next = {
      requestsMs: nextMs(requestsMs, nowMs, LATENESS_MS, 1 / requestsPerMinute),
      tokensMs: nextMs(tokensMs, nowMs, TOKEN_CREDIT_MS, tokens / tokensPerMinute),
    };
  }
}

/** @param share of what a minute allows. */
function nextMs(turnMs: number, nowMs: number, creditMs: number, share: number): number {
  return Math.max(Math.min(turnMs, nowMs), nowMs - creditMs) + Math.min(1, share) * WINDOW_MS;
}
