/** x1, y1, x2, y2; half-open: the width is x2 - x1. */
export type Box = [x1: number, y1: number, x2: number, y2: number];

/**
 * Indices of the boxes kept, highest score first. Only IoU > threshold suppresses; ties go to the
 * lower index; a NaN score comes last; with classes, a box suppresses its own class alone.
 * The whole contract is in drills/nms/README.md.
 */
export function nms(boxes: Box[], scores: number[], threshold: number, classes?: number[]): number[] {
  // To do: sort the indices, walk through them, and keep what no kept box overlaps too much.
  throw new Error('nms is not written yet');
}
