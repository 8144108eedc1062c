import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { createRateGate, type RateGate, type Reservation } from './rate-gate.ts';
import { SlidingLog, WINDOW_MS } from './sliding-log.ts';

const NEVER = new AbortController().signal;

/** Takes what is free now. */
async function takeNow(clock: ManualClock, gate: RateGate, count: number, tokens = 0): Promise<Reservation[]> {
  const taken: Reservation[] = [];
  for (let index = 0; index < count; index += 1) {
    void gate.reserve(tokens, NEVER).then((turn) => taken.push(turn));
  }
  await clock.advance(0);
  return taken;
}

describe('limits that are known', () => {
  test('requests by the minute', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 3 });
    expect(await takeNow(clock, gate, 5)).toHaveLength(3);
    expect(gate.state()).toEqual({
      waitingUntilMs: undefined,
      queued: 2,
      limits: { requestsPerMinute: 3 },
      rateLimitedCount: 0,
    });
    await clock.advance(WINDOW_MS - 1);
    expect(gate.state().queued).toBe(2);
    await clock.advance(1);
    expect(gate.state().queued).toBe(0);
    expect(clock.sleeping()).toBe(0);
  });

  test('tokens by the minute: settling below the estimate makes room, above it is owed', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { tokensPerMinute: 1000 });
    const [first, second] = await takeNow(clock, gate, 3, 500);
    expect(gate.state().queued).toBe(1);
    first?.settle(100);
    first?.settle(0);
    expect(gate.state().queued).toBe(1);
    second?.settle(400);
    expect(gate.state().queued).toBe(0);
    const [third] = await takeNow(clock, gate, 1, 0);
    await clock.advance(30_000);
    third?.settle(600);
    await clock.advance(WINDOW_MS - 30_000);
    // The three are forgotten; the 600 that came on top are not.
    expect(await takeNow(clock, gate, 1, 500)).toHaveLength(0);
    await clock.advance(30_000);
    expect(gate.state().queued).toBe(0);
  });

  test('a request larger than the minute goes alone', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { tokensPerMinute: 1000 });
    await takeNow(clock, gate, 1, 10);
    expect(await takeNow(clock, gate, 1, 5000)).toHaveLength(0);
    expect(await takeNow(clock, gate, 1, 10)).toHaveLength(0);
    await clock.advance(WINDOW_MS);
    expect(gate.state().queued).toBe(1);
    await clock.advance(WINDOW_MS);
    expect(gate.state().queued).toBe(0);
  });

  test('what a server states never raises what was configured', async () => {
    const gate = createRateGate(manualClock(), { requestsPerMinute: 10 });
    gate.learn({ requestsPerMinute: 500, tokensPerMinute: 30_000 });
    expect(gate.state().limits).toEqual({ requestsPerMinute: 10, tokensPerMinute: 30_000 });
    gate.learn({ requestsPerMinute: 5 });
    gate.learn({ requestsPerMinute: 0, tokensPerMinute: Number.NaN });
    expect(gate.state().limits).toEqual({ requestsPerMinute: 5, tokensPerMinute: 30_000 });
    gate.learn({ tokensPerMinute: 60_000 });
    expect(gate.state().limits).toEqual({ requestsPerMinute: 5, tokensPerMinute: 60_000 });
  });

  test('cancelling and aborting free their room', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 1 });
    const [first] = await takeNow(clock, gate, 1);
    const abort = new AbortController();
    const second = gate.reserve(0, abort.signal);
    const third = gate.reserve(0, NEVER);
    abort.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(gate.state().queued).toBe(1);
    first?.cancel();
    await clock.until(third);
    expect(clock.nowMs()).toBe(0);
    await expect(gate.reserve(0, abort.signal)).rejects.toThrow('stopped');
    expect(clock.sleeping()).toBe(0);
  });

  test('when the only one that waits is aborted, no timer is left', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 1 });
    await takeNow(clock, gate, 1);
    const abort = new AbortController();
    const waiting = gate.reserve(0, abort.signal);
    expect(clock.sleeping()).toBe(1);
    abort.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(clock.sleeping()).toBe(0);
  });
});

