import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../test/support/manual-clock.ts';
import { startModelServer, type ModelServerOptions } from '../../../test/support/model-server/server.ts';
import { makeCompletion, makePrompt } from '../../../test/support/prompts.ts';
import { PrepsmithError } from '../../errors.ts';
import { systemClock, type Clock } from '../limits/clock.ts';
import { createRateGate } from '../limits/rate-gate.ts';
import { createSlots } from '../limits/slots.ts';
import type { AttemptEnd, AttemptLog, AttemptStart } from './attempt-log.ts';
import { createComplete, type AttemptTools } from './attempts.ts';
import { createBudget } from './budget.ts';
import { createOpenAiClient } from './openai-client.ts';
import { AttemptError, type AttemptFailure, type ChatClient } from './types.ts';

const PROMPT = makePrompt();
const WANTED = { key: 'a'.repeat(64), generation: 0 };
const PRICE = { input: 1, cachedInput: 1, output: 10 };
const never = new AbortController().signal;

function recordingLog() {
  const lines: (({ type: 'begin' } & AttemptStart) | ({ type: 'end' } & AttemptEnd))[] = [];
  const log: AttemptLog = {
    begin(start) {
      lines.push({ type: 'begin', ...start });
      return (end) => lines.push({ type: 'end', ...end });
    },
    fromVault: () => undefined,
  };
  return { log, lines, ends: () => lines.flatMap((line) => (line.type === 'end' ? [line] : [])) };
}

type Reply = AttemptFailure | AttemptError | 'reply';

/** Virtual time and a client that does as it is told; the last reply is repeated. */
function scripted(replies: readonly Reply[], changes: Partial<AttemptTools> = {}) {
  const clock = manualClock();
  const sent: { atMs: number; name: string }[] = [];
  const client: ChatClient = {
    complete: (_, name) => {
      const reply = replies[Math.min(sent.length, replies.length - 1)] ?? 'reply';
      sent.push({ atMs: clock.nowMs(), name });
      if (reply === 'reply') return Promise.resolve({ completion: makeCompletion(), limits: {} });
      return Promise.reject(
        typeof reply === 'string'
          ? new AttemptError(reply, `it was ${reply}`, { mayCost: reply === 'timeout' })
          : reply,
      );
    },
  };
  const { log, lines, ends } = recordingLog();
  const budget = changes.budget ?? createBudget(undefined, 0);
  const tools: AttemptTools = {
    client,
    clock,
    gate: createRateGate(clock, {}),
    slots: createSlots(clock, 8),
    log,
    price: PRICE,
    attemptTimeoutMs: 1000,
    expectedOutputTokens: () => 100,
    ...changes,
    budget,
  };
  return { clock, sent, lines, ends, budget, gate: tools.gate, complete: createComplete(tools) };
}

async function failure(asked: Promise<unknown>): Promise<PrepsmithError> {
  const thrown: unknown = await asked.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof PrepsmithError)) throw thrown;
  return thrown;
}

