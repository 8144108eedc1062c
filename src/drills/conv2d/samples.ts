/** Images and kernels that cases are put together from. */
import type { CaseInput } from '../primitive.ts';
import type { Conv2dArguments, Grid } from './oracle.ts';

export const COUNTED: Grid = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

export function make(name: string, rule: string, ...args: Conv2dArguments): CaseInput<Conv2dArguments> {
  return { name, rule, args };
}

/** Rows of numbers that are all different. */
export function ramp(height: number, width: number): Grid {
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => y * width + x + 1));
}

export function impulse(size: number, at: number): Grid {
  return ramp(size, size).map((row, y) => row.map((_, x) => (y === at && x === at ? 1 : 0)));
}
