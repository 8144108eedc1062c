/** The convolution ladder: rows of numbers as they come, then Float32Array planes. */
import { conv2dNaive } from '../../kernels/conv2d/naive.ts';
import { emptyPlane, place, type Padding, type Plane } from '../../kernels/conv2d/plane.ts';
import { conv2dRowRing } from '../../kernels/conv2d/row-ring.ts';
import { planConv2d, type Conv2dPlan } from '../../kernels/conv2d/simd.ts';
import { conv2dTyped } from '../../kernels/conv2d/typed.ts';
import { startPool } from '../../kernels/threads/pool.ts';
import { kernelRung, THREADS } from './kernel-rung.ts';

type Grid = readonly (readonly number[])[];
type ConvArguments = [image: Grid, kernel: Grid, mode: Padding];

function planeOf(grid: Grid): Plane {
  return { data: Float32Array.from(grid.flat()), height: grid.length, width: grid[0]?.length ?? 0 };
}

function gridOf({ data, height, width }: Plane): number[][] {
  return Array.from({ length: height }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width)));
}

const planned = (prepare: (plan: Conv2dPlan) => Promise<{ run(): void }>) =>
  kernelRung<ConvArguments, [{ run(): void }, Plane], Plane>({
    async prepare(image, kernel, mode) {
      const plan = planConv2d(planeOf(image), planeOf(kernel), mode);
      plan.image.data.set(planeOf(image).data);
      return [await prepare(plan), plan.out];
    },
    run(runner, out) {
      runner.run();
      return out;
    },
    restore: gridOf,
  });

export const naive = kernelRung<ConvArguments, ConvArguments, number[][]>({
  prepare: (image, kernel, mode) => [image, kernel, mode],
  run: conv2dNaive,
  restore: (grid) => grid,
});
export const typed = kernelRung<ConvArguments, [Plane, Plane, Padding], Plane>({
  prepare: (image, kernel, mode) => [planeOf(image), planeOf(kernel), mode],
  run: conv2dTyped,
  restore: gridOf,
});
export const rowRing = kernelRung<ConvArguments, [Plane, Plane, Padding, Plane], Plane>({
  prepare(image, kernel, mode) {
    const [plane, filter] = [planeOf(image), planeOf(kernel)];
    return [plane, filter, mode, emptyPlane(place(plane, filter, mode))];
  },
  run: conv2dRowRing,
  restore: gridOf,
});
export const wasm = planned(async (plan) => plan);
export const threads = planned((plan) => startPool(plan, THREADS));
