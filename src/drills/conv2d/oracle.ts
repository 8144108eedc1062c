/**
 * The convolution of the definition in textbooks, by multiplying polynomials: every pixel is
 * scattered over the full product with the *flipped* kernel, and the part that is asked for is cut
 * out. Cross-correlation is convolution with the kernel flipped, so two flips leave it as it is.
 */
export type Grid = readonly (readonly number[])[];
export type Conv2dArguments = readonly [Grid, Grid, 'same' | 'valid'];

export function correlateByProduct([image, kernel, mode]: Conv2dArguments): number[][] {
  const [height, width] = sizeOf(image);
  const [rows, columns] = sizeOf(kernel);
  if (height === 0 || width === 0) return [];
  const full = fullProduct(image, flipped(kernel));
  if (mode === 'valid') return cut(full, rows - 1, columns - 1, height - rows + 1, width - columns + 1);
  // The product starts where the last tap meets the first pixel: its anchor is k - 1 - floor((k - 1) / 2) in.
  return cut(full, rows - 1 - anchor(rows), columns - 1 - anchor(columns), height, width);
}

function anchor(taps: number): number {
  return Math.floor((taps - 1) / 2);
}

export function sizeOf(grid: Grid): [number, number] {
  return [grid.length, grid[0]?.length ?? 0];
}

function flipped(kernel: Grid): number[][] {
  return kernel.map((row) => [...row].reverse()).reverse();
}

function fullProduct(image: Grid, kernel: Grid): number[][] {
  const [height, width] = sizeOf(image);
  const [rows, columns] = sizeOf(kernel);
  const full = Array.from({ length: height + rows - 1 }, () => Array.from({ length: width + columns - 1 }, () => 0));
  for (const [y, line] of image.entries()) {
    for (const [x, pixel] of line.entries()) {
      for (const [i, taps] of kernel.entries()) {
        const target = full[y + i] as number[];
        for (const [j, tap] of taps.entries()) target[x + j] = (target[x + j] as number) + pixel * tap;
      }
    }
  }
  return full;
}

function cut(full: Grid, top: number, left: number, height: number, width: number): number[][] {
  if (height <= 0 || width <= 0) return [];
  return full.slice(top, top + height).map((row) => row.slice(left, left + width));
}
