import { describe, expect, test } from 'vitest';
import { ask } from './client.ts';
import { formatReset, RateLimiter, type LimitStyle } from './rate-limit.ts';
import { startModelServer } from './server.ts';

const STYLES = ['sliding', 'bucket', 'fixed'] as const;

function limiter(style: LimitStyle, limits: { requestsPerMinute?: number; tokensPerMinute?: number }) {
  const clock = { now: 5_000 };
  const made = new RateLimiter({ style, headers: true, ...limits }, () => clock.now);
  return { clock, made, take: (tokens = 1) => made.take(tokens)?.waitMs ?? 'taken' };
}

describe.each(STYLES)('a %s limit', (style) => {
  test('gives a minute its worth at once, and again after a minute', () => {
    const { clock, take } = limiter(style, { requestsPerMinute: 3 });
    expect([take(), take(), take()]).toEqual(['taken', 'taken', 'taken']);
    expect(take()).toBeGreaterThan(0);
    clock.now += 60_000;
    expect([take(), take(), take()]).toEqual(['taken', 'taken', 'taken']);
    expect(take()).not.toBe('taken');
  });

  test('lets through whoever waits as long as it says, and nobody sooner', () => {
    const { clock, made, take } = limiter(style, { tokensPerMinute: 100 });
    take(60);
    clock.now += 7_000;
    const wait = made.take(80)?.waitMs ?? 0;
    clock.now += wait - 1;
    expect(take(80)).toBe(1);
    clock.now += 1;
    expect(take(80)).toBe('taken');
  });

  test('takes neither when one of the two is used up', () => {
    const { clock, made, take } = limiter(style, { requestsPerMinute: 2, tokensPerMinute: 100 });
    expect([take(90), made.take(20)?.of]).toEqual(['taken', 'tokens']);
    expect([take(10), made.take(1)?.of]).toEqual(['taken', 'requests']);
    clock.now += 60_000;
    expect(take(100)).toBe('taken');
  });

  test('does not send anybody to wait for what never fits', () => {
    const { made } = limiter(style, { tokensPerMinute: 100 });
    expect(made.take(101)).toEqual({ of: 'tokens', limit: 100, waitMs: undefined });
  });

  test('is told in a 429 and in the headers', async () => {
    const clock = { now: 0 };
    const limits = { requestsPerMinute: 2, tokensPerMinute: 10_000, style, headers: true };
    await using server = await startModelServer({ limits, clock: () => clock.now, respond: () => 'ok' });
    const first = await ask(server);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-limit-tokens': '10000',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-remaining-tokens': String(10_000 - (first.json.usage?.prompt_tokens ?? 0)),
      'x-ratelimit-reset-requests': style === 'bucket' ? '30s' : '1m0s',
    });
    await ask(server);
    const refused = await ask(server);
    expect(refused).toMatchObject({ status: 429, json: { error: { type: 'requests', code: 'rate_limit_exceeded' } } });
    expect(refused.headers.get('retry-after')).toBe(style === 'bucket' ? '30' : '60');
    expect(server.summary()).toMatchObject({ charged: 2, outcomes: { ok: 2, 'rate-limited': 1 } });
    clock.now += 60_000;
    expect((await ask(server)).status).toBe(200);
  });
});

describe('what tells the styles apart', () => {
  test('a bucket fills evenly', () => {
    const { clock, take } = limiter('bucket', { requestsPerMinute: 60 });
    for (let request = 0; request < 60; request += 1) take();
    expect(take()).toBe(1000);
    clock.now += 2000;
    expect([take(), take(), take()]).toEqual(['taken', 'taken', 1000]);
  });

  test('a sliding window frees what was taken when it was taken', () => {
    const { clock, take } = limiter('sliding', { requestsPerMinute: 2 });
    take();
    clock.now += 20_000;
    take();
    expect(take()).toBe(40_000);
    clock.now += 40_000;
    expect([take(), take()]).toEqual(['taken', 20_000]);
  });

  test('a fixed window frees everything at its turn, whenever it was taken', () => {
    const { clock, take } = limiter('fixed', { requestsPerMinute: 2 });
    clock.now += 59_000;
    expect([take(), take(), take()]).toEqual(['taken', 'taken', 1000]);
    clock.now += 1000;
    expect([take(), take(), take()]).toEqual(['taken', 'taken', 60_000]);
  });
});

test('the tokens of a request are its prompt and all that it may answer', async () => {
  const limits = { tokensPerMinute: 1000, style: 'bucket', headers: false } as const;
  await using server = await startModelServer({ limits, clock: () => 0, respond: () => 'ok' });
  const body = { model: 'm', messages: [{ role: 'user', content: 'x'.repeat(400) }], max_completion_tokens: 800 };
  const first = await ask(server, body);
  expect(first.status).toBe(200);
  expect(first.headers.has('x-ratelimit-limit-tokens')).toBe(false);
  expect(await ask(server, body)).toMatchObject({ status: 429, json: { error: { type: 'tokens' } } });
  const tooLarge = await ask(server, { ...body, max_completion_tokens: 901 });
  expect(tooLarge.status).toBe(429);
  expect(tooLarge.headers.has('retry-after')).toBe(false);
});

test.each([
  [0, '0ms'],
  [12, '12ms'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [361_250, '6m1.25s'],
])('%d ms are written %s', (ms, text) => {
  expect(formatReset(ms)).toBe(text);
});
