/**
 * Rung 5: WebAssembly SIMD, four pixels an instruction and two rows of output at a time (wasm/assembly/conv2d.ts), with
 * relaxed multiply-add where the engine has it. Sums are f32.
 */
import type { RowJob } from '../threads/pool.ts';
import { openWorkspace } from '../wasm/workspace.ts';
import type { Workspace } from '../wasm/workspace.ts';
import { emptyPlane, place } from './plane.ts';
import type { Padding, Placement, Plane } from './plane.ts';
import type { SeparableFilter } from './separable.ts';
import { conv2dSeparable } from './separable.ts';
import { conv2dTyped } from './typed.ts';

const FLOAT_BYTES = 4;
/** Narrower output than one vector is left to the plain rungs. */
const LANES = 4;

/** Views into the shared memory: write `image`, run, read `out`. */
export interface Conv2dPlan extends RowJob {
  readonly image: Plane;
  readonly out: Plane;
  run(): void;
}

type Size = Omit<Plane, 'data'>;

function takePlane({ memory, take }: Workspace, { height, width }: Size): { at: number; plane: Plane } {
  const at = take(height * width * FLOAT_BYTES);
  return { at, plane: { data: new Float32Array(memory.buffer, at, height * width), height, width } };
}

function takeFloats({ memory, take }: Workspace, values: Float32Array): number {
  const at = take(values.byteLength);
  new Float32Array(memory.buffer, at, values.length).set(values);
  return at;
}

/** `offsets` are in floats, the kernel's in bytes. */
function takeOffsets({ memory, take }: Workspace, offsets: readonly number[]): number {
  const at = take(offsets.length * FLOAT_BYTES);
  new Uint32Array(memory.buffer, at, offsets.length).set(offsets.map((offset) => offset * FLOAT_BYTES));
  return at;
}

function checkWidth(placement: Placement): void {
  if (placement.width < LANES) throw new RangeError(`the output is ${placement.width} wide; a plan needs ${LANES}`);
}

export function planConv2d(image: Size, filter: Plane, padding: Padding): Conv2dPlan {
  const placement = place(image, filter, padding);
  checkWidth(placement);
  const workspace = openWorkspace();
  const input = takePlane(workspace, image);
  const output = takePlane(workspace, placement);
  // One row of taps more than the filter has: two rows of output share the rows between them.
  const taps = Array.from({ length: (filter.height + 1) * filter.width }, (_, tap) => {
    return Math.floor(tap / filter.width) * image.width + (tap % filter.width);
  });
  const offsets = takeOffsets(workspace, taps);
  const weights = takeFloats(workspace, filter.data);
  const job: RowJob = {
    workspace,
    kernel: 'convRows',
    args: [input.at, image.height, image.width, offsets, weights].concat(
      [filter.height, filter.width, placement.top, placement.left],
      [output.at, placement.width],
    ),
    rows: placement.height,
    rowsPerTurn: 2 * Math.ceil(placement.height / 32),
  };
  return planOf(job, input.plane, output.plane);
}

export function planConv2dSeparable(image: Size, filter: SeparableFilter, padding: Padding): Conv2dPlan {
  const { column, row } = filter;
  const placement = place(image, { height: column.length, width: row.length }, padding);
  checkWidth(placement);
  const workspace = openWorkspace();
  const input = takePlane(workspace, image);
  const output = takePlane(workspace, placement);
  const rowOffsets = takeOffsets(workspace, [...row.keys()]);
  const ringRows = Array.from({ length: 2 * column.length }, (_, index) => (index % column.length) * placement.width);
  const ringOffsets = takeOffsets(workspace, ringRows);
  const shared = [takeFloats(workspace, row), ringOffsets, takeFloats(workspace, column)];
  const ringBytes = column.length * placement.width * FLOAT_BYTES;
  const argsWithOwnRing = (): number[] =>
    [input.at, image.height, image.width, rowOffsets, ...shared, column.length, row.length].concat(
      [placement.top, placement.left, workspace.take(ringBytes)],
      [output.at, placement.width],
    );
  const job: RowJob = {
    workspace,
    kernel: 'convSeparableRows',
    args: argsWithOwnRing(),
    argsOfWorker: argsWithOwnRing,
    rows: placement.height,
    // Every turn filters column.length − 1 rows anew, so turns are long.
    rowsPerTurn: Math.max(1, Math.ceil(placement.height / 4)),
  };
  return planOf(job, input.plane, output.plane);
}

function planOf(job: RowJob, image: Plane, out: Plane): Conv2dPlan {
  const kernel = job.workspace.kernels[job.kernel];
  return { ...job, image, out, run: () => kernel(...job.args, 0, job.rows) };
}

function copyThrough(plan: Conv2dPlan, image: Plane): Plane {
  plan.image.data.set(image.data);
  plan.run();
  const out = emptyPlane(plan.out);
  out.data.set(plan.out.data);
  return out;
}

/** Copies in and out, which costs more than a 3 × 3 itself; a plan saves that. */
export function conv2dSimd(image: Plane, filter: Plane, padding: Padding): Plane {
  if (place(image, filter, padding).width < LANES) return conv2dTyped(image, filter, padding);
  return copyThrough(planConv2d(image, filter, padding), image);
}

/** As `conv2dSimd`, for a column times a row. */
export function conv2dSeparableSimd(image: Plane, filter: SeparableFilter, padding: Padding): Plane {
  const size = { height: filter.column.length, width: filter.row.length };
  if (place(image, size, padding).width < LANES) return conv2dSeparable(image, filter, padding);
  return copyThrough(planConv2dSeparable(image, filter, padding), image);
}
