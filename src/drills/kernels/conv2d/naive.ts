/** Rung 1: the definition, over arrays of rows, with a test for the border at every tap. Cross-correlation: no flip. */
import { place } from './plane.ts';
import type { Padding } from './plane.ts';

type Grid = readonly (readonly number[])[];

function sizeOf(grid: Grid): { height: number; width: number } {
  return { height: grid.length, width: grid[0]?.length ?? 0 };
}

export function conv2dNaive(image: Grid, filter: Grid, padding: Padding): number[][] {
  const { height, width, top, left } = place(sizeOf(image), sizeOf(filter), padding);
  const pixelAt = (y: number, x: number): number => {
    let sum = 0;
    for (const [ky, taps] of filter.entries()) {
      for (const [kx, tap] of taps.entries()) sum += tap * (image[y + ky - top]?.[x + kx - left] ?? 0);
    }
    return sum;
  };
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => pixelAt(y, x)));
}
