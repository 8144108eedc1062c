/** Rung 2: typed arrays and a flag a box. Nothing is allocated in the loop; still O(n · kept) pairs. */
import { toColumns } from '../iou/columns.ts';
import { checkDetections } from './detections.ts';
import { orderByScore } from './score-order.ts';

/** Kept indices, best score first. */
export function nmsTyped(boxes: Float32Array, scores: Float32Array, threshold: number): Int32Array {
  const n = checkDetections(boxes, scores, threshold);
  const { x1, y1, x2, y2, area } = toColumns(boxes);
  const order = orderByScore(scores);
  const isSuppressed = new Uint8Array(n);
  const kept = new Int32Array(n);
  let count = 0;
  for (let rank = 0; rank < n; rank += 1) {
    const i = order[rank]!;
    if (isSuppressed[i] === 1) continue;
    kept[count] = i;
    count += 1;
    for (let later = rank + 1; later < n; later += 1) {
      const j = order[later]!;
      const width = Math.min(x2[i]!, x2[j]!) - Math.max(x1[i]!, x1[j]!);
      const height = Math.min(y2[i]!, y2[j]!) - Math.max(y1[i]!, y1[j]!);
      if (width <= 0 || height <= 0) continue;
      const overlap = width * height;
      if (overlap / (area[i]! + area[j]! - overlap) > threshold) isSuppressed[j] = 1;
    }
  }
  return kept.slice(0, count);
}
