/**
 * One gate for all requests of a run: requests and tokens by the minute, and one wait for everybody after a 429.
 * Limits need not be known: nothing is held back until the server refuses, then a rate is learned (`learned-rate.ts`).
 */
import type { Clock } from './clock.ts';
import { Cooldown } from './cooldown.ts';
import { limitsOf, tightest, type Limits } from './limits.ts';
import { onAbort } from './on-abort.ts';
import { Pace } from './pace.ts';
import { SlidingLog } from './sliding-log.ts';
import type { Episode, GateState, RateGate, Reservation, Ticket, Waiter } from './types.ts';

export type { RateGate, Reservation } from './types.ts';

/** @param limits as configured; what is missing is learned. */
export function createRateGate(clock: Clock, limits: Limits): RateGate {
  return new Gate(clock, limits);
}

class Gate implements RateGate {
  readonly #clock: Clock;
  readonly #configured: Limits;
  #stated: Limits = {};
  readonly #log = new SlidingLog();
  readonly #pace = new Pace();
  readonly #cooldown: Cooldown;
  readonly #queue = new Set<Waiter>();
  readonly #tickets = new WeakMap<Reservation, Ticket>();
  #lastTicket = 0;
  #episode: Episode | undefined;
  #rateLimitedCount = 0;
  #timer: AbortController | undefined;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#cooldown = new Cooldown(clock);
    this.#configured = limitsOf(limits.requestsPerMinute, limits.tokensPerMinute);
  }

  async reserve(tokens: number, signal: AbortSignal): Promise<Reservation> {
    signal.throwIfAborted();
    return new Promise<Reservation>((resolve, reject) => {
      const forget = onAbort(signal, () => {
        this.#queue.delete(waiter);
        this.#pump();
        reject(signal.reason as Error);
      });
      const waiter: Waiter = {
        tokens: wholeTokens(tokens),
        grant(reservation) {
          forget();
          resolve(reservation);
        },
      };
      this.#queue.add(waiter);
      // Behind somebody who waits, there is nothing to try.
      if (this.#queue.size === 1) this.#pump();
    });
  }

  rateLimited(retryAfterMs: number | undefined, reservation: Reservation): void {
    const ticket = this.#ticketOf(reservation);
    const nowMs = this.#clock.nowMs();
    const isNews = this.#pace.refused(ticket.estimated);
    this.#rateLimitedCount += 1;
    this.#withdraw(ticket);
    const accepted = this.#pace.accepted(nowMs);
    if (this.#episode !== undefined && ticket.number <= this.#episode.lastTicket) {
      this.#episode.accepted = accepted;
      this.#cooldown.extend(retryAfterMs);
    } else {
      this.#episode = { lastTicket: this.#lastTicket, accepted, isJudged: !isNews };
      this.#cooldown.begin(retryAfterMs);
    }
    this.#pump();
  }

  succeeded(reservation: Reservation): void {
    const ticket = this.#ticketOf(reservation);
    if (ticket.number > (this.#episode?.lastTicket ?? 0)) this.#cooldown.end();
    this.#pace.confirm(ticket.estimated, this.#clock.nowMs(), this.#ceiling());
    this.#pump();
  }

  learn(limits: Limits): void {
    this.#stated = { ...this.#stated, ...limitsOf(limits.requestsPerMinute, limits.tokensPerMinute) };
    this.#pump();
  }

  state(): GateState {
    const { untilMs } = this.#cooldown;
    return {
      waitingUntilMs: untilMs > this.#clock.nowMs() ? untilMs : undefined,
      queued: this.#queue.size,
      limits: tightest(this.#ceiling(), this.#pace.limits()),
      rateLimitedCount: this.#rateLimitedCount,
    };
  }

  /** Sends whoever may be sent now, then sleeps until the next may be. Checks and takes in one go. */
  #pump(): void {
    this.#timer?.abort();
    this.#timer = undefined;
    for (const waiter of this.#queue) {
      const nowMs = this.#clock.nowMs();
      const atMs = this.#turnAtMs(nowMs, waiter.tokens);
      if (atMs > nowMs) {
        this.#pumpIn(atMs - nowMs);
        return;
      }
      this.#queue.delete(waiter);
      waiter.grant(this.#take(nowMs, waiter.tokens));
    }
  }

  #pumpIn(ms: number): void {
    const timer = new AbortController();
    this.#timer = timer;
    // At least a millisecond: rounding could otherwise wake it just too early, for ever.
    this.#clock.sleep(Math.max(1, Math.ceil(ms)), timer.signal).then(
      () => {
        if (this.#timer === timer) this.#pump();
      },
      () => undefined,
    );
  }

  #turnAtMs(nowMs: number, tokens: number): number {
    if (this.#cooldown.untilMs > nowMs) return this.#cooldown.untilMs;
    const ceiling = this.#ceiling();
    // Only now: during the wait, the other 429s of the burst tell how many were accepted.
    if (this.#episode?.isJudged === false) {
      this.#episode.isJudged = true;
      this.#pace.learn(this.#episode.accepted, ceiling, nowMs);
    }
    return Math.max(this.#log.roomAtMs(nowMs, tokens, ceiling), this.#pace.roomAtMs(nowMs, tokens, ceiling));
  }

  #take(nowMs: number, tokens: number): Reservation {
    const ticket: Ticket = {
      number: ++this.#lastTicket,
      counted: this.#log.add(nowMs, { requests: 1, tokens }),
      estimated: this.#pace.send(nowMs, tokens, this.#ceiling()),
      isOpen: true,
    };
    const reservation: Reservation = {
      settle: (actualTokens) => this.#settle(ticket, actualTokens),
      cancel: () => this.#withdraw(ticket),
    };
    this.#tickets.set(reservation, ticket);
    return reservation;
  }

  #settle(ticket: Ticket, actualTokens: number | undefined): void {
    if (!ticket.isOpen) return;
    ticket.isOpen = false;
    if (actualTokens === undefined) return;
    const owed = wholeTokens(actualTokens) - ticket.counted.tokens;
    // What came on top is counted from now: it may be known minutes after the request was sent.
    if (owed > 0) this.#log.add(this.#clock.nowMs(), { requests: 0, tokens: owed });
    else this.#log.change(ticket.counted, { requests: 1, tokens: wholeTokens(actualTokens) });
    this.#pump();
  }

  #withdraw(ticket: Ticket): void {
    if (!ticket.isOpen) return;
    ticket.isOpen = false;
    this.#log.remove(ticket.counted);
    this.#pace.withdraw(ticket.estimated);
    this.#pump();
  }

  #ticketOf(reservation: Reservation): Ticket {
    const ticket = this.#tickets.get(reservation);
    if (ticket === undefined) throw new TypeError('a reservation of another gate');
    return ticket;
  }

  #ceiling(): Limits {
    return tightest(this.#configured, this.#stated);
  }
}

function wholeTokens(tokens: number): number {
  return Number.isFinite(tokens) ? Math.max(0, Math.ceil(tokens)) : 0;
}