describe('one prompt', () => {
  test('takes one request when all is well, written down before it is sent and after it ended', async () => {
    const made = scripted(['reply']);
    const result = await made.clock.until(made.complete(PROMPT, WANTED, never));
    expect(result).toEqual({
      completion: makeCompletion(),
      attempts: 1,
      usage: makeCompletion().usage,
      costUsd: (100 + 200) / 1e6,
    });
    expect(made.lines).toEqual([
      {
        type: 'begin',
        job: 'acme',
        part: 'questions',
        turn: 'first',
        key: WANTED.key,
        worstUsd: expect.any(Number),
        expectedInputTokens: expect.any(Number),
      },
      { type: 'end', outcome: 'reply', status: 200, usage: makeCompletion().usage, costUsd: 0.0003, durationMs: 0 },
    ]);
    expect(made.clock.sleeping()).toBe(0);
  });

  test('is tried four times over, each time after a longer pause, then its job fails', async () => {
    const made = scripted(['server']);
    const error = await failure(made.clock.until(made.complete(PROMPT, WANTED, never)));
    expect(error).toMatchObject({
      code: 'reply-failed',
      message: 'no reply after 4 attempts; the last one: it was server',
    });
    const pauses = made.sent.slice(1).map(({ atMs }, index) => atMs - (made.sent[index]?.atMs ?? 0));
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(pause).toBeLessThanOrEqual(500 * 2 ** index);
    }
    expect(made.ends().map(({ outcome }) => outcome)).toEqual(['server', 'server', 'server', 'server']);
  });

  test.each<AttemptFailure>(['server', 'connection', 'timeout', 'no-completion'])(
    'goes on after %s',
    async (passing) => {
      const made = scripted([passing, passing, passing, 'reply']);
      expect(await made.clock.until(made.complete(PROMPT, WANTED, never))).toMatchObject({ attempts: 4 });
    },
  );

  test('waits out any number of 429s: none of them counts', async () => {
    const made = scripted([
      ...Array.from({ length: 9 }, () => 'rate-limited' as const),
      'server',
      'server',
      'server',
      'reply',
    ]);
    expect(await made.clock.until(made.complete(PROMPT, WANTED, never))).toMatchObject({
      attempts: 13,
      costUsd: expect.any(Number),
    });
    expect(
      made
        .ends()
        .filter(({ outcome }) => outcome === 'rate-limited')
        .every(({ costUsd }) => costUsd === 0),
    ).toBe(true);
  });

  test('keeps its name while the reply may still be there, and takes another when a reply was no completion', async () => {
    const made = scripted(['timeout', 'no-completion', 'connection', 'reply']);
    await made.clock.until(made.complete(PROMPT, { ...WANTED, generation: 2 }, never));
    const base = `${'a'.repeat(40)}-2`;
    expect(made.sent.map(({ name }) => name)).toEqual([`${base}-0`, `${base}-0`, `${base}-1`, `${base}-1`]);
  });

  test('waits at least as long as a 503 asks for', async () => {
    const made = scripted([
      new AttemptError('server', 'overloaded', { status: 503, retryAfterMs: 7000, mayCost: false }),
      'reply',
    ]);
    await made.clock.until(made.complete(PROMPT, WANTED, never));
    expect(made.sent[1]?.atMs).toBeGreaterThanOrEqual(7000);
  });

  test('sums what all its attempts cost, and knows nothing once one is not known', async () => {
    const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 1 };
    const known = scripted([new AttemptError('no-completion', 'no choices', { usage }), 'reply']);
    expect(await known.clock.until(known.complete(PROMPT, WANTED, never))).toMatchObject({
      costUsd: 20 / 1e6 + 0.0003,
      usage: { inputTokens: 110, outputTokens: 21 },
    });
    const unknown = scripted(['timeout', 'reply']);
    expect(await unknown.clock.until(unknown.complete(PROMPT, WANTED, never))).toMatchObject({ costUsd: null });
  });
});

const fails = (count: number) => Array.from({ length: 4 * count }, () => 'connection' as const);

describe('a failure that every job would meet', () => {
  test.each<AttemptFailure>(['auth', 'quota', 'not-found'])(
    '%s stops the run at once, and says what to do',
    async (fatal) => {
      const made = scripted([fatal]);
      const error = await failure(made.clock.until(made.complete(PROMPT, WANTED, never)));
      expect(error).toMatchObject({ code: 'provider', message: `it was ${fatal}` });
      expect(error.remedy).not.toBe('See the message.');
      expect(made.sent).toHaveLength(1);
    },
  );

  test('a request that is rejected fails its job alone, at once', async () => {
    const made = scripted(['rejected']);
    expect(await failure(made.clock.until(made.complete(PROMPT, WANTED, never)))).toMatchObject({
      code: 'reply-failed',
    });
    expect(made.sent).toHaveLength(1);
  });

  test('an endpoint that is down is noticed after four requests; one reply in between forgets it', async () => {
    const down = scripted(['connection']);
    const codes = [];
    for (let index = 0; index < 5; index += 1)
      codes.push((await failure(down.clock.until(down.complete(PROMPT, WANTED, never)))).code);
    expect(codes).toEqual(['reply-failed', 'reply-failed', 'reply-failed', 'provider', 'provider']);
    const back = scripted([...fails(3), 'reply', ...fails(1), 'reply']);
    for (let index = 0; index < 3; index += 1) await failure(back.clock.until(back.complete(PROMPT, WANTED, never)));
    await back.clock.until(back.complete(PROMPT, WANTED, never));
    expect(await failure(back.clock.until(back.complete(PROMPT, WANTED, never)))).toMatchObject({
      code: 'reply-failed',
    });
  });

  test('the budget stops the run before the request that has no room is sent', async () => {
    const made = scripted(['reply'], { budget: createBudget(0.01, 0) });
    expect(await failure(made.clock.until(made.complete(PROMPT, WANTED, never)))).toMatchObject({ code: 'budget' });
    expect(made.sent).toEqual([]);
    expect(made.lines).toEqual([]);
  });
});

