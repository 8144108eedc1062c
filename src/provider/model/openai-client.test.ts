import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { makePrompt } from '../../../test/support/prompts.ts';
import type { FaultName } from '../../../test/support/model-server/faults/table.ts';
import { startModelServer, type ModelServerOptions } from '../../../test/support/model-server/server.ts';
import { createOpenAiClient } from './openai-client.ts';
import { AttemptError, type Completion } from './types.ts';

const KEY = 'sk-test-0123456789abcdef';
const PROMPT = makePrompt();

function clientOf(baseUrl: string, changes: { reasoningEffort?: string; apiKey?: string } = {}) {
  const client = createOpenAiClient({
    apiKey: KEY,
    baseUrl,
    model: 'test-model',
    reasoningEffort: undefined,
    epochMs: Date.now,
    ...changes,
  });
  const complete = (key = 'key-1', timeoutMs = 5000, prompt = PROMPT) =>
    client.complete(prompt, key, AbortSignal.timeout(timeoutMs));
  return { ...client, ask: complete };
}

async function serve(options: ModelServerOptions = {}, changes: Parameters<typeof clientOf>[1] = {}) {
  const server = await startModelServer(options);
  const client = clientOf(server.baseUrl, changes);
  const close = async () => {
    await server.close();
    await client.close();
  };
  return { server, client, [Symbol.asyncDispose]: close };
}

const withFaults = (...faults: (FaultName | undefined)[]) => serve({ faults });

async function failure(asked: Promise<unknown>): Promise<AttemptError> {
  const thrown: unknown = await asked.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof AttemptError)) throw thrown;
  return thrown;
}

/** A server that says the same to everybody. */
async function answering(
  reply: (
    body: Record<string, unknown>,
    count: number,
  ) => { status?: number; headers?: Record<string, string>; text: string },
) {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      bodies.push(body);
      const { status = 200, headers = {}, text: sent } = reply(body, bodies.length);
      response.writeHead(status, headers).end(sent);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await client.close();
  };
  return { client, bodies, [Symbol.asyncDispose]: close };
}

const refuse = (message: string, status = 400) => ({
  status,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
});
const COMPLETION = JSON.stringify({ choices: [{ message: { content: '{"questions": []}' }, finish_reason: 'stop' }] });

