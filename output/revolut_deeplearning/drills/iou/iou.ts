/** x1, y1, x2, y2; half-open: the width is x2 - x1. */
export type Box = [x1: number, y1: number, x2: number, y2: number];

/**
 * The IoU of every box of `a` with every box of `b`: a row a box of `a`, a column a box of `b`.
 * A box without area (degenerate, inverted) or with NaN has IoU 0 with every box.
 * The whole contract is in drills/iou/README.md.
 */
export function iou(a: Box[], b: Box[]): number[][] {
  // To do: compute the shared area of each pair, and divide it by the area that either covers.
  throw new Error('iou is not written yet');
}