describe('Retry-After', () => {
  test('holds for everybody, and nobody is sent before it', async () => {
    const refusal = new AttemptError('rate-limited', 'slow down', {
      status: 429,
      retryAfterMs: 20_000,
      mayCost: false,
    });
    const made = scripted([refusal, 'reply']);
    const first = made.complete(PROMPT, WANTED, never);
    await made.clock.advance(10);
    const others = [1, 2, 3].map(() => made.complete(PROMPT, WANTED, never));
    await made.clock.until(Promise.all([first, ...others]));
    expect(made.sent).toHaveLength(5);
    for (const { atMs } of made.sent.slice(1)) expect(atMs).toBeGreaterThanOrEqual(20_000);
  });
});

describe('what a request sets aside', () => {
  test('stays spent when nobody can say what it cost', async () => {
    const made = scripted(['timeout', 'reply'], { budget: createBudget(10, 0) });
    await made.clock.until(made.complete(PROMPT, WANTED, never));
    const [start] = made.lines;
    const worst = start?.type === 'begin' ? (start.worstUsd ?? 0) : 0;
    expect(worst).toBeGreaterThan(0.04);
    expect(made.budget.spentUsd()).toBeCloseTo(worst + 0.0003, 9);
    expect(made.ends().map(({ costUsd }) => costUsd)).toEqual([null, 0.0003]);
  });

  test('is given back when it cannot have cost anything', async () => {
    const made = scripted(['server', 'rate-limited', 'reply'], { budget: createBudget(10, 0) });
    await made.clock.until(made.complete(PROMPT, WANTED, never));
    expect(made.budget.spentUsd()).toBeCloseTo(0.0003, 9);
  });

  test('is given back by one that is stopped while it waits its turn', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 1 });
    const made = scripted(['reply'], { clock, gate, slots: createSlots(clock, 8), budget: createBudget(10, 0) });
    await clock.until(made.complete(PROMPT, WANTED, never));
    const stop = new AbortController();
    const second = made.complete(PROMPT, WANTED, stop.signal);
    await clock.advance(10);
    stop.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(made.sent).toHaveLength(1);
    expect(made.budget.spentUsd()).toBeCloseTo(0.0003, 9);
    await clock.until(made.complete(PROMPT, WANTED, never));
  });

  test('is settled when the client breaks in a way that nobody foresaw', async () => {
    const client: ChatClient = { complete: () => Promise.reject(new TypeError('a defect')) };
    const made = scripted([], { client, budget: createBudget(10, 0) });
    await expect(made.clock.until(made.complete(PROMPT, WANTED, never))).rejects.toThrow('a defect');
    expect(made.ends()).toMatchObject([{ outcome: 'no-completion', costUsd: null }]);
  });
});

