/** How good the reader's version is: against the reference, the ladder, what is installed, and the machine. */
import type { Primitive } from '../primitive.ts';
import { createRandom } from '../random.ts';
import { measureSize } from './measure.ts';
import { openMachine, openSides, type BenchSetup, type Side } from './sides.ts';
import { growthExponent } from './statistics.ts';
import { BenchFailure, SAMPLE_MS } from './stopwatch.ts';
import type { AaResult, BenchResult, LimitPoint, MachineLimits, Point, SideResult } from './types.ts';

const MACHINE_TIMEOUT_MS = 60_000;
/** A side that would take longer than this for a call sits out the larger sizes. */
const MAX_CALL_MS = 2000;

export interface BenchEvents {
  measured(size: number, aa: AaResult): void;
}

export async function runBench(setup: BenchSetup, seed: number, events: BenchEvents): Promise<BenchResult> {
  const { primitive, language } = setup;
  const machine = await measureMachine(setup);
  await using open = await openSides(setup);
  const random = createRandom(seed);
  const points = new Map<Side, Point[]>(open.sides.map((side) => [side, []]));
  const notes = new Map<Side, string>();
  const aa: AaResult[] = [];
  const sizes = primitive.bench.sizes[language];
  for (const size of sizes) {
    const taking = open.sides.filter((side) => !notes.has(side) && isFastEnough(points.get(side) ?? [], size));
    const result = await measureSize(
      primitive,
      taking,
      { size, args: primitive.bench.input(size, random), sampleMs: setup.host.sampleMs ?? SAMPLE_MS },
      random,
    );
    aa.push(result.aa);
    for (const [side, point] of result.points) points.get(side)?.push(point);
    for (const [side, reason] of result.dropped) notes.set(side, reason);
    events.measured(size, result.aa);
  }
  const sides = open.sides
    .filter(({ kind }) => kind !== 'twin')
    .map((side) => sideResult(side, points.get(side) ?? [], notes.get(side), sizes.length));
  const absent = open.absent.map(({ name, reason }): SideResult => ({
    name,
    kind: 'peer',
    points: [],
    exponent: Number.NaN,
    note: `not installed: ${reason}`,
  }));
  return {
    format: 'prepsmith.drill-bench/1',
    primitive: primitive.id,
    language,
    unit: primitive.bench.unit,
    aa,
    sides: [...sides, ...absent],
    machine,
    limits: sizes.map((size) => limitOf(primitive, size, machine)),
  };
}

function sideResult(side: Side, points: Point[], note: string | undefined, sizes: number): SideResult {
  const result = {
    name: side.name,
    kind: side.kind === 'twin' ? 'reference' : side.kind,
    points,
    exponent: growthExponent(points),
  };
  if (note !== undefined) return { ...result, note };
  return points.length < sizes ? { ...result, note: 'left out of the larger sizes: too slow' } : result;
}

/** By the square of the sizes, which is the worst that anybody writes. */
function isFastEnough(points: readonly Point[], size: number): boolean {
  const last = points.at(-1);
  return last === undefined || last.medianMs * (size / last.size) ** 2 <= MAX_CALL_MS;
}

function limitOf(primitive: Primitive, size: number, machine: MachineLimits): LimitPoint {
  const { multiplyAdds, bytes } = primitive.bench.work(size);
  const memoryMs = (bytes / machine.bytesPerSecond) * 1000;
  const arithmeticMs = (multiplyAdds / machine.multiplyAddsPerSecond) * 1000;
  return memoryMs > arithmeticMs
    ? { size, limitMs: memoryMs, by: 'memory' }
    : { size, limitMs: arithmeticMs, by: 'arithmetic' };
}

async function measureMachine({ host, templatesDir }: BenchSetup): Promise<MachineLimits> {
  const session = openMachine(host, templatesDir);
  try {
    const outcome = await session.request({ op: 'machine' }, MACHINE_TIMEOUT_MS);
    if (outcome.state !== 'returned') throw new BenchFailure('the machine could not be measured');
    return outcome.value as unknown as MachineLimits;
  } finally {
    await session.close();
  }
}
