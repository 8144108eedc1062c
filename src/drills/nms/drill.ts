/** Greedy non-maximum suppression. */
import { clusteredBoxes, inFloat32 } from '../boxes.ts';
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { nmsCases } from './cases.ts';
import { NMS_MUTANTS } from './mutants.ts';
import { nmsByDefinition, type NmsArguments } from './oracle.ts';
import { NMS_PROPERTIES } from './properties.ts';

/** As many objects a megapixel at every size: a larger scene, not a denser one. */
const BOXES_PER_CLUSTER = 4;
const EXTENT_PER_ROOT = 60;

export const NMS: Primitive<NmsArguments> = {
  id: 'nms',
  title: PRIMITIVE_TITLES.nms,
  functionName: { typescript: 'nms', python: 'nms' },
  parameters: ['boxes', 'scores', 'threshold', 'classes'],
  skills: ['cv'],
  tolerance: { absolute: 0, relative: 0 },
  cases: nmsCases,
  oracle: nmsByDefinition,
  properties: NMS_PROPERTIES,
  mutants: NMS_MUTANTS,
  bench: {
    unit: 'boxes',
    sizes: { typescript: [250, 500, 1000, 2000, 4000], python: [100, 200, 400, 800, 1600] },
    input: (size, random) => [
      clusteredBoxes(random, size, BOXES_PER_CLUSTER, Math.ceil(EXTENT_PER_ROOT * Math.sqrt(size))).map(inFloat32),
      Array.from({ length: size }, () => Math.fround(random.next())),
      0.5,
    ],
    // Reads every box and score once; what must be compared depends on the scene.
    work: (size) => ({ multiplyAdds: 0, bytes: 40 * size }),
    peers: ['numpy', 'opencv', 'torchvision'],
  },
};
