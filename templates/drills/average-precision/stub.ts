/** x1, y1, x2, y2; half-open: the width is x2 - x1. */
export type Box = [x1: number, y1: number, x2: number, y2: number];
export type Truth = { image: string; label: string; box: Box };
export type Detection = { image: string; label: string; score: number; box: Box };

/**
 * The average precision of every label that has truths, and their mean, as Pascal VOC counts.
 * The whole contract is in drills/average-precision/README.md.
 */
export function averagePrecision(
  detections: Detection[],
  truths: Truth[],
  threshold: number,
  interpolation: 'all-point' | '11-point',
): { ap: Record<string, number>; map: number } {
  // To do: mark each detection as right or wrong, best score first; then summarise the curve.
  throw new Error('averagePrecision is not written yet');
}
