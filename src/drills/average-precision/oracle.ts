/**
 * Average precision without a running sweep and without an envelope: for every number of truths
 * that may be found, the best precision of all the score cut-offs that find at least so many.
 * Recall levels are compared in whole numbers.
 */
import type { Box } from '../boxes.ts';
import { iouByCells } from '../iou/oracle.ts';

export type Truth = Readonly<{ image: string; label: string; box: Box }>;
export type Detection = Readonly<{ image: string; label: string; score: number; box: Box }>;
export type Interpolation = 'all-point' | '11-point';
export type ApArguments = readonly [readonly Detection[], readonly Truth[], number, Interpolation];

export interface ApResult {
  readonly [key: string]: number | { readonly [label: string]: number };
  /** Average precision of every label that has truths. */
  ap: { readonly [label: string]: number };
  /** Their mean; NaN when there are none. */
  map: number;
}

const STEPS = 10;

export function averagePrecisionByCuts([detections, truths, threshold, interpolation]: ApArguments): ApResult {
  const labels = [...new Set(truths.map(({ label }) => label))].sort();
  const ap = Object.fromEntries(
    labels.map((label) => {
      const wanted = truths.filter((truth) => truth.label === label);
      const hits = hitsInOrder(
        detections.filter((detection) => detection.label === label),
        wanted,
        threshold,
      );
      return [label, interpolate(hits, wanted.length, interpolation)];
    }),
  );
  const values = Object.values(ap);
  return { ap, map: values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length };
}

function interpolate(hits: readonly boolean[], truthCount: number, interpolation: Interpolation): number {
  const cuts = hits.map((_, last) => ({
    found: hits.slice(0, last + 1).filter(Boolean).length,
    shown: last + 1,
  }));
  const bestPrecision = (isEnough: (found: number) => boolean): number =>
    Math.max(0, ...cuts.filter(({ found }) => isEnough(found)).map(({ found, shown }) => found / shown));
  const levels =
    interpolation === 'all-point'
      ? Array.from({ length: truthCount }, (_, index) => bestPrecision((found) => found >= index + 1))
      : Array.from({ length: STEPS + 1 }, (_, step) => bestPrecision((found) => found * STEPS >= step * truthCount));
  return levels.reduce((sum, precision) => sum + precision, 0) / levels.length;
}

/** Whether each detection, best score first, is the first to find its truth. */
function hitsInOrder(detections: readonly Detection[], truths: readonly Truth[], threshold: number): boolean[] {
  const ranked = detections
    .map((detection, index) => ({
      target: bestTruth(detection, truths, threshold),
      rank: detections.filter((_, other) => comesBefore(detections, other, index)).length,
    }))
    .sort((one, other) => one.rank - other.rank);
  return ranked.map(
    ({ target }, rank) => target !== undefined && ranked.findIndex((other) => other.target === target) === rank,
  );
}

/** The truth of the highest IoU in the same image, taken or not; the earlier of two equals. */
function bestTruth(detection: Detection, truths: readonly Truth[], threshold: number): Truth | undefined {
  let best: { truth: Truth; iou: number } | undefined;
  for (const truth of truths) {
    if (truth.image !== detection.image) continue;
    const iou = iouByCells(detection.box, truth.box);
    if (best === undefined || iou > best.iou) best = { truth, iou };
  }
  return best !== undefined && best.iou >= threshold ? best.truth : undefined;
}

function comesBefore(detections: readonly Detection[], one: number, other: number): boolean {
  const [a, b] = [detections[one]?.score ?? Number.NaN, detections[other]?.score ?? Number.NaN];
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) === Number.isNaN(b) ? one < other : Number.isNaN(b);
  return a > b || (a === b && one < other);
}
