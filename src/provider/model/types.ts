/** What travels between a request of ours and an endpoint. */
import type { Ask, Finish, Part } from '../../pack/ladder/types.ts';
import type { JsonSchema } from '../../pack/wire.ts';
import type { Limits } from '../limits/limits.ts';
import type { Usage } from '../types.ts';

export interface Message {
  role: 'system' | 'user';
  content: string;
}

export interface Prompt {
  jobId: string;
  /** Of the ad's cleaned text, in hex. */
  adSha256: string;
  part: Part;
  turn: Ask['turn'];
  messages: readonly Message[];
  /** What other packs ask: goes along, and decides nothing. */
  advice: readonly string[];
  /** What the reply's key is made of: the messages without advice that changes from night to night. */
  identity: readonly string[];
  schemaName: string;
  schema: JsonSchema;
  /** The same as text. */
  schemaText: string;
  maxOutputTokens: number;
}

export interface Completion {
  text: string;
  finish: Finish;
  refusal: string | null;
  isConstrained: boolean;
  usage: Usage | null;
  /** The model as the endpoint names it. */
  servedBy: string | null;
}

/** One HTTP request to one endpoint. */
export interface ChatClient {
  /** @throws AttemptError. @param idempotencyKey the same for every attempt at one prompt. */
  complete(
    prompt: Prompt,
    idempotencyKey: string,
    signal: AbortSignal,
  ): Promise<{ completion: Completion; limits: Limits }>;
}

/**
 * `rate-limited` waits and does not count; `server`, `connection`, `timeout` and `no-completion` are
 * tried again; `rejected` fails the job; `auth`, `quota` and `not-found` would fail every job.
 */
export type AttemptFailure =
  | 'rate-limited'
  | 'server'
  | 'connection'
  | 'timeout'
  | 'no-completion'
  | 'rejected'
  | 'auth'
  | 'quota'
  | 'not-found';

export class AttemptError extends Error {
  override readonly name = 'AttemptError';
  readonly failure: AttemptFailure;
  readonly status: number | null;
  readonly retryAfterMs: number | undefined;
  readonly limits: Limits;
  readonly usage: Usage | null;
  /** False when the endpoint certainly did no work for it. */
  readonly mayCost: boolean;

  constructor(
    failure: AttemptFailure,
    message: string,
    details: {
      status?: number | null;
      retryAfterMs?: number | undefined;
      limits?: Limits;
      usage?: Usage | null;
      mayCost?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.failure = failure;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs;
    this.limits = details.limits ?? {};
    this.usage = details.usage ?? null;
    this.mayCost = details.mayCost ?? true;
  }
}
