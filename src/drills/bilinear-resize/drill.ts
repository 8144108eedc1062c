/** Bilinear resize of a grey image. */
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { resizeCases } from './cases.ts';
import { RESIZE_MUTANTS } from './mutants.ts';
import { resizeByTents, type ResizeArguments } from './oracle.ts';
import { RESIZE_PROPERTIES } from './properties.ts';

export const BILINEAR_RESIZE: Primitive<ResizeArguments> = {
  id: 'bilinear-resize',
  title: PRIMITIVE_TITLES['bilinear-resize'],
  functionName: { typescript: 'resizeBilinear', python: 'resize_bilinear' },
  parameters: ['image', 'height', 'width', 'alignCorners'],
  skills: ['cv.preprocessing', 'cv.augmentation', 'cv.opencv', 'cv.video'],
  tolerance: { absolute: 1e-9, relative: 1e-9 },
  cases: resizeCases,
  oracle: resizeByTents,
  properties: RESIZE_PROPERTIES,
  mutants: RESIZE_MUTANTS,
  bench: {
    unit: 'pixels of the result',
    sizes: { typescript: [32 ** 2, 64 ** 2, 128 ** 2, 256 ** 2], python: [16 ** 2, 32 ** 2, 64 ** 2, 128 ** 2] },
    input: (size, random) => {
      const side = Math.round(Math.sqrt(size));
      const from = Math.ceil(side * 0.75);
      return [Array.from({ length: from }, () => Array.from({ length: from }, () => random.next())), side, side, false];
    },
    work: (size) => ({ multiplyAdds: 6 * size, bytes: Math.round(8 * size * (1 + 0.75 ** 2)) }),
    peers: ['opencv', 'torch'],
  },
};
