/**
 * The chat-completions protocol, through OpenAI's SDK: the only file that imports it. The SDK's own
 * retries are off and replies are read here, from their bytes: whatever an endpoint sends back, what
 * was paid for is seen and counted.
 *
 * Requests go over undici's `request` instead of the global `fetch`, which costs several times the
 * processor time a call.
 */
import OpenAI, { APIConnectionError, APIError } from 'openai';
import { Agent } from 'undici';
import { limitsIn, retryAfterMs } from '../limits/retry-after.ts';
import { leanFetch } from './lean-fetch.ts';
import { readCompletion } from './read-completion.ts';
import { AttemptError, type AttemptFailure, type ChatClient, type Prompt } from './types.ts';

export interface OpenAiOptions {
  apiKey: string;
  /** Up to and including the version: `http://localhost:11434/v1`. */
  baseUrl: string;
  model: string;
  /** Only for models that think before they write. */
  reasoningEffort: string | undefined;
  epochMs: () => number;
}

/** How the schema is asked for: what an endpoint refuses is not sent to it again in this run. */
type ReplyFormat = 'json_schema' | 'json_object' | 'none';

interface Dialect {
  format: ReplyFormat;
  limitField: 'max_completion_tokens' | 'max_tokens';
  sendsEffort: boolean;
}

export function createOpenAiClient(options: OpenAiOptions): ChatClient & { close(): Promise<void> } {
  const agent = new Agent({ connections: 256, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const sdk = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    // Attempts have a timeout of their own; the SDK's must not come first.
    timeout: 24 * 60 * 60 * 1000,
    fetch: (url, init) => leanFetch(agent, url, init),
    logLevel: 'off',
  });
  const dialect: Dialect = { format: 'json_schema', limitField: 'max_completion_tokens', sendsEffort: true };
  return {
    close: () => agent.close(),
    async complete(prompt, idempotencyKey, signal) {
      const tried = new Set<string>();
      for (;;) {
        const spoken = { ...dialect };
        try {
          const response = await sdk.chat.completions
            .create(bodyOf(options, spoken, prompt), {
              signal,
              // Another body is another request to an endpoint that remembers.
              headers: { 'Idempotency-Key': `${idempotencyKey}-${spoken.format}-${spoken.limitField}` },
            })
            .asResponse();
          const text = await response.text();
          const completion = readCompletion(
            withoutSecret(text, options.apiKey),
            spoken.format === 'json_schema',
            response.headers,
            options.epochMs(),
          );
          return { completion, limits: limitsIn(response.headers) };
        } catch (thrown) {
          const error = signal.aborted
            ? new AttemptError('timeout', `${hostOf(options.baseUrl)} did not answer in time`)
            : asAttemptError(thrown, options);
          tried.add(JSON.stringify(spoken));
          if (
            error.failure !== 'rejected' ||
            !simplify(dialect, spoken, error.message) ||
            tried.has(JSON.stringify(dialect))
          )
            throw error;
        }
      }
    },
  };
}

function bodyOf(
  options: OpenAiOptions,
  dialect: Dialect,
  prompt: Prompt,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const formats = {
    json_schema: {
      type: 'json_schema',
      json_schema: { name: prompt.schemaName, strict: true, schema: prompt.schema },
    },
    json_object: { type: 'json_object' },
  } as const;
  const messages =
    dialect.format === 'json_schema'
      ? prompt.messages
      : // The shape has to be said in words where it cannot be enforced.
        prompt.messages.map((message, index) =>
          index === prompt.messages.length - 1
            ? { ...message, content: `${message.content}\n\nJSON Schema of the reply:\n${prompt.schemaText}` }
            : message,
        );
  return {
    model: options.model,
    messages: [...messages],
    [dialect.limitField]: prompt.maxOutputTokens,
    ...(dialect.format === 'none' ? {} : { response_format: formats[dialect.format] }),
    ...(dialect.sendsEffort && options.reasoningEffort !== undefined
      ? { reasoning_effort: options.reasoningEffort as OpenAI.ReasoningEffort }
      : {}),
  };
}

/** After a rejection: leaves out what it was about. @returns false when there is nothing left to leave out. */
function simplify(dialect: Dialect, spoken: Dialect, message: string): boolean {
  const about = (words: RegExp) => words.test(message);
  if (about(/max_completion_tokens/) && spoken.limitField === 'max_completion_tokens')
    dialect.limitField = 'max_tokens';
  else if (about(/max_tokens/) && spoken.limitField === 'max_tokens') dialect.limitField = 'max_completion_tokens';
  else if (about(/reasoning[_ ]effort/i) && spoken.sendsEffort) dialect.sendsEffort = false;
  else if (about(/response_format|json_schema|json schema|structured output|grammar/i) && spoken.format !== 'none')
    dialect.format = spoken.format === 'json_schema' ? 'json_object' : 'none';
  else return false;
  // Two requests at once may learn the same; what was spoken differs from what will be.
  return JSON.stringify(dialect) !== JSON.stringify(spoken);
}

/** Nothing was accepted yet: no connection, so no work and no cost. */
const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|UND_ERR_CONNECT_TIMEOUT/;

function asAttemptError(thrown: unknown, options: OpenAiOptions): AttemptError {
  if (thrown instanceof AttemptError) return thrown;
  const where = hostOf(options.baseUrl);
  if (thrown instanceof APIError && thrown.status !== undefined) {
    const status = Number(thrown.status);
    const headers = thrown.headers ?? new Headers();
    const failure = failureOf(status, thrown);
    return new AttemptError(
      failure,
      `${where} answers ${status}: ${said(withoutSecret(thrown.message, options.apiKey))}`,
      {
        status,
        retryAfterMs: retryAfterMs(headers, options.epochMs()),
        limits: limitsIn(headers),
        mayCost: false,
        cause: undefined,
      },
    );
  }
  const reason = deepestReason(thrown);
  return new AttemptError('connection', `${where}: ${withoutSecret(reason, options.apiKey)}`, {
    mayCost: !(thrown instanceof APIConnectionError && NEVER_SENT.test(reason)),
  });
}

function failureOf(status: number, error: { code?: unknown; type?: unknown; message: string }): AttemptFailure {
  const isQuota = error.code === 'insufficient_quota' || error.type === 'insufficient_quota';
  if (status === 429) return isQuota ? 'quota' : 'rate-limited';
  if (status === 402) return 'quota';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server';
  return status >= 400 ? 'rejected' : 'no-completion';
}

/** What the endpoint says, without the status that stands before it and without markup. */
function said(text: string): string {
  const message = text.replace(/^\d{3}\s+/, '').trim();
  const shown = /<\s*(?:!doctype|html)/i.test(message) ? 'an HTML page' : message;
  return shown.replace(/\s+/g, ' ').slice(0, 300);
}

/** An endpoint that repeats the key back must not put it into a report. */
function withoutSecret(text: string, secret: string): string {
  return secret.length < 8 ? text : text.replaceAll(secret, '(key)').replace(/\bsk-[\w*-]{6,}/g, '(key)');
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** The innermost cause names the fault: `ECONNRESET`, `other side closed`. */
function deepestReason(thrown: unknown): string {
  let deepest: unknown = thrown;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  if (!(deepest instanceof Error)) return String(deepest);
  const code = 'code' in deepest ? String(deepest.code) : '';
  return [code, deepest.message].filter((part) => part !== '').join(': ');
}
