/** Rung 1: what one writes first. Sort, take the best, filter the rest, repeat: O(n · kept) with an array a step. */
import { iouOfBoxes } from '../iou/naive.ts';
import type { Box } from '../iou/naive.ts';

export interface Detection {
  readonly box: Box;
  readonly score: number;
}

function byScore(a: Detection, b: Detection): number {
  if (Number.isNaN(a.score) || Number.isNaN(b.score))
    return Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score));
  return b.score - a.score;
}

/** The kept detections, best first. `sort` is stable, so equal scores stay in their order. */
export function nmsNaive(detections: readonly Detection[], threshold: number): Detection[] {
  let left = [...detections].sort(byScore);
  const kept: Detection[] = [];
  for (let best = left[0]; best !== undefined; best = left[0]) {
    const { box } = best;
    kept.push(best);
    left = left.slice(1).filter((other) => !(iouOfBoxes(box, other.box) > threshold));
  }
  return kept;
}
