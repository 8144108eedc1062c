/** The rungs, one a process: `prepsmith.ts <rung>`. */
import process from 'node:process';
import { conv2dRowRing } from '../../src/drills/kernels/conv2d/row-ring.ts';
import { conv2dSeparable } from '../../src/drills/kernels/conv2d/separable.ts';
import { planConv2d, planConv2dSeparable } from '../../src/drills/kernels/conv2d/simd.ts';
import { conv2dNaive } from '../../src/drills/kernels/conv2d/naive.ts';
import { emptyPlane, place } from '../../src/drills/kernels/conv2d/plane.ts';
import { conv2dTyped } from '../../src/drills/kernels/conv2d/typed.ts';
import { iouBranchFree } from '../../src/drills/kernels/iou/branch-free.ts';
import { iouNaive } from '../../src/drills/kernels/iou/naive.ts';
import type { Box } from '../../src/drills/kernels/iou/naive.ts';
import { planIou } from '../../src/drills/kernels/iou/simd.ts';
import { iouSweep } from '../../src/drills/kernels/iou/sweep.ts';
import { iouTyped } from '../../src/drills/kernels/iou/typed.ts';
import { nmsGrid } from '../../src/drills/kernels/nms/grid.ts';
import { nmsNaive } from '../../src/drills/kernels/nms/naive.ts';
import { nmsTyped } from '../../src/drills/kernels/nms/typed.ts';
import { nmsWasm } from '../../src/drills/kernels/nms/wasm.ts';
import { startPool } from '../../src/drills/kernels/threads/pool.ts';
import { serve } from '../serve.ts';
import type { Prepare, Prepared } from '../serve.ts';
import { IMAGE } from '../workloads.ts';
import type { Workload } from '../workloads.ts';

const NMS_THRESHOLD = 0.5;
const THREADS = 2;
/** What the slow rungs are spared. */
const NAIVE_LIMIT = 1000;
const QUADRATIC_LIMIT = 10_000;

type Rung = (
  workload: Workload,
  inputs: readonly Float32Array[],
) => Promise<Prepared | undefined> | Prepared | undefined;

function toBoxes(quads: Float32Array): Box[] {
  return Array.from({ length: quads.length / 4 }, (_, i) => {
    const [x1, y1, x2, y2] = quads.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    return { x1, y1, x2, y2 };
  });
}

function rows(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, y) => [...values.subarray(y * width, (y + 1) * width)]);
}

function ofFunction<Result>(run: () => Result, flatten: (result: Result) => Float32Array | Int32Array): Prepared {
  return { run, output: () => flatten(run()) };
}

function iouInto(fill: (a: Float32Array, b: Float32Array, out: Float32Array) => void): Rung {
  return ({ size }, [a, b]) => {
    const out = new Float32Array(size * size);
    return { run: () => fill(a!, b!, out), output: () => out };
  };
}

function nmsOf(nms: typeof nmsGrid, limit: number): Rung {
  return ({ size }, [boxes, scores]) =>
    size > limit
      ? undefined
      : ofFunction(
          () => nms(boxes!, scores!, NMS_THRESHOLD),
          (kept) => kept,
        );
}

const planes: Rung = (workload, [data, taps]) => {
  const image = { data: data!, ...IMAGE };
  const { size, padding = 'same' } = workload;
  const separable = { column: taps!, row: taps! };
  const filter = { data: taps!, height: size, width: size };
  const out = emptyPlane(place(IMAGE, { height: size, width: size }, padding));
  return ofFunction(
    () =>
      workload.separable ? conv2dSeparable(image, separable, padding, out) : conv2dRowRing(image, filter, padding, out),
    (plane) => plane.data,
  );
};

function planOf(workload: Workload, [first, second]: readonly Float32Array[]) {
  const { primitive, size, separable, padding = 'same' } = workload;
  if (primitive === 'iou') {
    const plan = planIou(size, size);
    plan.a.set(first!);
    plan.b.set(second!);
    return { plan, out: plan.out };
  }
  const taps = { data: second!, height: size, width: size };
  const plan = separable
    ? planConv2dSeparable(IMAGE, { column: second!, row: second! }, padding)
    : planConv2d(IMAGE, taps, padding);
  plan.image.data.set(first!);
  return { plan, out: plan.out.data };
}

const rungs: Record<string, Partial<Record<Workload['primitive'], Rung>>> = {
  naive: {
    iou: ({ size }, [a, b]) => {
      const [first, second] = [toBoxes(a!), toBoxes(b!)];
      if (size > NAIVE_LIMIT) return undefined;
      return ofFunction(
        () => iouNaive(first, second),
        (matrix) => Float32Array.from(matrix.flat()),
      );
    },
    nms: ({ size }, [quads, scores]) => {
      if (size > NAIVE_LIMIT) return undefined;
      const detections = toBoxes(quads!).map((box, index) => ({ box, score: scores![index]!, index }));
      const indices = (kept: readonly object[]) => Int32Array.from(kept as typeof detections, ({ index }) => index);
      return ofFunction(() => nmsNaive(detections, NMS_THRESHOLD), indices);
    },
    conv2d: ({ size, separable, padding = 'same' }, [data, taps]) => {
      if (separable || size > 3 || padding !== 'same') return undefined;
      const [image, filter] = [rows(data!, IMAGE.width), rows(taps!, size)];
      return ofFunction(
        () => conv2dNaive(image, filter, padding),
        (out) => Float32Array.from(out.flat()),
      );
    },
  },
  typed: {
    iou: iouInto(iouTyped),
    nms: nmsOf(nmsTyped, QUADRATIC_LIMIT),
    conv2d: ({ size, separable, padding = 'same' }, [data, taps]) => {
      if (separable) return undefined;
      const [image, filter] = [
        { data: data!, ...IMAGE },
        { data: taps!, height: size, width: size },
      ];
      return ofFunction(
        () => conv2dTyped(image, filter, padding),
        (plane) => plane.data,
      );
    },
  },
  'branch-free': { iou: iouInto(iouBranchFree) },
  sweep: { iou: iouInto(iouSweep) },
  grid: { nms: nmsOf(nmsGrid, Infinity) },
  'row-ring': { conv2d: planes },
  wasm: {
    nms: nmsOf(nmsWasm, Infinity),
    iou: (workload, inputs) => {
      const { plan, out } = planOf(workload, inputs);
      return { run: () => plan.run(), output: () => out };
    },
    conv2d: (workload, inputs) => {
      const { plan, out } = planOf(workload, inputs);
      return { run: () => plan.run(), output: () => out };
    },
  },
  threads: {
    iou: async (workload, inputs) => {
      const { plan, out } = planOf(workload, inputs);
      const pool = await startPool(plan, THREADS);
      return { run: () => pool.run(), output: () => out };
    },
    conv2d: async (workload, inputs) => {
      const { plan, out } = planOf(workload, inputs);
      const pool = await startPool(plan, THREADS);
      return { run: () => pool.run(), output: () => out };
    },
  },
};

const rung = rungs[process.argv[2] ?? ''] ?? {};
const prepare: Prepare = async (workload, inputs) => rung[workload.primitive]?.(workload, inputs);
await serve(prepare);
