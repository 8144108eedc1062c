/** Structure of arrays: one Float64Array a coordinate, so that a loop over boxes reads memory in order. */
import { BOX_LENGTH, countBoxes } from './boxes.ts';

export interface BoxColumns {
  readonly length: number;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  readonly x2: Float64Array;
  readonly y2: Float64Array;
  /** Square pixels; Infinity for a box that overlaps nothing, see `toColumns`. */
  readonly area: Float64Array;
}

/**
 * A box without a positive finite area (empty, inverted, NaN, infinite) becomes a point of infinite area: its IoU is
 * 0 / Infinity = 0, and no loop needs a test for it.
 */
export function toColumns(boxes: Float32Array): BoxColumns {
  const length = countBoxes(boxes);
  const [x1, y1, x2, y2, area] = Array.from({ length: 5 }, () => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < length; i += 1) {
    const at = i * BOX_LENGTH;
    const width = boxes[at + 2]! - boxes[at]!;
    const height = boxes[at + 3]! - boxes[at + 1]!;
    const size = width * height;
    area[i] = Infinity;
    if (!(width > 0 && height > 0 && size < Infinity)) continue;
    x1[i] = boxes[at]!;
    y1[i] = boxes[at + 1]!;
    x2[i] = boxes[at + 2]!;
    y2[i] = boxes[at + 3]!;
    area[i] = size;
  }
  return { length, x1, y1, x2, y2, area };
}
