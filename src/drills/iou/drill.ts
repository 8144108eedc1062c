/** Intersection over union of two lists of boxes. */
import { inFloat32, randomBox } from '../boxes.ts';
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { iouCases } from './cases.ts';
import { IOU_MUTANTS } from './mutants.ts';
import { iouMatrix, type IouArguments } from './oracle.ts';
import { IOU_PROPERTIES } from './properties.ts';

export const IOU: Primitive<IouArguments> = {
  id: 'iou',
  title: PRIMITIVE_TITLES.iou,
  functionName: { typescript: 'iou', python: 'iou' },
  parameters: ['a', 'b'],
  skills: ['cv'],
  tolerance: { absolute: 1e-12, relative: 1e-9 },
  cases: iouCases,
  oracle: iouMatrix,
  properties: IOU_PROPERTIES,
  mutants: IOU_MUTANTS,
  bench: {
    unit: 'boxes a side',
    sizes: { typescript: [64, 128, 256, 512, 1024], python: [16, 32, 64, 128, 256] },
    input: (size, random) => [
      Array.from({ length: size }, () => inFloat32(randomBox(random, 640, 80))),
      Array.from({ length: size }, () => inFloat32(randomBox(random, 640, 80))),
    ],
    // Two minima, two maxima, four differences, two products, a quotient a pair; one number written.
    work: (size) => ({ multiplyAdds: 5 * size * size, bytes: 8 * size * size + 2 * 32 * size }),
    peers: ['numpy', 'torchvision'],
  },
};
