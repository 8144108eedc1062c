/** The IoU ladder: objects as they come, then Float32Array quadruples into a matrix that is there. */
import { iouBranchFree } from '../../kernels/iou/branch-free.ts';
import { iouNaive, type Box as BoxObject } from '../../kernels/iou/naive.ts';
import { planIou, type IouPlan } from '../../kernels/iou/simd.ts';
import { iouSweep } from '../../kernels/iou/sweep.ts';
import { iouTyped } from '../../kernels/iou/typed.ts';
import { startPool } from '../../kernels/threads/pool.ts';
import type { Box } from '../../boxes.ts';
import { kernelRung, THREADS } from './kernel-rung.ts';

type Boxes = readonly Box[];
type IouArguments = [a: Boxes, b: Boxes];
type Matrix = Float32Array;

const quadruples = (boxes: Boxes): Float32Array => Float32Array.from(boxes.flat());
const objects = (boxes: Boxes): BoxObject[] => boxes.map(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 }));
const rows = (out: Matrix, a: Boxes, b: Boxes): number[][] =>
  a.map((_, row) => Array.from(out.subarray(row * b.length, (row + 1) * b.length)));

const into = (kernel: (a: Float32Array, b: Float32Array, out: Matrix) => void) =>
  kernelRung<IouArguments, [Float32Array, Float32Array, Matrix], Matrix>({
    prepare: (a, b) => [quadruples(a), quadruples(b), new Float32Array(a.length * b.length)],
    run(a, b, out) {
      kernel(a, b, out);
      return out;
    },
    restore: rows,
  });

function planOf(a: Boxes, b: Boxes): IouPlan {
  const plan = planIou(a.length, b.length);
  plan.a.set(quadruples(a));
  plan.b.set(quadruples(b));
  return plan;
}

/** `run` of a plan, or of the threads that share its work. */
const planned = (prepare: (plan: IouPlan) => Promise<{ run(): void }>) =>
  kernelRung<IouArguments, [{ run(): void }, Matrix], Matrix>({
    async prepare(a, b) {
      const plan = planOf(a, b);
      return [await prepare(plan), plan.out];
    },
    run(runner, out) {
      runner.run();
      return out;
    },
    restore: rows,
  });

export const naive = kernelRung<IouArguments, [BoxObject[], BoxObject[]], number[][]>({
  prepare: (a, b) => [objects(a), objects(b)],
  run: iouNaive,
  restore: (matrix) => matrix,
});
export const typed = into(iouTyped);
export const branchFree = into(iouBranchFree);
export const sweep = into(iouSweep);
export const wasm = planned(async (plan) => plan);
export const threads = planned((plan) => startPool(plan, THREADS));
