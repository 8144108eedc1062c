/** The gate as others see it; below, what it keeps for itself. */
import type { Limits } from './limits.ts';
import type { LogEntry, Usage } from './sliding-log.ts';

export interface RateGate {
  /**
   * Waits its turn, first come first served over all callers, and takes one request and `tokens` together. A request
   * larger than the whole minute's tokens is let through alone.
   *
   * Rejects with the signal's reason when it is aborted before its turn; nothing is taken then.
   */
  reserve(tokens: number, signal: AbortSignal): Promise<Reservation>;
  /**
   * The server refused this request (429): everybody waits, for the time it said, else for 1 to 2 s and twice as long
   * with every further episode, up to 60 s. Requests that were already on their way belong to the same episode. The
   * reservation takes no more room; settling it is not needed.
   */
  rateLimited(retryAfterMs: number | undefined, reservation: Reservation): void;
  /** A success of a request that was sent after the wait ends the episode. */
  succeeded(reservation: Reservation): void;
  /** What a server states; it never raises what was configured. What is not a positive number is ignored. */
  learn(limits: Limits): void;
  state(): GateState;
}

export interface Reservation {
  /**
   * What it really took; `undefined` keeps the estimate. Less makes room, more is owed from now on for a minute.
   * Only the first of `settle` and `cancel` counts.
   */
  settle(actualTokens: number | undefined): void;
  /** It was never sent: it takes no room. */
  cancel(): void;
}

export interface GateState {
  /** On the clock's `nowMs`: the end of the wait after a 429; `undefined` when there is none. */
  waitingUntilMs: number | undefined;
  queued: number;
  /** What holds now: configured, stated or learned, whichever is lowest. Learned tokens are counted in estimates. */
  limits: Limits;
  /** All 429s so far. */
  rateLimitedCount: number;
}

export interface Waiter {
  readonly tokens: number;
  grant(reservation: Reservation): void;
}

export interface Ticket {
  /** In the order in which they were sent, from 1. */
  readonly number: number;
  /** As the limits count it: what it really took, once that is known. */
  readonly counted: LogEntry;
  readonly estimated: LogEntry;
  isOpen: boolean;
}

export interface Episode {
  /** Later requests were sent after the wait. */
  lastTicket: number;
  accepted: Usage;
  /** True when there is nothing to learn from it (any more). */
  isJudged: boolean;
}