describe('after a 429', () => {
  test('everybody waits as long as the server says, and comes back one by one', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 60 });
    const [first, second] = await takeNow(clock, gate, 40);
    if (first === undefined || second === undefined) throw new Error('nothing was free');
    gate.rateLimited(5000, first);
    gate.rateLimited(undefined, second);
    expect(gate.state()).toMatchObject({ waitingUntilMs: 5000, rateLimitedCount: 2 });
    expect(await takeNow(clock, gate, 5)).toHaveLength(0);
    await clock.advance(4999);
    expect(gate.state().queued).toBe(5);
    await clock.advance(1);
    expect(gate.state()).toMatchObject({ waitingUntilMs: undefined, queued: 4 });
    await clock.advance(500);
    expect(gate.state().queued).toBe(4);
    await clock.advance(5000);
    expect(gate.state().queued).toBe(0);
  });

  test('a burst is one episode; waits grow by the episode and begin anew after a success', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, {});
    const waits: number[] = [];
    async function refuse(): Promise<void> {
      const turn = await clock.until(gate.reserve(0, NEVER));
      gate.rateLimited(undefined, turn);
      waits.push((gate.state().waitingUntilMs ?? 0) - clock.nowMs());
    }
    const burst = await takeNow(clock, gate, 10);
    for (const turn of burst.slice(1)) gate.rateLimited(undefined, turn);
    const untilMs = gate.state().waitingUntilMs ?? 0;
    expect(untilMs).toBeGreaterThanOrEqual(1000);
    expect(untilMs).toBeLessThan(2000);
    for (let episode = 2; episode <= 8; episode += 1) await refuse();
    waits.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual(Math.min(30_000, 1000 * 2 ** (index + 1)));
      expect(ms).toBeLessThanOrEqual(Math.min(60_000, 2000 * 2 ** (index + 1)));
    });
    // A success from before the wait says nothing about now.
    gate.succeeded(burst[0]!);
    await refuse();
    expect(waits.at(-1)).toBeGreaterThanOrEqual(30_000);
    const turn = await clock.until(gate.reserve(0, NEVER));
    gate.succeeded(turn);
    await refuse();
    expect(waits.at(-1)).toBeLessThan(2000);
  });

  test('unknown limits hold nothing back before it, and are what was accepted afterwards', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, {});
    const burst = await takeNow(clock, gate, 50, 100);
    expect(burst).toHaveLength(50);
    for (const turn of burst.slice(40)) gate.rateLimited(61_000, turn);
    await takeNow(clock, gate, 3, 100);
    await clock.advance(61_000);
    expect(gate.state()).toMatchObject({ queued: 2, limits: { requestsPerMinute: 40, tokensPerMinute: 4000 } });
  });

  test('a 429 below the known limit lowers what is sent, not more often than once an episode', async () => {
    const clock = manualClock();
    const gate = createRateGate(clock, { requestsPerMinute: 100 });
    const burst = await takeNow(clock, gate, 70);
    for (const turn of burst.slice(60)) gate.rateLimited(1000, turn);
    await takeNow(clock, gate, 1);
    await clock.advance(1000);
    expect(gate.state().limits.requestsPerMinute).toBeCloseTo(90);
  });

  test('a reservation of another gate is a defect', async () => {
    const clock = manualClock();
    const turn = await createRateGate(clock, {}).reserve(0, NEVER);
    expect(() => createRateGate(clock, {}).rateLimited(1, turn)).toThrow('another gate');
  });
});

type Step = {
  pauseMs: number;
  tokens: number;
  workMs: number;
  end: 'settle' | 'cancel' | 'refused' | 'abort';
  share: number;
};

const steps = fc.array(
  fc.record<Step>({
    pauseMs: fc.nat(3000),
    tokens: fc.nat(400),
    workMs: fc.nat(90_000),
    end: fc.constantFrom('settle', 'settle', 'settle', 'cancel', 'refused', 'abort'),
    share: fc.constantFrom(0, 0.5, 1),
  }),
  { maxLength: 60 },
);

interface Sent {
  atMs: number;
  tokens: number;
  index: number;
}

/** Every caller asks at its time, and goes on as its step says. Returns what was sent and counts. */
async function play(clock: ManualClock, gate: RateGate, list: readonly Step[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const calls: Promise<void>[] = [];
  async function call(step: Step, index: number): Promise<void> {
    const abort = new AbortController();
    const giveUp = new AbortController();
    if (step.end === 'abort') {
      void clock.sleep(step.workMs, giveUp.signal).then(
        () => abort.abort(new Error('stopped')),
        () => undefined,
      );
    }
    const turn = await gate.reserve(step.tokens, abort.signal).catch(() => undefined);
    giveUp.abort();
    if (turn === undefined) return;
    if (step.end === 'cancel') {
      turn.cancel();
      return;
    }
    const entry = { atMs: clock.nowMs(), tokens: step.tokens, index };
    sent.push(entry);
    await clock.sleep(step.end === 'refused' ? 100 : step.workMs, NEVER);
    if (step.end === 'refused') {
      sent.splice(sent.indexOf(entry), 1);
      gate.rateLimited(step.share === 0 ? undefined : step.share * 5000, turn);
    } else {
      gate.succeeded(turn);
      turn.settle(undefined);
    }
  }
  for (const [index, step] of list.entries()) {
    await clock.advance(step.pauseMs);
    calls.push(call(step, index));
  }
  await clock.until(Promise.all(calls));
  return sent;
}

describe('whatever happens', () => {
  const limits = fc.record(
    { requestsPerMinute: fc.integer({ min: 1, max: 30 }), tokensPerMinute: fc.integer({ min: 1, max: 3000 }) },
    { requiredKeys: [] },
  );

  test('no minute exceeds the limits, all are served in order, and nothing is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(limits, steps, async ({ requestsPerMinute = Infinity, tokensPerMinute = Infinity }, list) => {
        const clock = manualClock();
        const gate = createRateGate(clock, { requestsPerMinute, tokensPerMinute });
        const sent = await play(clock, gate, list);
        expect(gate.state().queued).toBe(0);
        expect(clock.sleeping()).toBe(0);
        expect(sent.map(({ index }) => index)).toEqual(sent.map(({ index }) => index).sort((a, b) => a - b));
        for (const { atMs } of sent) {
          const minute = sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000);
          const tokens = minute.reduce((sum, entry) => sum + entry.tokens, 0);
          expect(minute.length).toBeLessThanOrEqual(requestsPerMinute);
          // One that is larger than the limit goes alone; what takes no tokens may have gone just before it.
          const isAlone = minute.filter((entry) => entry.tokens > 0).length <= 1;
          expect(tokens <= tokensPerMinute || isAlone).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('memory holds the last minute and no more', () => {
    const log = new SlidingLog();
    for (let index = 0; index < 100_000; index += 1) log.add(index * 100, { requests: 1, tokens: 10 });
    expect(log.used(100_000 * 100 - 100)).toEqual({ requests: 610, tokens: 6100 });
    expect(log.size).toBeLessThan(3 * 610);
  });
});
