/** What the API says to one request, without a socket: checks, limits, faults, content, charges. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Bookkeeping, Outcome } from './bookkeeping.ts';
import { readChatRequest, type ChatRequest } from './chat-request.ts';
import { makeCompletion, type Completion } from './completion.ts';
import { planFaults, type FaultPlan, type PlannedFault } from './faults/plan.ts';
import { RateLimiter, type Limits, type Refusal } from './rate-limit.ts';
import { errorReply, invalidRequest, jsonReply, reject, type RawReply } from './replies.ts';
import { countTokens, PrefixCache, promptText } from './tokens.ts';
import { writeReply } from './write-reply.ts';

export interface ModelOptions {
  /** Decides the content. @default writeReply */
  respond?: ((request: ChatRequest) => string) | undefined;
  faults?: FaultPlan | undefined;
  limits?: Limits | undefined;
  /** Of completions; errors come at once. @default 0 */
  latencyMs?: number | ((request: ChatRequest, index: number) => number) | undefined;
  /** Whether a known Idempotency-Key gets the stored reply and no second charge. @default true */
  honoursIdempotency?: boolean | undefined;
  /** The only key that is let in. @default any */
  apiKey?: string | undefined;
  /** The only models there are. @default whatever is asked for */
  models?: readonly string[] | undefined;
  /** Milliseconds; limits and times go by it, latency does not. @default Date.now */
  clock?: (() => number) | undefined;
}

export interface Answer {
  outcome: Outcome;
  reply: RawReply;
  latencyMs: number;
  /** The connection breaks instead of carrying the reply. */
  broken?: PlannedFault;
}

interface Stored {
  body: string;
  reply: RawReply;
}

export class Model {
  readonly #options: ModelOptions;
  readonly #books: Bookkeeping;
  readonly #clock: () => number;
  readonly #respond: (request: ChatRequest) => string;
  readonly #faultFor: ReturnType<typeof planFaults>;
  readonly #limiter: RateLimiter | undefined;
  readonly #prefixes = new PrefixCache();
  readonly #stored = new Map<string, Stored>();
  #index = 0;

  constructor(options: ModelOptions, books: Bookkeeping) {
    this.#options = options;
    this.#books = books;
    this.#clock = options.clock ?? Date.now;
    this.#respond = options.respond ?? writeReply;
    this.#faultFor = planFaults(options.faults ?? []);
    this.#limiter = options.limits === undefined ? undefined : new RateLimiter(options.limits, this.#clock);
  }

  /** @throws RejectedError */
  checkKey({ authorization }: IncomingHttpHeaders): void {
    const key = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (key === undefined) reject(401, invalidRequest("You didn't provide an API key."));
    if (this.#options.apiKey !== undefined && key !== this.#options.apiKey) {
      reject(401, invalidRequest('Incorrect API key provided.', null, 'invalid_api_key'));
    }
  }

  listModels(): RawReply {
    const data = (this.#options.models ?? ['test-model']).map((id) => {
      return { id, object: 'model', created: 0, owned_by: 'prepsmith-test' };
    });
    return jsonReply(200, { object: 'list', data });
  }

  /**
   * Charges at once: a client that leaves during the latency has been charged all the same.
   * @param record index of the request in the books.
   * @throws RejectedError
   */
  answer(text: string, headers: IncomingHttpHeaders, record: number): Answer {
    this.checkKey(headers);
    const key = headers['idempotency-key'];
    const request = readChatRequest(text, typeof key === 'string' ? key : undefined);
    this.#checkModel(request.model);
    const reply = this.#replay(request, text);
    if (reply !== undefined) return { outcome: 'replayed', reply, latencyMs: 0 };
    const refusal = this.#limiter?.take(countTokens(promptText(request)) + (request.maxTokens ?? 0));
    if (refusal !== undefined) return this.#refuse(request, refusal);
    const index = this.#index++;
    return this.#answerAt(index, request, text, record);
  }

  #answerAt(index: number, request: ChatRequest, text: string, record: number): Answer {
    const fault = this.#faultFor(request, index);
    const outcome: Outcome = fault?.name ?? 'ok';
    if (fault?.entry.kind === 'reply') {
      return { outcome, reply: fault.entry.reply({ request, settings: fault.settings }), latencyMs: 0 };
    }
    const isCharged = fault?.entry.kind !== 'connection' || fault.entry.isCharged;
    const reply = isCharged ? this.#complete(index, request, fault, record) : jsonReply(200, {});
    if (isCharged && request.key !== undefined) this.#stored.set(request.key, { body: text, reply });
    const { latencyMs = 0 } = this.#options;
    const answer = { outcome, reply, latencyMs: typeof latencyMs === 'number' ? latencyMs : latencyMs(request, index) };
    return fault?.entry.kind === 'connection' ? { ...answer, broken: fault } : answer;
  }

  #complete(index: number, request: ChatRequest, fault: PlannedFault | undefined, record: number): RawReply {
    const written = this.#respond(request);
    const content = fault?.entry.kind === 'content' ? fault.entry.change(written, request) : written;
    const cachedTokens = this.#prefixes.read(request);
    const completion = makeCompletion(request, content, { index, cachedTokens, nowMs: this.#clock() });
    const sent = fault?.entry.kind === 'completion' ? fault.entry.change(completion, fault.settings) : completion;
    // What is not told is charged all the same.
    const { usage = completion.usage }: Partial<Completion> = sent;
    this.#books.charge(request.key, record, usage);
    return jsonReply(200, sent, this.#limiter?.headers());
  }

  #checkModel(model: string): void {
    if (this.#options.models === undefined || this.#options.models.includes(model)) return;
    const message = `The model '${model}' does not exist or you do not have access to it.`;
    reject(404, invalidRequest(message, null, 'model_not_found'));
  }

  #replay({ key }: ChatRequest, text: string): RawReply | undefined {
    if (this.#options.honoursIdempotency === false || key === undefined) return undefined;
    const stored = this.#stored.get(key);
    if (stored !== undefined && stored.body !== text) {
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return errorReply(400, { message, type: 'idempotency_error', param: null, code: 'idempotency_key_reused' });
    }
    return stored?.reply;
  }

  #refuse({ model }: ChatRequest, { of, limit, waitMs }: Refusal): Answer {
    const unit = of === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
    const advice = waitMs === undefined ? 'Request too large.' : `Please try again in ${waitMs}ms.`;
    const message = `Rate limit reached for ${model} on ${unit}: Limit ${limit}. ${advice}`;
    const wait: Record<string, string> =
      waitMs === undefined
        ? {}
        : { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(Math.ceil(waitMs)) };
    const error = { message, type: of, param: null, code: 'rate_limit_exceeded' };
    const reply = errorReply(429, error, { ...wait, ...this.#limiter?.headers() });
    return { outcome: 'rate-limited', reply, latencyMs: 0 };
  }
}
