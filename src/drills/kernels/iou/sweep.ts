/**
 * Rung 4, for matrices that are mostly zero: sort b by x1 and visit only boxes that begin before a ends. The widest box
 * of b says where to begin: nothing that starts further left than its width can reach a. Fast on sparse scenes, slower
 * than the branch-free rung when most pairs overlap.
 */
import { checkMatrix } from './boxes.ts';
import { toColumns } from './columns.ts';
import type { BoxColumns } from './columns.ts';

/** First index of ascending `values` that holds at least `limit`. */
function lowerBound(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortByX1(b: BoxColumns): { order: Uint32Array; x1: Float64Array; widest: number } {
  const order = Uint32Array.from(b.x1.keys()).sort((i, j) => b.x1[i]! - b.x1[j]!);
  const widest = b.x1.reduce((most, x1, j) => Math.max(most, b.x2[j]! - x1), 0);
  return { order, x1: Float64Array.from(order, (j) => b.x1[j]!), widest };
}

/** `out` is the n × m matrix, row by row. */
export function iouSweep(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const first = toColumns(a);
  const second = toColumns(b);
  checkMatrix(out, first.length, second.length);
  const { order, x1, widest } = sortByX1(second);
  out.fill(0);
  for (let i = 0; i < first.length; i += 1) {
    const [ax1, ay1, ax2, ay2] = [first.x1[i]!, first.y1[i]!, first.x2[i]!, first.y2[i]!];
    for (let k = lowerBound(x1, ax1 - widest); k < order.length && x1[k]! < ax2; k += 1) {
      const j = order[k]!;
      const width = Math.min(ax2, second.x2[j]!) - Math.max(ax1, x1[k]!);
      const height = Math.min(ay2, second.y2[j]!) - Math.max(ay1, second.y1[j]!);
      if (width <= 0 || height <= 0) continue;
      const overlap = width * height;
      out[i * second.length + j] = overlap / (first.area[i]! + second.area[j]! - overlap);
    }
  }
}
