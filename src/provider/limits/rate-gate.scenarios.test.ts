/** Simulated servers of every kind, in virtual time: how many 429s there are, and how much gets through. */
import { describe, expect, test } from 'vitest';
import { manualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import type { Limits } from './limits.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';

type Counting = 'sliding' | 'fixed window' | 'bucket of a minute' | 'bucket of one';

interface Scenario {
  counting: Counting;
  says: 'nothing' | 'retry-after' | 'limits' | 'both' | 'the limit of a day';
  configured?: Limits;
  /** By the minute; of requests, or of tokens at about 1000 a request. */
  limit?: number;
  unit?: 'requests' | 'tokens';
  /** Refused requests count, too. */
  isHarsh?: boolean;
  wanted?: number;
}

/** How long to wait, when `amount` is too much now; what is accepted is taken. */
type Meter = (nowMs: number, amount: number) => number | undefined;

const MINUTE_MS = 60_000;

function sliding(limit: number, isHarsh: boolean): Meter {
  let log: { atMs: number; amount: number }[] = [];
  return (nowMs, amount) => {
    log = log.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
    const used = log.reduce((sum, entry) => sum + entry.amount, 0);
    const isRoom = used + amount <= limit;
    if (isRoom || isHarsh) log.push({ atMs: nowMs, amount });
    return isRoom ? undefined : (log[0]?.atMs ?? nowMs) + MINUTE_MS - nowMs;
  };
}

function fixedWindow(limit: number): Meter {
  // The server's minutes are not the run's.
  const phaseMs = 23_000;
  let current = -1;
  let used = 0;
  return (nowMs, amount) => {
    const window = Math.floor((nowMs + phaseMs) / MINUTE_MS);
    if (window !== current) used = 0;
    current = window;
    if (used + amount > limit) return (window + 1) * MINUTE_MS - phaseMs - nowMs;
    used += amount;
    return undefined;
  };
}

function bucket(limit: number, size: number): Meter {
  let level = size;
  let lastMs = 0;
  return (nowMs, amount) => {
    level = Math.min(size, level + ((nowMs - lastMs) * limit) / MINUTE_MS);
    lastMs = nowMs;
    if (amount > level) return ((amount - level) * MINUTE_MS) / limit;
    level -= amount;
    return undefined;
  };
}

function meterOf({ counting, limit = 60, unit = 'requests', isHarsh = false }: Scenario): Meter {
  const perMinute = unit === 'requests' ? limit : limit * 1000;
  if (counting === 'sliding') return sliding(perMinute, isHarsh);
  if (counting === 'fixed window') return fixedWindow(perMinute);
  return bucket(perMinute, counting === 'bucket of one' ? (unit === 'requests' ? 1 : 2000) : perMinute);
}

interface Outcome {
  first: number;
  later: number;
  /** Of what the limit allows in the time that it took, in percent. */
  throughput: number;
  /** The same, without the first two minutes. */
  steady: number;
  minutes: number;
}

const NEVER = new AbortController().signal;
const CALLERS = 64;

async function simulate(scenario: Scenario): Promise<Outcome> {
  const { limit = 60, unit = 'requests', wanted = 300 } = scenario;
  const clock = manualClock(7);
  const gate = createRateGate(clock, scenario.configured ?? {});
  const meter = meterOf(scenario);
  const accepted: number[] = [];
  const refused: number[] = [];
  let firstRefusalMs = Infinity;
  let left = wanted;

  async function call(): Promise<void> {
    for (;;) {
      const tokens = 500 + Math.floor(clock.random() * 1000);
      const turn = await gate.reserve(tokens, NEVER);
      const sentMs = clock.nowMs();
      await clock.sleep(30 + clock.random() * 60, NEVER);
      const waitMs = meter(clock.nowMs(), unit === 'requests' ? 1 : tokens);
      learnFrom(scenario, gate);
      if (waitMs === undefined) {
        accepted.push(clock.nowMs());
        await clock.sleep(2000 + clock.random() * 6000, NEVER);
        gate.succeeded(turn);
        turn.settle(undefined);
        return;
      }
      await clock.sleep(30 + clock.random() * 60, NEVER);
      firstRefusalMs = Math.min(firstRefusalMs, clock.nowMs());
      refused.push(sentMs);
      gate.rateLimited(saysWhen(scenario) ? waitMs : undefined, turn);
      turn.settle(undefined);
    }
  }

  async function worker(): Promise<void> {
    while (left-- > 0) await call();
  }

  await clock.until(Promise.all(Array.from({ length: CALLERS }, worker)));
  expect(clock.sleeping()).toBe(0);
  expect(gate.state().queued).toBe(0);
  const first = refused.filter((sentMs) => sentMs <= firstRefusalMs).length;
  return { first, later: refused.length - first, ...throughputOf(accepted, limit), minutes: minutesOf(clock) };
}

function throughputOf(accepted: number[], limit: number): { throughput: number; steady: number } {
  const endMs = accepted.at(-1) ?? 0;
  const afterMs = 2 * MINUTE_MS;
  const percent = (count: number, ms: number) => Math.round((100 * count * MINUTE_MS) / ms / limit);
  return {
    throughput: percent(accepted.length, endMs),
    steady: percent(accepted.filter((atMs) => atMs > afterMs).length, endMs - afterMs),
  };
}

const minutesOf = (clock: ManualClock) => Math.round(clock.nowMs() / 6000) / 10;
const saysWhen = ({ says }: Scenario) => says === 'retry-after' || says === 'both';

function learnFrom({ says, limit = 60, unit = 'requests' }: Scenario, gate: RateGate): void {
  if (says === 'the limit of a day') gate.learn({ requestsPerMinute: limit * 480 });
  if (says !== 'limits' && says !== 'both') return;
  gate.learn(unit === 'requests' ? { requestsPerMinute: limit } : { tokensPerMinute: limit * 1000 });
}

const COUNTINGS: Counting[] = ['sliding', 'fixed window', 'bucket of a minute', 'bucket of one'];
const SAYS = ['nothing', 'retry-after', 'limits', 'both'] as const;
const SCENARIOS: Scenario[] = [
  ...(['requests', 'tokens'] as const).flatMap((unit) =>
    COUNTINGS.flatMap((counting) => SAYS.map((says): Scenario => ({ unit, counting, says }))),
  ),
  ...COUNTINGS.map((counting): Scenario => ({ counting, says: 'nothing', configured: { requestsPerMinute: 60 } })),
  ...COUNTINGS.map((counting): Scenario => ({ counting, says: 'the limit of a day' })),
  { counting: 'sliding', says: 'nothing', isHarsh: true },
  { counting: 'sliding', says: 'nothing', wanted: 1200 },
  { counting: 'bucket of one', says: 'nothing', wanted: 1200 },
];

const nameOf = ({ counting, says, configured, unit = 'requests', isHarsh = false, wanted = 300 }: Scenario) =>
  `${unit}, ${counting}, ${configured === undefined ? `says ${says}` : 'configured'}${isHarsh ? ', harsh' : ''}, ${wanted}`;

/** Counted by the second and unstated, a limit has to be searched for, and two of a size hardly ever fit side by side. */
function leastThroughput({ counting, says, unit = 'requests' }: Scenario): number {
  if (counting !== 'bucket of one' || says === 'both') return 90;
  return unit === 'requests' ? 87 : 82;
}

describe('64 callers on 60 a minute', () => {
  test.each(SCENARIOS.map((scenario) => [nameOf(scenario), scenario] as const))('%s', async (_, scenario) => {
    const { later, throughput } = await simulate(scenario);
    expect(throughput).toBeGreaterThanOrEqual(leastThroughput(scenario));
    const isTold = scenario.configured !== undefined || scenario.says === 'limits' || scenario.says === 'both';
    // In percent of what was wanted.
    expect((100 * later) / (scenario.wanted ?? 300)).toBeLessThanOrEqual(isTold ? 1.5 : 2.5);
  });
});
