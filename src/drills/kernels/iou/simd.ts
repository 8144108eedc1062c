/**
 * Rung 5: WebAssembly SIMD, four pairs an instruction (wasm/assembly/iou.ts), in f32. Boxes whose area is beyond f32
 * (sides above 1.8e19 or below 1e-19) count as empty here.
 */
import { openWorkspace } from '../wasm/workspace.ts';
import type { RowJob } from '../threads/pool.ts';
import { BOX_LENGTH, checkMatrix, countBoxes } from './boxes.ts';

const FLOAT_BYTES = 4;
const LANES = 4;

/** Views into the shared memory: write `a` and `b`, run, read `out`. */
export interface IouPlan extends RowJob {
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** n × m, row by row. */
  readonly out: Float32Array;
  run(): void;
}

export function planIou(n: number, m: number): IouPlan {
  const workspace = openWorkspace();
  const { memory, kernels, take } = workspace;
  const padded = (count: number): number => Math.ceil(count / LANES) * LANES;
  const quads = [n, m].map((count) => take(count * BOX_LENGTH * FLOAT_BYTES)) as [number, number];
  const planes = [n, m].map((count) => take(padded(count) * 5 * FLOAT_BYTES)) as [number, number];
  const out = take(n * m * FLOAT_BYTES);
  const prepare = (): void => {
    kernels.packBoxes(quads[0], n, planes[0], padded(n));
    kernels.packBoxes(quads[1], m, planes[1], padded(m));
  };
  const args = [planes[0], padded(n), planes[1], padded(m), m, out];
  return {
    a: new Float32Array(memory.buffer, quads[0], n * BOX_LENGTH),
    b: new Float32Array(memory.buffer, quads[1], m * BOX_LENGTH),
    out: new Float32Array(memory.buffer, out, n * m),
    run() {
      prepare();
      kernels.iouRows(...args, 0, n);
    },
    workspace,
    prepare,
    kernel: 'iouRows',
    args,
    rows: n,
    // Rows narrower than a vector run over into the next ones, which must come later.
    rowsPerTurn: m < LANES ? n : 2 * Math.ceil(n / 32),
  };
}

/** Copies in and out; a plan saves that. */
export function iouSimd(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const plan = planIou(countBoxes(a), countBoxes(b));
  checkMatrix(out, countBoxes(a), countBoxes(b));
  plan.a.set(a);
  plan.b.set(b);
  plan.run();
  out.set(plan.out);
}
