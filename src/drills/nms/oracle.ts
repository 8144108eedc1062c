/**
 * NMS from its definition, without sorting and without a list of the kept: a box is kept when no
 * kept box of higher rank overlaps it, and the rank of a box is how many boxes come before it.
 */
import type { Box } from '../boxes.ts';
import { iouByCells } from '../iou/oracle.ts';

export type NmsArguments =
  | readonly [readonly Box[], readonly number[], number]
  | readonly [readonly Box[], readonly number[], number, readonly number[]];

/** Kept indices, highest score first. */
export function nmsByDefinition([boxes, scores, threshold, classes]: NmsArguments): number[] {
  const ranks = boxes.map((_, index) => boxes.filter((__, other) => comesBefore(scores, other, index)).length);
  const byRank = boxes.map((_, rank) => ranks.indexOf(rank));
  const verdicts = new Map<number, boolean>();
  const isKept = (rank: number): boolean => {
    const known = verdicts.get(rank);
    if (known !== undefined) return known;
    const index = byRank[rank] as number;
    const verdict = byRank.slice(0, rank).every((other, otherRank) => !suppresses(other, index) || !isKept(otherRank));
    verdicts.set(rank, verdict);
    return verdict;
  };
  const suppresses = (one: number, other: number): boolean =>
    (classes === undefined || classes[one] === classes[other]) &&
    iouByCells(boxes[one] as Box, boxes[other] as Box) > threshold;
  return byRank.filter((_, rank) => isKept(rank));
}

/** Higher score first, NaN last, equal ones by index; -0 equals 0. */
function comesBefore(scores: readonly number[], one: number, other: number): boolean {
  const [a, b] = [scores[one] as number, scores[other] as number];
  if (Number.isNaN(a) && Number.isNaN(b)) return one < other;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(b);
  return a > b || (a === b && one < other);
}
