/** The result of a bench as rows of a table and sentences. */
import type { BenchRun } from '../workbook.ts';
import { KERNEL_PREFIX } from './kernel-rungs.ts';
import type { BenchResult, Point, SideResult } from './types.ts';

/** A header and rows, to be laid out by the command. */
export function benchRows(result: BenchResult): { columns: string[]; rows: string[][] } {
  const sizes = result.limits.map(({ size }) => size);
  const last = sizes.at(-1) ?? 0;
  const rows = result.sides
    .filter(({ points }) => points.length > 0)
    .map((side) => [
      side.name,
      ...sizes.map((size) => showPoint(side.points.find((point) => point.size === size))),
      showExponent(side.exponent),
      showRatio(result, side.points.find((point) => point.size === last) ?? side.points.at(-1)),
    ]);
  const yours = yoursOf(result);
  const limits = [
    'limit of this machine',
    ...result.limits.map(({ limitMs }) => showMs(limitMs)),
    '',
    limitRatio(result, yours?.points.at(-1)),
  ];
  return { columns: ['', ...sizes.map(String), 'grows as', 'yours to it'], rows: [...rows, limits] };
}

/** What the numbers say, and where they say nothing. */
export function benchVerdict(result: BenchResult, earlier: readonly BenchRun[]): string[] {
  const yours = yoursOf(result);
  if (yours === undefined || yours.points.length === 0) return [`No verdict: ${yours?.note ?? 'yours does not run'}.`];
  return [
    aaLine(result),
    referenceLine(result),
    growthLine(result, yours),
    limitLine(result, yours),
    ...progressLines(result, yours, earlier),
    ...(result.sides.some(({ kind, points }) => kind === 'peer' && points.length > 0)
      ? ['Libraries are timed without converting their arguments, which comes on top.']
      : []),
    ...(result.sides.some(({ name, points }) => name.startsWith(KERNEL_PREFIX) && points.length > 0)
      ? [
          'Kernels are timed on arrays of their own layout, made before the clock runs; their code is in src/drills/kernels.',
        ]
      : []),
    ...result.sides.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}.`])),
  ].filter((line) => line !== '');
}

/** What the next run compares itself with. */
export function benchRun(result: BenchResult, solution: string): BenchRun | undefined {
  const yours = yoursOf(result);
  const point = yours?.points.at(-1);
  const reference = result.sides
    .find(({ kind }) => kind === 'reference')
    ?.points.find(({ size }) => size === point?.size);
  if (yours === undefined || point === undefined || reference?.yoursTo === undefined) return undefined;
  return {
    solution,
    size: point.size,
    unit: result.unit,
    medianMs: point.medianMs,
    exponent: yours.exponent,
    ratio: reference.yoursTo.median,
  };
}

function yoursOf(result: BenchResult): SideResult | undefined {
  return result.sides.find(({ kind }) => kind === 'yours');
}

function aaLine({ aa }: BenchResult): string {
  const medians = aa.map(({ median }) => median);
  const range = `${Math.min(...medians).toFixed(3)} to ${Math.max(...medians).toFixed(3)}`;
  const loud = aa.filter(({ isTrusted }) => !isTrusted).map(({ size }) => size);
  const lead = `A/A, the reference against itself: ${range} over ${aa.length} sizes`;
  return loud.length === 0
    ? `${lead}; within 0.95 to 1.05, so this machine can measure now.`
    : `${lead}; NO VERDICT at ${loud.join(', ')}: the machine is too busy there (0.95 to 1.05 is asked). Close what runs beside it and try again.`;
}

function referenceLine(result: BenchResult): string {
  const trusted = new Set(result.aa.filter(({ isTrusted }) => isTrusted).map(({ size }) => size));
  const reference = result.sides.find(({ kind }) => kind === 'reference');
  const point = reference?.points.findLast(({ size, yoursTo }) => trusted.has(size) && yoursTo !== undefined);
  if (point?.yoursTo === undefined) return '';
  const { median, low, high } = point.yoursTo;
  const interval = `${showNumber(low)} to ${showNumber(high)}`;
  const verdict =
    low > 1.05
      ? `takes ${showNumber(median)} times as long as the reference`
      : high < 0.95
        ? `is ${showNumber(1 / median)} times as fast as the reference`
        : 'cannot be told from the reference on this machine';
  return `At ${point.size} ${result.unit} yours ${verdict} (ratio ${showNumber(median)}, 95 % interval ${interval}).`;
}

function growthLine(result: BenchResult, yours: SideResult): string {
  if (Number.isNaN(yours.exponent)) return '';
  const grown = result.sides.filter(({ exponent }) => !Number.isNaN(exponent));
  const others = [
    ...grown.filter(({ kind }) => kind === 'reference'),
    ...fastest(grown.filter(({ kind }) => kind === 'rung')),
  ].map(
    ({ name, kind, exponent }) =>
      `the ${kind === 'rung' ? `fastest rung (${name})` : name} as ${showExponent(exponent)}`,
  );
  return `Yours grows as ${showExponent(yours.exponent)}, ${others.join(', ')}.`;
}

/** At the largest size that it was measured at; one, or none of none. */
function fastest(sides: readonly SideResult[]): SideResult[] {
  return sides.toSorted((one, other) => lastMs(one) - lastMs(other)).slice(0, 1);
}

function lastMs({ points }: SideResult): number {
  return points.at(-1)?.medianMs ?? Number.POSITIVE_INFINITY;
}

function limitLine(result: BenchResult, yours: SideResult): string {
  const point = yours.points.at(-1);
  const limit = result.limits.find(({ size }) => size === point?.size);
  if (point === undefined || limit === undefined || limit.limitMs === 0) return '';
  const { bytesPerSecond, multiplyAddsPerSecond } = result.machine;
  const machine = `${(bytesPerSecond / 1e9).toFixed(1)} GB/s, ${(multiplyAddsPerSecond / 1e9).toFixed(2)} G multiply-adds/s of scalar code`;
  const what = limit.by === 'memory' ? 'reading and writing the data once' : 'the multiply-adds alone';
  return `The limit of this machine (${machine}) for ${what} is ${showMs(limit.limitMs)} at ${point.size}: yours takes ${showNumber(point.medianMs / limit.limitMs)} times that.`;
}

function progressLines(result: BenchResult, yours: SideResult, earlier: readonly BenchRun[]): string[] {
  return earlier.slice(-3).flatMap((run, index, shown) => {
    const now = yours.points.find(({ size }) => size === run.size);
    if (now === undefined) return [];
    const ago = shown.length - index;
    return [
      `${ago === 1 ? 'Last run' : `${ago} runs ago`}: ${showMs(run.medianMs)} at ${run.size} ${result.unit}, ${showExponent(run.exponent)}; now ${showMs(now.medianMs)} (${showNumber(run.medianMs / now.medianMs)} times as fast).`,
    ];
  });
}

function limitRatio(result: BenchResult, point: Point | undefined): string {
  const limit = result.limits.find(({ size }) => size === point?.size);
  return point === undefined || limit === undefined || limit.limitMs === 0
    ? ''
    : showNumber(point.medianMs / limit.limitMs);
}

function showPoint(point: Point | undefined): string {
  return point === undefined ? '–' : showMs(point.medianMs);
}

/** Of the largest size; nothing where the reference differs from itself. */
function showRatio({ aa }: BenchResult, point: Point | undefined): string {
  if (point?.yoursTo === undefined) return '';
  if (aa.some(({ size, isTrusted }) => size === point.size && !isTrusted)) return 'no verdict';
  const { median, low, high } = point.yoursTo;
  return `${showNumber(median)} (${showNumber(low)}–${showNumber(high)})`;
}

function showExponent(exponent: number): string {
  return Number.isNaN(exponent) ? '–' : `n^${exponent.toFixed(2)}`;
}

function showMs(ms: number): string {
  return ms < 0.1 ? `${showNumber(ms * 1000)} µs` : `${showNumber(ms)} ms`;
}

/** Three digits that say something. */
function showNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
