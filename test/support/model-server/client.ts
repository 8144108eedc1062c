/** A small client for the tests of the server: says everything that came, good or bad. */
import type { ModelServer } from './server.ts';

export const ITEM_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['topic', 'name', 'answer', 'minutes', 'hints', 'followUps'],
  properties: {
    topic: { type: 'string' },
    name: { type: 'string' },
    answer: { type: 'string' },
    minutes: { type: 'number' },
    hints: { type: 'array', items: { type: 'string' } },
    followUps: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['question', 'answer'],
        properties: { question: { type: 'string' }, answer: { type: 'string' } },
      },
    },
  },
};

export function objectSchema(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

export const LIST_SCHEMA = objectSchema({ questions: { type: 'array', items: ITEM_SCHEMA } });

export function itemsPrompt(...entries: Record<string, unknown>[]): string {
  return `Write one question for each of these.\n<<<ITEMS\n${JSON.stringify(entries)}\nITEMS>>>\nReply in JSON.`;
}

export function chatBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    model: 'test-model',
    messages: [
      { role: 'system', content: 'You write interview questions.' },
      { role: 'user', content: itemsPrompt({ topic: 'window functions' }, { topic: 'vacuum' }, { topic: 'locks' }) },
    ],
    response_format: { type: 'json_schema', json_schema: { name: 'questions', strict: true, schema: LIST_SCHEMA } },
    ...changes,
  };
}

export interface Received {
  status: number;
  headers: Headers;
  text: string;
  // The tests read what they expect to be there; a wrong path fails them.
  json: ReceivedJson;
}

export interface ReceivedJson {
  error?: { message: string; type: string; param: string | null; code: string | null };
  choices?: {
    index: number;
    message: { role: string; content: string | null; refusal: string | null };
    finish_reason?: string;
  }[];
  usage?: { prompt_tokens: number; completion_tokens: number; prompt_tokens_details: { cached_tokens: number } };
  [name: string]: unknown;
}

/** @param body sent as it is where it is text. */
export async function ask(
  server: Pick<ModelServer, 'baseUrl'>,
  body: unknown = chatBody(),
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Received> {
  const response = await fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-key', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const isJson = /^\s*\{/.test(text) && text.trimEnd().endsWith('}');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as ReceivedJson) : {},
  };
}

export function contentOf({ json }: Received): string {
  return json.choices?.[0]?.message.content ?? '';
}
