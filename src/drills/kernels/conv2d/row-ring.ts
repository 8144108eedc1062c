/**
 * Rung 3: a ring of the rows under the filter, as Float64 with the zero border around them. Each row is converted once
 * instead of once a tap, the loop needs no test for the border, and everything it reads stays in the first cache. Sums
 * are f64 and rounded once, on store: `Math.fround` after every operation is twice as slow and less exact.
 */
import { emptyPlane, place } from './plane.ts';
import type { Padding, Placement, Plane } from './plane.ts';
import { conv2dTyped } from './typed.ts';
import { isUnrollable, unroll } from './unroll.ts';
import type { RowKernel } from './unroll.ts';

/** Writes row `y` of the image (zeros beyond it) into `row`. */
export type ReadRow = (y: number, row: Float64Array) => void;

export function paddedRows(image: Plane, left: number): ReadRow {
  return (y, row) => {
    if (y < 0 || y >= image.height) row.fill(0);
    else row.set(image.data.subarray(y * image.width, (y + 1) * image.width), left);
  };
}

/** Fills `out` with one row of `kernel` after the other over `rows` rows of `rowLength` that `readRow` gives. */
export function slideDown(
  kernel: RowKernel,
  rows: number,
  rowLength: number,
  readRow: ReadRow,
  placement: Placement,
  out: Float32Array,
): void {
  const { height, width, top } = placement;
  if (height === 0 || width === 0) return;
  const ring = Array.from({ length: rows }, () => new Float64Array(rowLength));
  for (const [index, row] of ring.entries()) if (index > 0) readRow(index - 1 - top, row);
  for (let y = 0; y < height; y += 1) {
    const oldest = ring.shift()!;
    readRow(y + rows - 1 - top, oldest);
    ring.push(oldest);
    kernel(ring, out, y * width, width);
  }
}

export function conv2dRowRing(image: Plane, filter: Plane, padding: Padding, out?: Plane): Plane {
  if (!isUnrollable(filter.height, filter.width)) return conv2dTyped(image, filter, padding);
  const placement = place(image, filter, padding);
  const result = out ?? emptyPlane(placement);
  const kernel = unroll(filter.data, filter.height, filter.width);
  const rowLength = placement.width + filter.width - 1;
  slideDown(kernel, filter.height, rowLength, paddedRows(image, placement.left), placement, result.data);
  return result;
}
