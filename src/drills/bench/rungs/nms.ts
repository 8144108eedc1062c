/** The NMS ladder: objects as they come, then Float32Array boxes and scores; every rung allocates its result. */
import type { Box } from '../../boxes.ts';
import { nmsGrid } from '../../kernels/nms/grid.ts';
import { nmsNaive, type Detection } from '../../kernels/nms/naive.ts';
import { nmsTyped } from '../../kernels/nms/typed.ts';
import { nmsWasm } from '../../kernels/nms/wasm.ts';
import { kernelRung } from './kernel-rung.ts';

type NmsArguments = [boxes: readonly Box[], scores: readonly number[], threshold: number];
type Kernel = (boxes: Float32Array, scores: Float32Array, threshold: number) => Int32Array;

const onArrays = (kernel: Kernel) =>
  kernelRung<NmsArguments, Parameters<Kernel>, Int32Array>({
    prepare: (boxes, scores, threshold) => [Float32Array.from(boxes.flat()), Float32Array.from(scores), threshold],
    run: kernel,
    restore: (kept) => Array.from(kept),
  });

export const naive = kernelRung<NmsArguments, [Detection[], number], Detection[]>({
  prepare: (boxes, scores, threshold) => [
    boxes.map(([x1, y1, x2, y2], index) => ({ box: { x1, y1, x2, y2 }, score: scores[index] ?? 0, index })),
    threshold,
  ],
  run: nmsNaive,
  restore: (kept) => kept.map((detection) => (detection as Detection & { index: number }).index),
});
export const typed = onArrays(nmsTyped);
export const grid = onArrays(nmsGrid);
export const wasm = onArrays(nmsWasm);
