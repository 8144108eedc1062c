/** tfjs on its WebAssembly backend, one thread. */
import { createRequire } from 'node:module';
import { serve } from '../serve.ts';
import { IMAGE } from '../workloads.ts';

interface Tensor {
  dataSync(): Float32Array | Int32Array;
  dispose(): void;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  conv2d(image: Tensor, filter: Tensor, strides: number, padding: string): Tensor;
  readonly image: { nonMaxSuppression(boxes: Tensor, scores: Tensor, most: number, threshold: number): Tensor };
}

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs') as TensorFlow;
/** Adds the backend to tf as it loads. */
export const backend: unknown = require('@tensorflow/tfjs-backend-wasm');
await tf.setBackend('wasm');
const NMS_THRESHOLD = 0.5;
/** It needs 24 s for 50 000 boxes. */
const NMS_LIMIT = 10_000;

await serve(async ({ primitive, size, separable, padding = 'same' }, [first, second]) => {
  if (primitive === 'iou' || separable || (primitive === 'nms' && size > NMS_LIMIT)) return undefined;
  const inputs: readonly [Tensor, Tensor] =
    primitive === 'nms'
      ? [tf.tensor(first!, [size, 4]), tf.tensor(second!, [size])]
      : [tf.tensor(first!, [1, IMAGE.height, IMAGE.width, 1]), tf.tensor(second!, [size, size, 1, 1])];
  let last: Float32Array | Int32Array = new Float32Array(0);
  const run = (): unknown => {
    const out =
      primitive === 'nms'
        ? tf.image.nonMaxSuppression(...inputs, size, NMS_THRESHOLD)
        : tf.conv2d(...inputs, 1, padding);
    last = out.dataSync();
    out.dispose();
    return last;
  };
  return { run, output: () => last.slice() };
});
