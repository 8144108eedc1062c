/** Boxes are [x1, y1, x2, y2] quadruples in one Float32Array, half-open: a box is x2 − x1 wide. */

export const BOX_LENGTH = 4;

export function countBoxes(boxes: Float32Array): number {
  if (boxes.length % BOX_LENGTH !== 0)
    throw new RangeError(`boxes hold ${boxes.length} numbers; expected four a box: x1, y1, x2, y2`);
  return boxes.length / BOX_LENGTH;
}

/** Throws unless `out` is as long as an n × m matrix. */
export function checkMatrix(out: Float32Array, n: number, m: number): void {
  if (out.length !== n * m) throw new RangeError(`out holds ${out.length} numbers; expected ${n} × ${m} = ${n * m}`);
}
