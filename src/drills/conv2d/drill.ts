/** Two-dimensional cross-correlation, which everybody calls convolution. */
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { conv2dCases } from './cases.ts';
import { CONV2D_MUTANTS } from './mutants.ts';
import { correlateByProduct, type Conv2dArguments } from './oracle.ts';
import { CONV2D_PROPERTIES } from './properties.ts';

const KERNEL_SIDE = 5;

export const CONV2D: Primitive<Conv2dArguments> = {
  id: 'conv2d',
  title: PRIMITIVE_TITLES.conv2d,
  functionName: { typescript: 'conv2d', python: 'conv2d' },
  parameters: ['image', 'kernel', 'mode'],
  skills: ['cv'],
  tolerance: { absolute: 1e-9, relative: 1e-9 },
  cases: conv2dCases,
  oracle: correlateByProduct,
  properties: CONV2D_PROPERTIES,
  mutants: CONV2D_MUTANTS,
  bench: {
    unit: 'pixels',
    sizes: { typescript: [32 ** 2, 64 ** 2, 128 ** 2, 256 ** 2], python: [16 ** 2, 32 ** 2, 64 ** 2, 96 ** 2] },
    input: (size, random) => {
      const side = Math.round(Math.sqrt(size));
      const grid = (length: number) => Array.from({ length }, () => Array.from({ length }, () => random.next()));
      return [grid(side), grid(KERNEL_SIDE), 'same'];
    },
    work: (size) => ({ multiplyAdds: KERNEL_SIDE ** 2 * size, bytes: 16 * size }),
    peers: ['numpy', 'opencv', 'torch'],
  },
};
