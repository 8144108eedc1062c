/** What every rung checks before it starts. */
import { countBoxes } from '../iou/boxes.ts';

/** Number of detections. `threshold` is an IoU. */
export function checkDetections(boxes: Float32Array, scores: Float32Array, threshold: number): number {
  const n = countBoxes(boxes);
  if (scores.length !== n) throw new RangeError(`${scores.length} scores for ${n} boxes; expected one a box`);
  if (!(threshold >= 0 && threshold <= 1)) throw new RangeError(`threshold is ${threshold}; expected 0 to 1`);
  return n;
}
