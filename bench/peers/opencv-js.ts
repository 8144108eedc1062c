/** opencv-js: WebAssembly without SIMD, one thread. */
import { createRequire } from 'node:module';
import { serve } from '../serve.ts';
import { IMAGE } from '../workloads.ts';

interface Mat {
  readonly data32F: Float32Array;
}
interface OpenCv {
  readonly Mat: new () => Mat;
  readonly Point: new (x: number, y: number) => object;
  readonly CV_32F: number;
  readonly CV_32FC1: number;
  readonly BORDER_CONSTANT: number;
  matFromArray(rows: number, columns: number, type: number, values: Float32Array): Mat;
  filter2D(from: Mat, to: Mat, depth: number, filter: Mat, anchor: object, delta: number, border: number): void;
  sepFilter2D(from: Mat, to: Mat, depth: number, x: Mat, y: Mat, anchor: object, delta: number, border: number): void;
}

async function load(): Promise<OpenCv> {
  const module = createRequire(import.meta.url)('@techstark/opencv-js') as OpenCv &
    PromiseLike<OpenCv> & { onRuntimeInitialized?: () => void };
  if (typeof module.then === 'function') {
    // The module that it resolves to has a `then` of its own: out of reach in an array.
    const [ready] = await new Promise<[OpenCv]>((resolve) => void module.then((cv) => resolve([cv]) as never));
    delete (ready as Partial<PromiseLike<OpenCv>>).then;
    return ready;
  }
  if (module.Mat === undefined) await new Promise<void>((resolve) => (module.onRuntimeInitialized = resolve));
  return module;
}

const holder: { cv?: OpenCv } = {};
holder.cv = await load();

await serve(async ({ primitive, size, separable, padding }, [image, taps]) => {
  const { cv } = holder;
  if (cv === undefined || primitive !== 'conv2d' || padding === 'valid') return undefined;
  const from = cv.matFromArray(IMAGE.height, IMAGE.width, cv.CV_32FC1, image!);
  const filter = cv.matFromArray(separable ? 1 : size, size, cv.CV_32FC1, taps!);
  const to = new cv.Mat();
  const anchor = new cv.Point(-1, -1);
  const run = separable
    ? () => cv.sepFilter2D(from, to, cv.CV_32F, filter, filter, anchor, 0, cv.BORDER_CONSTANT)
    : () => cv.filter2D(from, to, cv.CV_32F, filter, anchor, 0, cv.BORDER_CONSTANT);
  return { run, output: () => to.data32F.slice() };
});
