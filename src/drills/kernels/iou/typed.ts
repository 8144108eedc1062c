/** Rung 2: typed arrays, a column a coordinate. No object is made or followed inside the loop. */
import { checkMatrix } from './boxes.ts';
import { toColumns } from './columns.ts';

/** `out` is the n × m matrix, row by row. */
export function iouTyped(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const first = toColumns(a);
  const second = toColumns(b);
  checkMatrix(out, first.length, second.length);
  let at = 0;
  for (let i = 0; i < first.length; i += 1) {
    for (let j = 0; j < second.length; j += 1) {
      const width = Math.min(first.x2[i]!, second.x2[j]!) - Math.max(first.x1[i]!, second.x1[j]!);
      const height = Math.min(first.y2[i]!, second.y2[j]!) - Math.max(first.y1[i]!, second.y1[j]!);
      const overlap = Math.max(0, width) * Math.max(0, height);
      out[at] = overlap / (first.area[i]! + second.area[j]! - overlap);
      at += 1;
    }
  }
}
