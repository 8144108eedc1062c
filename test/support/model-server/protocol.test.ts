import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, chatBody, contentOf } from './client.ts';
import { startModelServer, type ModelServer } from './server.ts';

const LONG = 'x'.repeat(4 * 1300);
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ respond: () => 'one two three four', apiKey: 'test-key', models: ['test-model'] });
});
afterAll(() => server.close());

const text = (content: string, changes: object = {}) => ({
  model: 'test-model',
  messages: [{ role: 'user', content }],
  ...changes,
});

async function cached(content: string, changes: object = {}): Promise<number | undefined> {
  return (await ask(server, text(content, changes))).json.usage?.prompt_tokens_details.cached_tokens;
}

describe('a completion', () => {
  test('has the fields of the API', async () => {
    const { status, json } = await ask(server, text('12345'));
    expect(status).toBe(200);
    expect(json).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'test-model',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'one two three four', refusal: null },
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 2,
        completion_tokens: 5,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    });
  });

  test.each(['max_completion_tokens', 'max_tokens'])('is cut at %s', async (name) => {
    const { json } = await ask(server, text('hello', { [name]: 2 }));
    expect(json.choices?.[0]).toMatchObject({ message: { content: 'one two ' }, finish_reason: 'length' });
    expect(json.usage?.completion_tokens).toBe(2);
  });

  test('counts what an earlier prompt began with, in blocks of 128 from 1024 up', async () => {
    expect(await cached(LONG)).toBe(0);
    expect(await cached(LONG)).toBe(1280);
    expect(await cached(`${LONG}yz`)).toBe(1280);
    expect(await cached(`${LONG.slice(0, 4 * 1100)}${'z'.repeat(800)}`)).toBe(1024);
    expect(await cached(`${LONG.slice(0, 4 * 1000)}${'w'.repeat(1200)}`)).toBe(0);
    expect(await cached(LONG, { response_format: chatBody()['response_format'] })).toBe(0);
  });
});

describe('a request that is turned down', () => {
  const user = [{ role: 'user', content: 'hello' }];
  test.each<[string, unknown, number, string | null]>([
    ['no JSON', '{"model":', 400, null],
    ['a list', [], 400, null],
    ['no model', { messages: user }, 400, 'model'],
    ['no messages', { model: 'test-model' }, 400, 'messages'],
    ['an empty list of messages', { model: 'test-model', messages: [] }, 400, 'messages'],
    ['an unknown role', text('', { messages: [{ role: 'robot', content: '' }] }), 400, 'messages[0].role'],
    ['content that is no text', text('', { messages: [{ role: 'user', content: 7 }] }), 400, 'messages[0].content'],
    ['an unknown parameter', text('hello', { max_output: 7 }), 400, 'max_output'],
    ['a stream', text('hello', { stream: true }), 400, 'stream'],
    ['a temperature of 3', text('hello', { temperature: 3 }), 400, 'temperature'],
    ['no tokens at all', text('hello', { max_completion_tokens: 0 }), 400, 'max_completion_tokens'],
    ['both limits', text('hello', { max_completion_tokens: 9, max_tokens: 9 }), 400, 'max_tokens'],
    ['an unknown format', text('hello', { response_format: { type: 'yaml' } }), 400, 'response_format'],
    ['json_object without a word of it', text('hello', { response_format: { type: 'json_object' } }), 400, 'messages'],
    ['a schema without a name', text('', { response_format: { type: 'json_schema' } }), 400, 'response_format'],
    ['another model', text('hello', { model: 'other' }), 404, null],
  ])('%s', async (_, body, status, param) => {
    const received = await ask(server, body);
    expect(received.status).toBe(status);
    expect(received.json.error).toEqual({
      message: expect.any(String),
      type: 'invalid_request_error',
      param,
      code: received.json.error?.code ?? null,
    });
    expect(server.requests.at(-1)).toMatchObject({ outcome: 'invalid', status, delivered: true });
  });

  test('asks for a key, and for the right one', async () => {
    expect((await ask(server, text('hello'), { headers: { authorization: '' } })).status).toBe(401);
    const wrong = await ask(server, text('hello'), { headers: { authorization: 'Bearer other' } });
    expect(wrong).toMatchObject({ status: 401, json: { error: { code: 'invalid_api_key' } } });
  });

  test('knows two addresses', async () => {
    const headers = { authorization: 'Bearer test-key' };
    const models = await fetch(`${server.baseUrl}/models`, { headers });
    expect(await models.json()).toMatchObject({ object: 'list', data: [{ id: 'test-model', object: 'model' }] });
    expect((await fetch(`${server.baseUrl}/completions`, { headers })).status).toBe(404);
    expect((await fetch(`${server.baseUrl}/chat/completions`, { headers })).status).toBe(404);
    expect((await fetch(`${server.baseUrl}/models`)).status).toBe(401);
  });

  test('charges nothing', async () => {
    const before = server.charged.length;
    await ask(server, text('hello', { stream: true }));
    expect(server.charged).toHaveLength(before);
  });
});

test('json_object passes where the prompt speaks of JSON', async () => {
  const received = await ask(server, text('Reply in JSON', { response_format: { type: 'json_object' } }));
  expect(contentOf(received)).toBe('one two three four');
});

test('an error in respond is told from a fault', async () => {
  await using broken = await startModelServer({
    respond: () => {
      throw new Error('no such thing');
    },
  });
  expect(await ask(broken)).toMatchObject({ status: 500, json: { error: { type: 'test_server_is_broken' } } });
});
