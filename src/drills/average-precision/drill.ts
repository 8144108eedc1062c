/** Average precision and its mean over labels, as Pascal VOC counts them. */
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { averagePrecisionCases } from './cases.ts';
import { AVERAGE_PRECISION_MUTANTS } from './mutants.ts';
import { averagePrecisionByCuts, type ApArguments } from './oracle.ts';
import { AVERAGE_PRECISION_PROPERTIES } from './properties.ts';
import { randomScene } from './scene.ts';

export const AVERAGE_PRECISION: Primitive<ApArguments> = {
  id: 'average-precision',
  title: PRIMITIVE_TITLES['average-precision'],
  functionName: { typescript: 'averagePrecision', python: 'average_precision' },
  parameters: ['detections', 'truths', 'threshold', 'interpolation'],
  skills: ['cv.detection', 'cv.segmentation'],
  tolerance: { absolute: 1e-9, relative: 1e-9 },
  cases: averagePrecisionCases,
  oracle: averagePrecisionByCuts,
  properties: AVERAGE_PRECISION_PROPERTIES,
  mutants: AVERAGE_PRECISION_MUTANTS,
  bench: {
    unit: 'truths',
    sizes: { typescript: [50, 100, 200, 400, 800], python: [25, 50, 100, 200, 400] },
    input: (size, random) => {
      const { detections, truths } = randomScene(random, size);
      return [detections, truths, 0.5, 'all-point'];
    },
    // Some 1.5 detections a truth; box and score read once.
    work: (size) => ({ multiplyAdds: 0, bytes: 32 * size + 60 * size }),
    peers: [],
  },
};