describe('a request', () => {
  test('is what the protocol asks for, and brings text, usage and the name of the model', async () => {
    await using made = await serve();
    const { completion } = await made.client.ask();
    expect(completion).toEqual({
      text: expect.stringMatching(/^\{"questions":\[\{"topic":"joins"/),
      finish: 'stop',
      refusal: null,
      isConstrained: true,
      usage: { inputTokens: expect.any(Number), cachedInputTokens: 0, outputTokens: expect.any(Number) },
      servedBy: 'test-model',
    });
    expect(made.server.requests).toHaveLength(1);
    expect(made.server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages: PROMPT.messages,
      max_completion_tokens: 4000,
      response_format: { type: 'json_schema', json_schema: { name: 'questions', strict: true, schema: PROMPT.schema } },
    });
    expect(made.server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'idempotency-key': expect.stringMatching(/^key-1/),
    });
  });

  test('under the same name is charged once', async () => {
    await using made = await serve();
    const [one, two] = [await made.client.ask('key-1'), await made.client.ask('key-1')];
    expect(two).toEqual(one);
    expect(made.server.charged).toHaveLength(1);
  });

  test('learns the limits that the endpoint states', async () => {
    await using made = await serve({
      limits: { requestsPerMinute: 60, tokensPerMinute: 90_000, style: 'bucket', headers: true },
    });
    expect((await made.client.ask()).limits).toEqual({ requestsPerMinute: 60, tokensPerMinute: 90_000 });
  });
});

describe('a reply that lacks something is still a reply:', () => {
  test.each<[FaultName, Partial<Completion>]>([
    ['no-finish-reason', { finish: 'unknown' }],
    ['no-usage', { usage: null, finish: 'stop' }],
    ['length-cut', { finish: 'length' }],
    ['content-filter', { finish: 'filtered' }],
    ['refusal', { finish: 'refusal', text: '', refusal: "I'm sorry, I can't help with that request." }],
    ['null-content', { text: '', finish: 'stop' }],
    ['empty-content', { text: '', finish: 'stop' }],
  ])('%s', async (fault, expected) => {
    await using made = await withFaults(fault);
    expect((await made.client.ask()).completion).toMatchObject(expected);
    expect(made.server.requests).toHaveLength(1);
  });
});

describe('what is no completion says what it was:', () => {
  test.each<[FaultName, Partial<AttemptError> & { message: unknown }]>([
    [
      'html-200',
      {
        failure: 'no-completion',
        status: 200,
        mayCost: true,
        message: expect.stringContaining('expected a completion as JSON, found "<!doctype html>'),
      },
    ],
    ['empty-body', { failure: 'no-completion', status: 200, message: 'expected a completion as JSON, found nothing' }],
    [
      'not-a-completion',
      { failure: 'no-completion', message: expect.stringContaining('expected a completion with a choice') },
    ],
    [
      'no-choices',
      {
        failure: 'no-completion',
        usage: expect.objectContaining({ outputTokens: expect.any(Number) }),
        message: expect.any(String),
      },
    ],
    [
      'html-502',
      { failure: 'server', status: 502, mayCost: false, message: expect.stringMatching(/answers 502: an HTML page$/) },
    ],
    ['server-error', { failure: 'server', status: 500, message: expect.stringContaining('The server had an error') }],
    ['overloaded', { failure: 'server', status: 503, retryAfterMs: 1000, message: expect.any(String) }],
    ['unauthorized', { failure: 'auth', status: 401, message: expect.any(String) }],
    ['insufficient-quota', { failure: 'quota', status: 429, message: expect.any(String) }],
    ['rate-limit-bare', { failure: 'rate-limited', status: 429, message: expect.any(String) }],
    ['rate-limit-seconds', { failure: 'rate-limited', retryAfterMs: 1000, message: expect.any(String) }],
    ['rate-limit-ms', { failure: 'rate-limited', retryAfterMs: 1000, message: expect.any(String) }],
    ['reset-before-headers', { failure: 'connection', status: null, mayCost: true, message: expect.any(String) }],
    ['reset-mid-body', { failure: 'connection', mayCost: true, message: expect.any(String) }],
    ['cut-body', { failure: 'connection', mayCost: true, message: expect.any(String) }],
  ])('%s', async (fault, expected) => {
    await using made = await withFaults(fault);
    expect(await failure(made.client.ask())).toMatchObject(expected);
    // Whatever it was: it is for others to ask again.
    expect(made.server.requests).toHaveLength(1);
  });

  test('a model that there is not', async () => {
    await using made = await serve({ models: ['another'] });
    expect(await failure(made.client.ask())).toMatchObject({ failure: 'not-found', status: 404 });
  });

  test('an endpoint that there is not: nothing can have been spent', async () => {
    const made = await serve();
    await made.server.close();
    expect(await failure(made.client.ask())).toMatchObject({
      failure: 'connection',
      mayCost: false,
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await made.client.close();
  });

  // Fails: the SDK turns the abort into an error of its own, so it reads `connection: undefined: Request was aborted.`
  test.each<FaultName>(['stall-silent', 'stall-after-headers'])(
    '%s: the time was up, and it may have cost something',
    async (fault) => {
      await using made = await withFaults(fault);
      expect(await failure(made.client.ask('key-1', 150))).toMatchObject({ failure: 'timeout', mayCost: true });
    },
  );
});

const every = (name: FaultName) => () => name;

describe('an endpoint of another dialect', () => {
  test('without JSON schema is told the shape in words, from then on at once', async () => {
    await using made = await serve({ faults: every('unsupported-response-format') });
    const { completion } = await made.client.ask('key-1');
    expect(completion).toMatchObject({ isConstrained: false, text: expect.stringContaining('"topic":"joins"') });
    await made.client.ask('key-2');
    const formats = made.server.requests.map(
      ({ body }) => (body as { response_format?: { type: string } }).response_format?.type,
    );
    expect(formats).toEqual(['json_schema', 'json_object', 'json_object']);
    const body = made.server.requests[1]?.body as { messages: { content: string }[] } | undefined;
    expect(body?.messages.at(-1)?.content.endsWith(`JSON Schema of the reply:\n${PROMPT.schemaText}`)).toBe(true);
  });

  test('with the old name of the limit', async () => {
    await using made = await serve({ faults: every('unsupported-max-completion-tokens') });
    await made.client.ask();
    await made.client.ask('key-2');
    expect(
      made.server.requests.map(({ body }) => Object.keys(body as object).filter((name) => /max/.test(name))),
    ).toEqual([['max_completion_tokens'], ['max_tokens'], ['max_tokens']]);
  });

  test('that knows neither format nor effort is asked without them', async () => {
    await using made = await answering((body) => {
      if (body['response_format'] !== undefined) return refuse("'response_format' is not supported");
      return { text: COMPLETION };
    });
    expect((await made.client.ask()).completion).toMatchObject({ isConstrained: false });
    expect(made.bodies.map((body) => body['response_format'])).toMatchObject([
      { type: 'json_schema' },
      { type: 'json_object' },
      undefined,
    ]);
  });

  test('is sent the effort until it says that it has none', async () => {
    await using made = await serve({}, { reasoningEffort: 'low' });
    await made.client.ask();
    expect(made.server.requests[0]?.body).toMatchObject({ reasoning_effort: 'low' });
  });

  test('learned by many requests at once costs each of them one refusal at most', async () => {
    await using made = await serve({ faults: every('unsupported-response-format') });
    await Promise.all(Array.from({ length: 8 }, (_, index) => made.client.ask(`key-${index}`)));
    expect(made.server.charged).toHaveLength(8);
    expect(made.server.requests.length).toBeLessThanOrEqual(16);
  });

  test('that rejects for another reason is not asked again', async () => {
    await using made = await answering(() => refuse('The prompt is too long.'));
    expect(await failure(made.client.ask())).toMatchObject({ failure: 'rejected', status: 400 });
    expect(made.bodies).toHaveLength(1);
  });

  // Fails: "max_tokens is too large" turns max_completion_tokens into max_tokens and back, without an end and without a pause.
  test('that finds the limit too large by whatever name is not asked for ever', async () => {
    await using made = await answering((body, count) => {
      if (count > 20) return { text: COMPLETION };
      const name = body['max_tokens'] === undefined ? 'max_completion_tokens' : 'max_tokens';
      return refuse(`${name} is too large: 4000. This model supports at most 2048 completion tokens.`);
    });
    expect(await failure(made.client.ask())).toMatchObject({ failure: 'rejected' });
    expect(made.bodies.length).toBeLessThanOrEqual(3);
  });
});

describe('the key of the account', () => {
  test.each([401, 400, 429, 500])('that the endpoint repeats with status %d is in no message', async (status) => {
    await using made = await answering(() => refuse(`Incorrect API key provided: ${KEY}. Find it at …`, status));
    const { message } = await failure(made.client.ask());
    expect(message).not.toContain(KEY);
    expect(message).toContain('(key)');
  });

  // Fails: a body that is no completion is quoted as it came.
  test('that a page repeats with status 200 is in no message', async () => {
    await using made = await answering(() => ({ text: `<html>${KEY}</html>` }));
    expect((await failure(made.client.ask())).message).not.toContain(KEY);
  });

  // Fails: the message is cut to 300 characters before the key is taken out of it.
  test('at the end of a long message is in it in no part', async () => {
    await using made = await answering(() => refuse(`${'x'.repeat(293)}${KEY}`));
    expect((await failure(made.client.ask())).message).not.toMatch(/sk-t/);
  });
});
