/**
 * Rung 3: no branch, so that the time does not depend on how many boxes overlap. `Math.min` and `Math.max` cost tests
 * for NaN and −0; `Math.abs` is one instruction. With 2 min(p, q) = p + q − |p − q| and its like for max, twice the
 * overlap in x is
 *   widthA + widthB − |a.x2 − b.x2| − |a.x1 − b.x1|
 * and clamping it at 0 is (v + |v|) / 2. Both dimensions carry a factor 4, which one multiplication by 1/16 removes.
 */
import { checkMatrix } from './boxes.ts';
import { toColumns } from './columns.ts';
import type { BoxColumns } from './columns.ts';

function fillRow(
  a: BoxColumns,
  i: number,
  b: BoxColumns,
  widths: Float64Array,
  heights: Float64Array,
  row: Float32Array,
): void {
  const [ax1, ay1, ax2, ay2] = [a.x1[i]!, a.y1[i]!, a.x2[i]!, a.y2[i]!];
  const width = ax2 - ax1;
  const height = ay2 - ay1;
  const areaA = a.area[i]!;
  const { x1, y1, x2, y2, area } = b;
  for (let j = 0; j < row.length; j += 1) {
    const w = width + widths[j]! - Math.abs(ax2 - x2[j]!) - Math.abs(ax1 - x1[j]!);
    const h = height + heights[j]! - Math.abs(ay2 - y2[j]!) - Math.abs(ay1 - y1[j]!);
    const overlap = (w + Math.abs(w)) * (h + Math.abs(h)) * 0.0625;
    row[j] = overlap / (areaA + area[j]! - overlap);
  }
}

/** `out` is the n × m matrix, row by row. */
export function iouBranchFree(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const first = toColumns(a);
  const second = toColumns(b);
  checkMatrix(out, first.length, second.length);
  const widths = second.x2.map((x2, j) => x2 - second.x1[j]!);
  const heights = second.y2.map((y2, j) => y2 - second.y1[j]!);
  for (let i = 0; i < first.length; i += 1)
    fillRow(first, i, second, widths, heights, out.subarray(i * second.length, (i + 1) * second.length));
}
