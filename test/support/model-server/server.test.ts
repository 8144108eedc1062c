import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, chatBody, contentOf } from './client.ts';
import { startModelServer } from './server.ts';

const key = (name: string) => ({ headers: { 'idempotency-key': name } });

describe('a known Idempotency-Key', () => {
  test('gets the stored reply and costs nothing', async () => {
    let calls = 0;
    await using server = await startModelServer({ respond: () => `reply ${(calls += 1)}` });
    const first = await ask(server, chatBody(), key('a'));
    const again = await ask(server, chatBody(), key('a'));
    expect(again.text).toBe(first.text);
    expect(contentOf(await ask(server, chatBody(), key('b')))).toBe('reply 2');
    expect(server.charged).toEqual([
      { key: 'a', promptTokens: expect.any(Number), cachedTokens: 0, completionTokens: 2, request: 0 },
      { key: 'b', promptTokens: expect.any(Number), cachedTokens: 0, completionTokens: 2, request: 2 },
    ]);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['ok', 'replayed', 'ok']);
  });

  test.each(['reset-after-charge', 'cut-body'] as const)('gets whole what was lost on the way: %s', async (fault) => {
    await using server = await startModelServer({ faults: [fault], respond: () => 'worth its money' });
    await expect(ask(server, chatBody(), key('a'))).rejects.toThrow();
    expect(contentOf(await ask(server, chatBody(), key('a')))).toBe('worth its money');
    expect(server.summary()).toMatchObject({ charged: 1, chargedAgain: 0, delivered: 1 });
  });

  test('is nothing where the model never answered', async () => {
    await using server = await startModelServer({ faults: ['reset-before-headers', 'server-error'] });
    await expect(ask(server, chatBody(), key('a'))).rejects.toThrow();
    expect((await ask(server, chatBody(), key('a'))).status).toBe(500);
    expect((await ask(server, chatBody(), key('a'))).status).toBe(200);
    expect(server.summary()).toMatchObject({ charged: 1, outcomes: { ok: 1 } });
  });

  test('does not go with another body', async () => {
    await using server = await startModelServer();
    await ask(server, chatBody(), key('a'));
    const other = await ask(server, chatBody({ temperature: 0 }), key('a'));
    expect(other).toMatchObject({ status: 400, json: { error: { code: 'idempotency_key_reused' } } });
  });

  test('is charged again by a server that knows no such thing', async () => {
    await using server = await startModelServer({ honoursIdempotency: false });
    await ask(server, chatBody(), key('a'));
    await ask(server, chatBody(), key('a'));
    expect(server.summary()).toMatchObject({ charged: 2, chargedAgain: 1, outcomes: { ok: 2 } });
  });
});

describe('the books', () => {
  test('say what was sent and what came of it', async () => {
    const clock = { now: 1000 };
    await using server = await startModelServer({ clock: () => (clock.now += 5), respond: () => '12345678' });
    const body = { model: 'm', messages: [{ role: 'user', content: '1234' }] };
    await ask(server, body);
    await ask(server, '{');
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer test-key' },
      body,
      startedMs: 1005,
      outcome: 'ok',
      status: 200,
      delivered: true,
    });
    expect(server.requests[1]).toMatchObject({ body: undefined, outcome: 'invalid', status: 400 });
    expect(server.summary()).toEqual({
      requests: 2,
      outcomes: { ok: 1, invalid: 1 },
      delivered: 2,
      charged: 1,
      chargedAgain: 0,
      promptTokens: 1,
      cachedTokens: 0,
      completionTokens: 2,
      maxConcurrent: 1,
    });
  });

  test('a reply to a client that has left is charged and not delivered', async () => {
    await using server = await startModelServer({ latencyMs: 100 });
    await expect(ask(server, chatBody(), { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.requests).toMatchObject([{ outcome: 'ok', delivered: false, status: undefined }]);
    expect(server.charged).toHaveLength(1);
  });

  test('a client that leaves within its request leaves a record without an outcome', async () => {
    await using server = await startModelServer();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    await expect.poll(() => server.requests.length).toBe(1);
    socket.destroy();
    await expect.poll(() => server.requests[0]?.endedMs).toEqual(expect.any(Number));
    expect(server.requests).toMatchObject([{ outcome: undefined, delivered: false }]);
  });
});

describe('latency', () => {
  test('can depend on the request', async () => {
    await using server = await startModelServer({ latencyMs: ({ model }, index) => (model === 'slow' ? 80 : index) });
    const startedMs = performance.now();
    await ask(server, chatBody({ model: 'slow' }));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(78);
  });

  test('of hundreds of requests passes at the same time', async () => {
    await using server = await startModelServer({ latencyMs: 600, respond: () => 'ok' });
    const replies = await Promise.all(Array.from({ length: 300 }, () => ask(server)));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(server.summary().maxConcurrent).toBeGreaterThan(200);
  });
});

test('close ends a connection that stalls, and may come twice', async () => {
  const server = await startModelServer({ faults: () => 'stall-silent' });
  const asked = ask(server);
  await expect.poll(() => server.requests.length).toBe(1);
  await server.close();
  await expect(asked).rejects.toThrow();
  await server.close();
});

test('the process says its address, answers, tells its books and ends on SIGTERM', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const flags = [
    '--latency',
    '5',
    '--faults',
    '1',
    '--among',
    'server-error',
    '--seed',
    '3',
    '--rpm',
    '9',
    '--tpm',
    '9000',
  ];
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const asked = await ask({ baseUrl: `${url}/v1` }, chatBody(), key('a'));
  expect(asked.status).toBe(500);
  const stats = (await (await fetch(`${url}/stats`)).json()) as { requests: object[] };
  expect(stats).toMatchObject({
    summary: { requests: 1, outcomes: { 'server-error': 1 }, charged: 0 },
    charged: [],
    requests: [{ key: 'a', outcome: 'server-error', status: 500, delivered: true }],
  });
  expect(stats.requests[0]).not.toHaveProperty('body');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