describe('being stopped', () => {
  test('before the first request: none is sent', async () => {
    const made = scripted(['reply']);
    await expect(made.complete(PROMPT, WANTED, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(made.lines).toEqual([]);
  });

  test('between two attempts: the second is not sent', async () => {
    const made = scripted(['server', 'reply']);
    const stop = new AbortController();
    const asked = made.complete(PROMPT, WANTED, stop.signal);
    await made.clock.advance(1);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    expect(made.sent).toHaveLength(1);
    expect(made.clock.sleeping()).toBe(0);
  });
});

/** Fifty times as fast: a second of waiting takes 20 ms. */
function fastClock(): Clock {
  const clock = systemClock();
  return { ...clock, nowMs: () => performance.now() * 50, sleep: (ms, signal) => clock.sleep(ms / 50, signal) };
}

async function serve(options: ModelServerOptions, changes: Partial<AttemptTools> = {}) {
  const server = await startModelServer(options);
  const clock = fastClock();
  const client = createOpenAiClient({
    apiKey: 'test-key',
    baseUrl: server.baseUrl,
    model: 'test-model',
    reasoningEffort: undefined,
    epochMs: Date.now,
  });
  const { log, ends } = recordingLog();
  const budget = createBudget(undefined, 0);
  const tools: AttemptTools = {
    client,
    clock,
    gate: createRateGate(clock, {}),
    slots: createSlots(clock, 8),
    budget,
    log,
    price: PRICE,
    attemptTimeoutMs: 300,
    expectedOutputTokens: () => 100,
    ...changes,
  };
  const close = async () => {
    await server.close();
    await client.close();
  };
  return { server, ends, budget, complete: createComplete(tools), [Symbol.asyncDispose]: close };
}

describe('against a server', () => {
  test('every passing fault is overcome within four attempts, and what was paid for is counted', async () => {
    await using made = await serve({
      faults: ['html-502', 'rate-limit-seconds', 'rate-limit-bare', 'reset-before-headers', 'cut-body'],
    });
    const result = await made.complete(PROMPT, WANTED, never);
    expect(result).toMatchObject({ attempts: 6, costUsd: null, completion: { finish: 'stop' } });
    expect(made.ends().map(({ outcome }) => outcome)).toEqual([
      'server',
      'rate-limited',
      'rate-limited',
      'connection',
      'connection',
      'reply',
    ]);
    // The body that was cut had been charged: the server remembers its name, and no second charge follows.
    expect(made.server.summary()).toMatchObject({ charged: 1, chargedAgain: 0 });
  });

  test('a reply that was no completion is not asked for under its name again', async () => {
    await using made = await serve({ faults: ['no-choices'] });
    expect(await made.complete(PROMPT, WANTED, never)).toMatchObject({ attempts: 2 });
    expect(made.server.summary()).toMatchObject({ outcomes: { 'no-choices': 1, ok: 1 } });
  });

  test('that stalls: the attempt ends, and the next one is answered', async () => {
    await using made = await serve({ faults: ['stall-silent'] });
    expect(await made.complete(PROMPT, WANTED, never)).toMatchObject({ attempts: 2, costUsd: null });
  });

  test('an interrupt does not throw away what is under way: it is paid for', async () => {
    await using made = await serve({ latencyMs: 100 });
    const stop = new AbortController();
    const asked = made.complete(PROMPT, WANTED, stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 30);
    expect(await asked).toMatchObject({ completion: { finish: 'stop' } });
  });

  test('many at once stay below its limits and are all answered', async () => {
    await using made = await serve({ limits: { requestsPerMinute: 600, style: 'bucket', headers: true } });
    const prompts = Array.from({ length: 12 }, (_, index) => ({ key: `${index}-`.padEnd(64, 'b'), generation: 0 }));
    const results = await Promise.all(prompts.map((wanted) => made.complete(PROMPT, wanted, never)));
    expect(results.every(({ completion }) => completion.finish === 'stop')).toBe(true);
    expect(made.server.charged).toHaveLength(12);
  });
});

test('the same prompt goes out under the same name, and with other advice under another', async () => {
  const { complete, sent } = scripted(['reply']);
  const advised = makePrompt({ advice: ['How is a B-tree split?'] });
  for (const prompt of [PROMPT, PROMPT, advised, advised, makePrompt({ advice: ['What is a lock?'] })]) {
    await complete(prompt, WANTED, never);
  }
  const [plain, again, other, otherAgain, third] = sent.map(({ name }) => name);
  expect([again, otherAgain]).toEqual([plain, other]);
  expect(new Set([plain, other, third]).size).toBe(3);
});
