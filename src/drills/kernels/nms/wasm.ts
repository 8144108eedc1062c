/** Rung 4: the grid compiled to WebAssembly (wasm/assembly/nms.ts), with the copies in and out. */
import { openWorkspace } from '../wasm/workspace.ts';
import type { Workspace } from '../wasm/workspace.ts';
import { checkDetections } from './detections.ts';

const FLOAT_BYTES = 4;

/** Blocks for up to `capacity` boxes, kept between calls. */
interface Room {
  readonly workspace: Workspace;
  readonly capacity: number;
  readonly boxes: number;
  readonly scores: number;
  readonly kept: number;
  readonly scratch: number;
  readonly floats: Float32Array;
  readonly ints: Int32Array;
}

let room: Room | undefined;

/** Room for n boxes; a new one is twice as large as asked for, so that growing lists do not open one a call. */
function roomFor(n: number): Room {
  if (room !== undefined && room.capacity >= n) return room;
  const workspace = openWorkspace();
  const { kernels, memory, take } = workspace;
  const capacity = Math.max(1024, 2 * n);
  const blocks = {
    boxes: take(capacity * 4 * FLOAT_BYTES),
    scores: take(capacity * FLOAT_BYTES),
    kept: take(capacity * FLOAT_BYTES),
    scratch: take(kernels.nmsScratchBytes(capacity)),
  };
  const views = { floats: new Float32Array(memory.buffer), ints: new Int32Array(memory.buffer) };
  room = { workspace, capacity, ...blocks, ...views };
  return room;
}

/** Kept indices, best score first. */
export function nmsWasm(boxes: Float32Array, scores: Float32Array, threshold: number): Int32Array {
  const n = checkDetections(boxes, scores, threshold);
  const at = roomFor(n);
  at.floats.set(boxes, at.boxes / FLOAT_BYTES);
  at.floats.set(scores, at.scores / FLOAT_BYTES);
  const count = at.workspace.kernels.nms(at.boxes, at.scores, n, threshold, at.scratch, at.kept);
  const first = at.kept / FLOAT_BYTES;
  return new Int32Array(at.ints.subarray(first, first + count));
}
