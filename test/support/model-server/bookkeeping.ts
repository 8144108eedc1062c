/** What a server saw and what it would have billed. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from './completion.ts';
import type { FaultName } from './faults/table.ts';

/**
 * `invalid`: turned down as the real API would; `rate-limited`: over the limits of the server;
 * `replayed`: the stored reply to an Idempotency-Key.
 */
export type Outcome = 'ok' | 'invalid' | 'rate-limited' | 'replayed' | FaultName;

export interface RequestRecord {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed; `undefined` where it was no JSON. */
  body: unknown;
  /** By the clock of the server. */
  startedMs: number;
  /** When the reply was complete or the connection gone; `undefined` until then. */
  endedMs: number | undefined;
  outcome: Outcome | undefined;
  status: number | undefined;
  /** The whole reply was handed to a socket that was still open. */
  delivered: boolean;
}

export interface Charge {
  /** `Idempotency-Key`. */
  key: string | undefined;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  /** Index in `requests` of the one that was charged. */
  request: number;
}

export interface Summary {
  /** Completions that were asked for, however they ended. */
  requests: number;
  outcomes: Partial<Record<Outcome, number>>;
  delivered: number;
  charged: number;
  /** Charges beyond the first for the same Idempotency-Key. */
  chargedAgain: number;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  /** Most requests open at the same time. */
  maxConcurrent: number;
}

export class Bookkeeping {
  readonly requests: RequestRecord[] = [];
  readonly charged: Charge[] = [];
  #open = 0;
  #maxConcurrent = 0;

  /** @returns the index of the record. */
  open(record: Pick<RequestRecord, 'method' | 'path' | 'headers' | 'startedMs'>): number {
    this.#open += 1;
    this.#maxConcurrent = Math.max(this.#maxConcurrent, this.#open);
    const rest = { body: undefined, endedMs: undefined, outcome: undefined, status: undefined, delivered: false };
    return this.requests.push({ ...record, ...rest }) - 1;
  }

  close(record: RequestRecord, endedMs: number): void {
    record.endedMs = endedMs;
    this.#open -= 1;
  }

  charge(key: string | undefined, request: number, usage: Usage): void {
    this.charged.push({
      key,
      promptTokens: usage.prompt_tokens,
      cachedTokens: usage.prompt_tokens_details.cached_tokens,
      completionTokens: usage.completion_tokens,
      request,
    });
  }

  summary(): Summary {
    const completions = this.requests.filter(({ path }) => path === '/v1/chat/completions');
    const outcomes: Summary['outcomes'] = {};
    for (const { outcome } of completions) {
      if (outcome !== undefined) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    const keys = this.charged.flatMap(({ key }) => key ?? []);
    const sum = (read: (charge: Charge) => number) => this.charged.reduce((total, charge) => total + read(charge), 0);
    return {
      requests: completions.length,
      outcomes,
      delivered: completions.filter(({ delivered }) => delivered).length,
      charged: this.charged.length,
      chargedAgain: keys.length - new Set(keys).size,
      promptTokens: sum(({ promptTokens }) => promptTokens),
      cachedTokens: sum(({ cachedTokens }) => cachedTokens),
      completionTokens: sum(({ completionTokens }) => completionTokens),
      maxConcurrent: this.#maxConcurrent,
    };
  }
}
