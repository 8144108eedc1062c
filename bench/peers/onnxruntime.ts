/** onnxruntime-node on one thread. */
import { createRequire } from 'node:module';
import { serve } from '../serve.ts';
import { IMAGE } from '../workloads.ts';
import { convModel, nmsModel } from './onnx-model.ts';

interface Tensor {
  readonly data: Float32Array | BigInt64Array;
}
interface Runtime {
  readonly Tensor: new (type: string, data: Float32Array | BigInt64Array, shape: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<{ run(feeds: object): Promise<Record<string, Tensor>> }>;
  };
}

const { Tensor, InferenceSession } = createRequire(import.meta.url)('onnxruntime-node') as Runtime;
const ONE_THREAD = { intraOpNumThreads: 1, interOpNumThreads: 1 };
const NMS_THRESHOLD = 0.5;

await serve(async ({ primitive, size, separable, padding }, [first, second]) => {
  if (primitive === 'iou' || separable === true) return undefined;
  const edge = padding === 'valid' ? 0 : size >> 1;
  const bytes = primitive === 'nms' ? nmsModel() : convModel([edge, edge, edge, edge]);
  const session = await InferenceSession.create(bytes, ONE_THREAD);
  const feeds =
    primitive === 'nms'
      ? {
          boxes: new Tensor('float32', first!, [1, size, 4]),
          scores: new Tensor('float32', second!, [1, 1, size]),
          most: new Tensor('int64', BigInt64Array.of(BigInt(size)), [1]),
          threshold: new Tensor('float32', Float32Array.of(NMS_THRESHOLD), [1]),
        }
      : {
          x: new Tensor('float32', first!, [1, 1, IMAGE.height, IMAGE.width]),
          w: new Tensor('float32', second!, [1, 1, size, size]),
        };
  let last: Record<string, Tensor> = {};
  return {
    run: async () => (last = await session.run(feeds)),
    output() {
      const data = last['kept']?.data;
      // Rows of [batch, class, box].
      if (data !== undefined)
        return Int32Array.from(
          [...data].filter((_, at) => at % 3 === 2),
          Number,
        );
      return last['y']!.data as Float32Array;
    },
  };
});
