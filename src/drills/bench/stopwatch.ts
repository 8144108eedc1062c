/** One side at one size: as many calls a sample as the clock needs, warm before anything counts. */
import type { Arguments, Value } from '../primitive.ts';
import type { Outcome } from '../judge/types.ts';
import type { Side } from './sides.ts';
import { median } from './statistics.ts';

/** Of a sample: long enough that a collection of garbage falls into every one, not into some. */
export const SAMPLE_MS = 20;
const MAX_ITERATIONS = 200_000;
const TIMEOUT_MS = 60_000;
const WARM_WINDOW = 4;
const WARM_CHANGE = 0.03;
const WARM_BUDGET_MS = 1200;
/** A call that takes longer is warm enough after two. */
const SLOW_MS = 400;

export class BenchFailure extends Error {}

export interface Stopwatch {
  side: Side;
  /** What the side makes of the input; compared before any time counts. */
  value: Value;
  /** Milliseconds a call, measured now. */
  sample(): Promise<number>;
  /** What a sample takes, roughly. */
  sampleMs: number;
}

/** @throws BenchFailure when the side throws, hangs or dies. */
export async function startStopwatch(side: Side, args: Arguments, targetMs: number): Promise<Stopwatch> {
  const value = valueOf(await side.session.prepare(args, TIMEOUT_MS));
  let iterations = 1;
  const elapsed = async (): Promise<number> => Number(valueOf(await side.session.sample(iterations, TIMEOUT_MS)));
  let spentMs = 0;
  let window: number[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const tookMs = await elapsed();
    spentMs += tookMs;
    if (tookMs < targetMs / 2 && iterations < MAX_ITERATIONS) {
      iterations = Math.min(MAX_ITERATIONS, Math.ceil((iterations * targetMs) / Math.max(tookMs, targetMs / 16)));
      window = [];
      continue;
    }
    if (tookMs / iterations > SLOW_MS && spentMs > tookMs) break;
    window.push(tookMs / iterations);
    if (window.length < WARM_WINDOW) continue;
    const now = median(window);
    if (spentMs > WARM_BUDGET_MS || Math.abs(now - before) <= WARM_CHANGE * before) break;
    [before, window] = [now, []];
  }
  const sample = async (): Promise<number> => (await elapsed()) / iterations;
  return { side, value, sample, sampleMs: Math.max(targetMs / 2, (window.at(-1) ?? SLOW_MS) * iterations) };
}

function valueOf(outcome: Outcome): Value {
  if (outcome.state === 'returned') return outcome.value;
  throw new BenchFailure(outcome.state === 'timed-out' ? `no answer in ${outcome.afterMs / 1000} s` : outcome.message);
}
