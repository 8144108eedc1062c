import { describe, expect, test, vi } from 'vitest';
import { ask, chatBody, contentOf, LIST_SCHEMA, objectSchema, type Received, type ReceivedJson } from './client.ts';
import { CONTENT_FAULTS } from './faults/content-faults.ts';
import type { Fault } from './faults/plan.ts';
import { FAULT_NAMES, faultEntry, PASSING_FAULTS, type FaultName } from './faults/table.ts';
import { isObject, parseJson, type JsonObject } from './json.ts';
import { startModelServer, type ModelServer } from './server.ts';

const STALL_MS = 150;

interface Scene {
  received: Received | undefined;
  /** Why there is no reply. */
  failure: string | undefined;
  server: ModelServer;
}

/** Asks a server whose every reply has the fault. */
async function meet(fault: Fault, body = chatBody()): Promise<Scene> {
  await using server = await startModelServer({ faults: () => fault });
  let received: Received | undefined;
  let failure: string | undefined;
  try {
    received = await ask(server, body, { signal: AbortSignal.timeout(STALL_MS) });
  } catch (cause) {
    failure = reasonOf(cause);
  }
  // The server hears of the end after the client.
  await vi.waitFor(() => expect(server.requests[0]?.endedMs).toBeDefined());
  return { received, failure, server };
}

/** The message and those of its causes. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message} ${reasonOf(error.cause)}` : '';
}

function apiError(type: string | null, code: string | null, param: string | null = null): ReceivedJson {
  return { error: { message: expect.any(String) as string, type: type ?? 'invalid_request_error', param, code } };
}

const RATE_LIMITED = apiError('requests', 'rate_limit_exceeded');

interface ExpectedReply {
  status: number;
  json?: object;
  headers?: Record<string, unknown>;
  text?: unknown;
}

const REPLIES: Partial<Record<FaultName, ExpectedReply>> = {
  'rate-limit-bare': { status: 429, json: RATE_LIMITED },
  'rate-limit-seconds': { status: 429, json: RATE_LIMITED, headers: { 'retry-after': '1' } },
  'rate-limit-date': { status: 429, headers: { 'retry-after': expect.stringMatching(/^\w{3}, .* GMT$/) } },
  'rate-limit-ms': { status: 429, headers: { 'retry-after-ms': '1000' } },
  'insufficient-quota': { status: 429, json: apiError('insufficient_quota', 'insufficient_quota') },
  'server-error': { status: 500, json: apiError('server_error', null) },
  overloaded: { status: 503, json: apiError('server_error', 'overloaded'), headers: { 'retry-after': '1' } },
  unauthorized: { status: 401, json: apiError(null, 'invalid_api_key') },
  'unsupported-response-format': { status: 400, json: apiError(null, null, 'response_format') },
  'html-200': { status: 200, text: expect.stringMatching(/^<!doctype html>/) },
  'html-502': { status: 502, text: expect.stringContaining('502 Bad Gateway') },
  'empty-body': { status: 200, text: '' },
  'not-a-completion': { status: 200, json: { status: 'ok', queue: 0 } },
};

describe('instead of a completion comes', () => {
  test.each(Object.keys(REPLIES) as FaultName[])('%s', async (name) => {
    const { received, server } = await meet(name);
    const { headers, ...expected } = REPLIES[name] ?? fail();
    expect(received).toMatchObject(expected);
    expect(Object.fromEntries(received?.headers ?? [])).toMatchObject(headers ?? {});
    expect(server.charged).toEqual([]);
    expect(server.requests).toMatchObject([{ outcome: name, delivered: true, status: expected.status }]);
  });

  test('a limit that wants another parameter, until it gets it', async () => {
    const name = 'unsupported-max-completion-tokens';
    const { received } = await meet(name, chatBody({ max_completion_tokens: 4000 }));
    expect(received).toMatchObject({
      status: 400,
      json: apiError(null, 'unsupported_parameter', 'max_completion_tokens'),
    });
    expect(received?.json.error?.message).toContain("Use 'max_tokens' instead.");
    expect((await meet(name, chatBody({ max_tokens: 4000 }))).received?.status).toBe(200);
  });

  test('a schema that is not known, until the request does without', async () => {
    const { received } = await meet('unsupported-response-format', chatBody({ response_format: { type: 'text' } }));
    expect(received?.status).toBe(200);
  });

  test('the wait that a script sets', async () => {
    const { received } = await meet({ name: 'rate-limit-seconds', waitSeconds: 7 });
    expect(received?.headers.get('retry-after')).toBe('7');
  });
});

describe('a connection that breaks', () => {
  test.each<[FaultName, RegExp, number]>([
    ['reset-before-headers', /ECONNRESET|other side closed/, 0],
    ['reset-after-charge', /ECONNRESET|other side closed/, 1],
    ['reset-mid-body', /ECONNRESET|terminated/, 1],
    ['cut-body', /other side closed|terminated/, 1],
    ['stall-silent', /TimeoutError/, 0],
    ['stall-after-headers', /TimeoutError/, 1],
  ])('%s', async (name, reason, charges) => {
    const { failure, server } = await meet(name);
    expect(failure).toMatch(reason);
    expect(server.charged).toHaveLength(charges);
    expect(server.requests).toMatchObject([{ outcome: name, delivered: false, endedMs: expect.any(Number) }]);
  });

  test.each(['reset-mid-body', 'cut-body', 'stall-after-headers'] as const)('%s: the headers come', async (fault) => {
    await using server = await startModelServer({ faults: () => fault });
    const response = await fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-key' },
      body: JSON.stringify(chatBody()),
      signal: AbortSignal.timeout(STALL_MS),
    });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1000);
    await expect(response.text()).rejects.toThrow();
  });
});

describe('an envelope with', () => {
  test.each<[FaultName, (json: ReceivedJson) => unknown, unknown]>([
    ['no-choices', (json) => json.choices, []],
    ['null-content', (json) => json.choices?.[0]?.message.content, null],
    ['empty-content', (json) => json.choices?.[0]?.message.content, ''],
    ['no-finish-reason', (json) => Object.keys(json.choices?.[0] ?? {}), ['index', 'message']],
    ['no-usage', (json) => 'usage' in json, false],
    ['refusal', (json) => json.choices?.[0]?.message, { content: null, refusal: expect.stringContaining('sorry') }],
    ['length-cut', (json) => json.choices?.[0]?.finish_reason, 'length'],
    ['silent-cut', (json) => json.choices?.[0]?.finish_reason, 'stop'],
    ['content-filter', (json) => json.choices?.[0]?.finish_reason, 'content_filter'],
  ])('%s', async (name, read, expected) => {
    const { received, server } = await meet(name);
    expect(received?.status).toBe(200);
    const found = read(received?.json ?? {});
    if (isObject(expected)) expect(found).toMatchObject(expected);
    else expect(found).toEqual(expected);
    expect(server.charged).toHaveLength(1);
    expect(server.requests).toMatchObject([{ outcome: name, delivered: true }]);
  });

  test.each(['length-cut', 'silent-cut', 'content-filter'] as const)('%s: the share is set', async (name) => {
    const whole = contentOf((await meet('no-finish-reason')).received ?? fail());
    const { received, server } = await meet({ name, share: 0.25 });
    expect(contentOf(received ?? fail())).toBe(whole.slice(0, Math.floor(whole.length / 4)));
    expect(server.charged[0]?.completionTokens).toBe(received?.json.usage?.completion_tokens);
  });
});

function fail(): never {
  throw new Error('no reply came');
}

const VALID = contentOf((await meet('no-finish-reason')).received ?? fail());
const ITEMS = itemsIn(VALID);
const [FIRST = {}] = ITEMS;

function itemsIn(content: string): JsonObject[] {
  const root = parseJson(content);
  const list = isObject(root) ? root['questions'] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** What each fault of the content does to three items; `VALID` is the content without it. */
