/**
 * Bilinear interpolation as a sum over the whole image: every pixel counts by a tent of height 1
 * and half-width 1 around it, along both axes.
 */
import type { Grid } from '../conv2d/oracle.ts';

export type ResizeArguments = readonly [Grid, number, number, boolean];

export function resizeByTents([image, height, width, isAligned]: ResizeArguments): number[][] {
  const rows = image.length;
  const columns = image[0]?.length ?? 0;
  return Array.from({ length: height }, (_, y) => {
    const centreY = sourceOf(y, rows, height, isAligned);
    return Array.from({ length: width }, (__, x) => {
      const centreX = sourceOf(x, columns, width, isAligned);
      let sum = 0;
      for (const [i, line] of image.entries())
        for (const [j, pixel] of line.entries()) sum += pixel * tent(centreY - i) * tent(centreX - j);
      return sum;
    });
  });
}

function tent(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Where a pixel of the result lies in the image, in pixels of the image, held inside of it. */
function sourceOf(at: number, from: number, to: number, isAligned: boolean): number {
  if (isAligned) return to === 1 ? 0 : (at * (from - 1)) / (to - 1);
  const centre = ((2 * at + 1) * from) / (2 * to) - 0.5;
  return Math.min(from - 1, Math.max(0, centre));
}
