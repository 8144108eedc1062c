/** All sides at one size: first the reference against itself, then everybody, in random order. */
import { compareValues } from '../judge/compare.ts';
import type { Arguments, Primitive } from '../primitive.ts';
import { shuffled, type Random } from '../random.ts';
import type { Side } from './sides.ts';
import { estimateMedian } from './statistics.ts';
import { BenchFailure, startStopwatch, type Stopwatch } from './stopwatch.ts';
import type { AaResult, Point } from './types.ts';

const AA_ROUNDS = 21;
const AA_TRIES = 3;
const AA_RANGE = { low: 0.95, high: 1.05 };
const ROUNDS = { least: 7, most: 25 };
const ROUNDS_BUDGET_MS = 4000;
/** Yardsticks that compute in 32 bits are not wrong. */
const YARDSTICK_TOLERANCE = { absolute: 1e-6, relative: 1e-5 };

export interface SizeResult {
  aa: AaResult;
  points: Map<Side, Point>;
  /** Sides that gave another result than the reference, or none. */
  dropped: Map<Side, string>;
}

export interface SizeInput {
  size: number;
  args: Arguments;
  sampleMs: number;
}

export async function measureSize(
  primitive: Primitive,
  sides: readonly Side[],
  { size, args, sampleMs }: SizeInput,
  random: Random,
): Promise<SizeResult> {
  const { watches, dropped } = await startAll(primitive, sides, args, sampleMs);
  const reference = watches.find(({ side }) => side.kind === 'reference');
  const twin = watches.find(({ side }) => side.kind === 'twin');
  if (reference === undefined || twin === undefined) throw new BenchFailure('the reference does not run');
  const aa = await runAgainstItself(reference, twin, size, random);
  const compared = watches.filter(({ side }) => side.kind !== 'twin');
  const samples = await runRounds(compared, random);
  const yours = compared.find(({ side }) => side.kind === 'yours');
  const yourSamples = yours && samples.get(yours);
  const points = new Map<Side, Point>();
  for (const [watch, times] of samples) {
    const { median, low, high } = estimateMedian(times);
    const point: Point = { size, medianMs: median, lowMs: low, highMs: high };
    if (yourSamples !== undefined && watch !== yours) {
      point.yoursTo = estimateMedian(times.map((time, round) => (yourSamples[round] ?? Number.NaN) / time));
    }
    points.set(watch.side, point);
  }
  return { aa, points, dropped };
}

async function startAll(
  primitive: Primitive,
  sides: readonly Side[],
  args: Arguments,
  sampleMs: number,
): Promise<{ watches: Stopwatch[]; dropped: Map<Side, string> }> {
  const watches: Stopwatch[] = [];
  const dropped = new Map<Side, string>();
  for (const side of sides) {
    try {
      watches.push(await startStopwatch(side, args, sampleMs));
    } catch (error) {
      if (!(error instanceof BenchFailure)) throw error;
      dropped.set(side, error.message);
    }
  }
  const right = watches.find(({ side }) => side.kind === 'reference')?.value ?? null;
  const agreeing = watches.filter(({ side, value }) => {
    const difference = compareValues(right, value, side.kind === 'yours' ? primitive.tolerance : YARDSTICK_TOLERANCE);
    if (difference !== undefined)
      dropped.set(side, `another result at ${difference.path || 'the top'}: its time says nothing`);
    return difference === undefined;
  });
  return { watches: agreeing, dropped };
}

async function runAgainstItself(one: Stopwatch, other: Stopwatch, size: number, random: Random): Promise<AaResult> {
  const ratios: number[] = [];
  for (let attempt = 1; ; attempt += 1) {
    for (let round = 0; round < AA_ROUNDS; round += 1) {
      const times = new Map<Stopwatch, number>();
      for (const watch of shuffled([one, other], random)) times.set(watch, await watch.sample());
      ratios.push((times.get(one) ?? Number.NaN) / (times.get(other) ?? Number.NaN));
    }
    // A loud moment passes; a machine that stays loud gets no verdict.
    const estimate = estimateMedian(ratios.slice(-2 * AA_ROUNDS));
    const isTrusted = estimate.median >= AA_RANGE.low && estimate.median <= AA_RANGE.high;
    if (isTrusted || attempt === AA_TRIES) return { size, ...estimate, rounds: ratios.length, isTrusted };
  }
}

/** A sample a side a round: what slows the machine down for a while slows all of them. */
async function runRounds(watches: readonly Stopwatch[], random: Random): Promise<Map<Stopwatch, number[]>> {
  const roundMs = watches.reduce((sum, { sampleMs }) => sum + sampleMs, 0);
  const rounds = Math.max(ROUNDS.least, Math.min(ROUNDS.most, Math.floor(ROUNDS_BUDGET_MS / roundMs)));
  const samples = new Map(watches.map((watch) => [watch, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const watch of shuffled(watches, random)) samples.get(watch)?.push(await watch.sample());
  return samples;
}