const CONTENTS: Record<keyof typeof CONTENT_FAULTS, (content: string, items: JsonObject[]) => void> = {
  fenced: (content) => expect(content).toBe(`\`\`\`json\n${VALID}\n\`\`\``),
  'prose-before': (content) => expect(content).toMatch(/^Sure!.*\n\n\{.*\}$/),
  'prose-after': (content) => expect(content).toMatch(/^\{.*\}\n\nLet me know/),
  'prose-around': (content) => expect(content).toMatch(/^Sure!.*\n\n```json\n\{.*\}\n```\n\nLet me know/),
  'trailing-commas': (content) => {
    expect(parseJson(content)).toBeUndefined();
    expect(parseJson(content.replace(/,(?=\s*[}\]])/g, ''))).toEqual(parseJson(VALID));
  },
  'single-quotes': (content) => {
    expect(parseJson(content)).toBeUndefined();
    expect(parseJson(content.replaceAll("'", '"'))).toEqual(parseJson(VALID));
  },
  'title-case-keys': (_, [item = {}]) =>
    expect(Object.keys(item)).toEqual(['Topic', 'Task Name', 'Answer', 'Minutes', 'Hints', 'Follow Ups']),
  'snake-case-keys': (_, [item = {}]) => expect(Object.keys(item)).toContain('follow_ups'),
  'missing-field': (_, items) => expect(items.map((item) => 'name' in item)).toEqual([false, true, true]),
  'numbers-as-text': (_, [item]) => expect(item).toMatchObject({ minutes: '30 minutes' }),
  'list-as-text': (_, [item]) => expect(item).toMatchObject({ hints: expect.stringContaining('., ') }),
  'list-as-object': (content) =>
    expect(parseJson(content)).toEqual({ questions: { 1: ITEMS[0], 2: ITEMS[1], 3: ITEMS[2] } }),
  'extra-item': (_, items) => expect(new Set(items.map(({ name }) => name)).size).toBe(4),
  'item-missing': (_, items) => expect(items).toEqual(ITEMS.slice(0, 2)),
  'duplicate-item': (_, items) => expect(items).toEqual([ITEMS[0], ITEMS[1], ITEMS[0]]),
  'placeholder-tbd': (_, items) => expect(items).toEqual([{ ...FIRST, answer: 'TBD' }, ITEMS[1], ITEMS[2]]),
  'placeholder-lorem': (_, [item]) => expect(item).toMatchObject({ answer: expect.stringMatching(/^Lorem.{300}/) }),
  'placeholder-dots': (_, [item]) => expect(item).toMatchObject({ answer: '...' }),
  'prompt-echo': (_, [item]) => expect(item).toMatchObject({ answer: expect.stringContaining('<<<ITEMS') }),
  'too-short': (_, [item]) => expect(item).toMatchObject({ answer: 'It depends.' }),
  'bare-list': (content) => expect(parseJson(content)).toEqual(ITEMS),
  markdown: (content) => expect(content).toMatch(/^## 1\.\n\n\*\*Topic:\*\* window functions\n\n/),
  'byte-order-mark': (content) => expect(content.codePointAt(0)).toBe(0xfeff),
  'think-prefix': (content) => expect(content).toMatch(/^<think>[\s\S]*<\/think>\n\n\{/),
};

describe('content that is', () => {
  test.each(Object.keys(CONTENTS) as (keyof typeof CONTENTS)[])('%s', async (name) => {
    const { received, server } = await meet(name);
    const content = contentOf(received ?? fail());
    expect(content).not.toBe(VALID);
    CONTENTS[name](content, itemsIn(content));
    expect(server.requests).toMatchObject([{ outcome: name, delivered: true }]);
    expect(server.charged).toHaveLength(1);
  });

  test('asked for by key is broken in the same way', async () => {
    const item = objectSchema({ topic: { type: 'string' }, answer: { type: 'string' } });
    const json_schema = { name: 'r', strict: true, schema: objectSchema({ item_2: item, item_5: item }) };
    const body = chatBody({ response_format: { type: 'json_schema', json_schema } });
    const keys = async (fault: FaultName) =>
      Object.keys(parseJson(contentOf((await meet(fault, body)).received ?? fail())) ?? {});
    expect(await keys('item-missing')).toEqual(['item_2']);
    expect(await keys('extra-item')).toEqual(['item_2', 'item_5', 'item_4']);
    const tbd = contentOf((await meet('placeholder-tbd', body)).received ?? fail());
    expect(parseJson(tbd)).toMatchObject({ item_2: { answer: 'TBD' } });
  });

  test('no JSON to begin with is left alone by what edits JSON', () => {
    const request = { messages: [] } as never;
    expect(CONTENT_FAULTS['item-missing'].change('plain text', request)).toBe('plain text');
    expect(CONTENT_FAULTS['bare-list'].change('plain text', request)).toBe('plain text');
  });
});

describe('the table', () => {
  test('has a name of one sort and a description for every fault', () => {
    for (const name of FAULT_NAMES) {
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(faultEntry(name).shows).not.toBe('');
    }
    expect(new Set(FAULT_NAMES.map((name) => faultEntry(name).shows)).size).toBe(FAULT_NAMES.length);
  });

  test('says which faults no repetition cures', () => {
    expect(FAULT_NAMES.filter((name) => !PASSING_FAULTS.includes(name))).toEqual([
      'insufficient-quota',
      'unauthorized',
      'unsupported-response-format',
      'unsupported-max-completion-tokens',
    ]);
  });
});

describe('a plan', () => {
  test('can be a list: one entry for each request in turn', async () => {
    await using server = await startModelServer({ faults: ['server-error', undefined, 'html-502'] });
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await ask(server)).status);
    expect(statuses).toEqual([500, 200, 502, 200]);
  });

  test('can read the request', async () => {
    await using server = await startModelServer({
      faults: ({ model }, index) => (model === 'bad' && index === 1 ? 'server-error' : undefined),
    });
    expect((await ask(server, chatBody({ model: 'bad' }))).status).toBe(200);
    expect((await ask(server, chatBody({ model: 'bad' }))).status).toBe(500);
  });

  test('can be a mix that falls the same way whatever arrives first', async () => {
    const bodies = Array.from({ length: 60 }, (_, index) =>
      chatBody({ messages: [{ role: 'user', content: `Question ${index}` }] }),
    );
    const outcomes = async (order: typeof bodies) => {
      const among = ['server-error', 'fenced', 'refusal'] as const;
      await using server = await startModelServer({ faults: { share: 0.4, seed: 7, among } });
      await Promise.all(order.map((body) => ask(server, body)));
      return new Map(server.requests.map(({ body, outcome }) => [JSON.stringify(body), outcome]));
    };
    const found = await outcomes(bodies);
    expect(await outcomes([...bodies].reverse())).toEqual(found);
    const ok = [...found.values()].filter((outcome) => outcome === 'ok').length;
    expect(ok).toBeGreaterThan(20);
    expect(ok).toBeLessThan(52);
    expect(new Set(found.values()).size).toBe(4);
  });
});

test('the schema of these tests passes', () => {
  expect(Object.keys(FIRST)).toEqual(
    Object.keys((LIST_SCHEMA['properties'] as never)['questions']['items']['properties']),
  );
});
