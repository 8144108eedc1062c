/**
 * Rung 4: a filter that is a column times a row (Gauss, box, Sobel) needs kh + kw taps a pixel instead of kh × kw. The
 * ring holds rows that the row filter has been over; the column filter slides down the ring, so that the intermediate
 * image never exists.
 */
import { emptyPlane, place } from './plane.ts';
import type { Padding, Plane } from './plane.ts';
import { paddedRows, slideDown } from './row-ring.ts';
import { unroll } from './unroll.ts';

/** The filter of element (y, x) = column[y] · row[x]. */
export interface SeparableFilter {
  readonly column: Float32Array;
  readonly row: Float32Array;
}

export function conv2dSeparable(image: Plane, filter: SeparableFilter, padding: Padding, out?: Plane): Plane {
  const { column, row } = filter;
  const placement = place(image, { height: column.length, width: row.length }, padding);
  const result = out ?? emptyPlane(placement);
  const acrossRow = unroll(row, 1, row.length);
  const downColumn = unroll(column, column.length, 1);
  const padded = new Float64Array(placement.width + row.length - 1);
  const readPadded = paddedRows(image, placement.left);
  const readFiltered = (y: number, filtered: Float64Array): void => {
    readPadded(y, padded);
    acrossRow([padded], filtered, 0, placement.width);
  };
  slideDown(downColumn, column.length, placement.width, readFiltered, placement, result.data);
  return result;
}
