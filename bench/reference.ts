/** Every output is checked before anything is timed: against f64 sums, and for NMS against the list of the definition. */
import { readFileSync } from 'node:fs';
import { nmsTyped } from '../src/drills/kernels/nms/typed.ts';
import { IMAGE } from './workloads.ts';
import type { Workload } from './workloads.ts';

type Numbers = Float64Array | Int32Array;

function floats(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function areaAt(boxes: Float32Array, at: number): number {
  return (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!);
}

function iouReference(a: Float32Array, b: Float32Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n * n; i += 1) {
    const [p, q] = [4 * Math.floor(i / n), 4 * (i % n)];
    const w = Math.max(0, Math.min(a[p + 2]!, b[q + 2]!) - Math.max(a[p]!, b[q]!));
    const h = Math.max(0, Math.min(a[p + 3]!, b[q + 3]!) - Math.max(a[p + 1]!, b[q + 1]!));
    out[i] = (w * h) / (areaAt(a, p) + areaAt(b, q) - w * h);
  }
  return out;
}

/** Adds the image shifted by dy rows and dx columns, times `weight`; what lies beyond the border is 0. */
function add(into: Float64Array, from: ArrayLike<number>, weight: number, dy: number, dx: number): void {
  for (let y = Math.max(0, -dy); y < Math.min(IMAGE.height, IMAGE.height - dy); y += 1)
    for (let x = Math.max(0, -dx); x < Math.min(IMAGE.width, IMAGE.width - dx); x += 1)
      into[y * IMAGE.width + x]! += weight * from[(y + dy) * IMAGE.width + x + dx]!;
}

function convReference({ size, separable, padding }: Workload, image: Float32Array, taps: Float32Array): Float64Array {
  const edge = size >> 1;
  const crop = padding === 'valid' ? edge : 0;
  const full = new Float64Array(IMAGE.height * IMAGE.width);
  if (separable) {
    const rows = new Float64Array(full.length);
    for (const [k, weight] of taps.entries()) add(rows, image, weight, 0, k - edge);
    for (const [k, weight] of taps.entries()) add(full, rows, weight, k - edge, 0);
    return full;
  }
  for (const [k, weight] of taps.entries()) add(full, image, weight, Math.floor(k / size) - edge, (k % size) - edge);
  if (crop === 0) return full;
  const rows = Array.from({ length: IMAGE.height - 2 * crop }, (_, y) => {
    const at = (y + crop) * IMAGE.width;
    return full.subarray(at + crop, at + IMAGE.width - crop);
  });
  const out = new Float64Array(rows.length * (IMAGE.width - 2 * crop));
  for (const [y, row] of rows.entries()) out.set(row, y * row.length);
  return out;
}

export function makeReference(workload: Workload): Numbers {
  const [first, second] = workload.files.map(floats) as [Float32Array, Float32Array];
  if (workload.primitive === 'iou') return iouReference(first, second, workload.size);
  if (workload.primitive === 'nms') return nmsTyped(first, second, 0.5);
  return convReference(workload, first, second);
}

/** Largest error as a part of the largest value; for NMS the number of places that differ. */
export function differenceOf(workload: Workload, outFile: string, reference: Numbers): number {
  const bytes = readFileSync(outFile);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const out = workload.primitive === 'nms' ? new Int32Array(buffer) : new Float32Array(buffer);
  if (out.length !== reference.length) return Infinity;
  let [error, largest, differing] = [0, 0, 0];
  for (let i = 0; i < out.length; i += 1) {
    const gap = Math.abs(out[i]! - reference[i]!);
    if (!(gap <= error)) error = gap;
    if (gap !== 0) differing += 1;
    largest = Math.max(largest, Math.abs(reference[i]!));
  }
  return workload.primitive === 'nms' ? differing : error / largest;
}
