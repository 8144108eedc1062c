/**
 * One shared memory with the compiled kernels (wasm/assembly) over it. Pointers are byte offsets. Nothing is ever moved
 * or freed: a plan takes what it needs once and keeps its views.
 */
import { readFileSync } from 'node:fs';
import type { RowFunction } from '../threads/worker.ts';

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
/** Kernels may read, never use, this much before and after a block. */
const SLACK_BYTES = 256;
const ALIGN_BYTES = 64;

/** See wasm/assembly for what the arguments mean; those of a row function end with the rows [from, to). */
export interface KernelExports {
  packBoxes(quads: number, n: number, planes: number, stride: number): void;
  iouRows: RowFunction;
  convRows: RowFunction;
  convSeparableRows: RowFunction;
  nmsScratchBytes(n: number): number;
  nms(boxes: number, scores: number, n: number, threshold: number, scratch: number, kept: number): number;
}

export interface Workspace {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: KernelExports;
  /** Takes `bytes` zeroed bytes for good. */
  readonly take: (bytes: number) => number;
}

let compiled: WebAssembly.Module | undefined;

function read(name: string): Uint8Array {
  return readFileSync(new URL(`built/${name}.wasm`, import.meta.url));
}

function compile(): WebAssembly.Module {
  // Relaxed multiply-add is on by default in newer V8 and behind --experimental-wasm-relaxed-simd in Node 20.
  const relaxed = read('relaxed');
  return new WebAssembly.Module(WebAssembly.validate(relaxed) ? relaxed : read('simd'));
}

export function openWorkspace(): Workspace {
  compiled ??= compile();
  const module = compiled;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  let used = SLACK_BYTES;
  return {
    module,
    memory,
    kernels: instance.exports as KernelExports,
    take(bytes) {
      const start = used;
      used = Math.ceil((start + bytes + SLACK_BYTES) / ALIGN_BYTES) * ALIGN_BYTES;
      const missing = used + SLACK_BYTES - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return start;
    },
  };
}
