import type { Arbitrary } from 'fast-check';
import { compareValues } from '../judge/compare.ts';
import { property, type FastCheck, type Property } from '../primitive.ts';
import { correlateByProduct, type Conv2dArguments, type Grid } from './oracle.ts';

const TOLERANCE = { absolute: 1e-9, relative: 1e-9 };

type Mode = 'same' | 'valid';
type Scene = { image: number[][]; other: number[][]; kernel: number[][]; mode: Mode; factor: number };

function gridArbitrary(fc: FastCheck, height: number, width: number): Arbitrary<number[][]> {
  const pixel = fc.integer({ min: -9, max: 9 });
  const row = fc.array(pixel, { minLength: width, maxLength: width });
  return fc.array(row, { minLength: height, maxLength: height });
}

function sceneArbitrary(fc: FastCheck): Arbitrary<Scene> {
  const side = (max: number) => fc.integer({ min: 1, max });
  return fc.tuple(side(5), side(5), side(4), side(4)).chain(([height, width, rows, columns]) =>
    fc.record({
      image: gridArbitrary(fc, height, width),
      other: gridArbitrary(fc, height, width),
      kernel: gridArbitrary(fc, rows, columns),
      mode: fc.constantFrom<Mode>('same', 'valid'),
      factor: fc.integer({ min: -3, max: 3 }),
    }),
  );
}

const sum = (one: Grid, other: Grid, factor: number): number[][] =>
  one.map((row, y) => row.map((pixel, x) => pixel + factor * (other[y]?.[x] ?? Number.NaN)));
const turned = (grid: Grid): number[][] => grid.map((row) => [...row].reverse()).reverse();

export const CONV2D_PROPERTIES: readonly Property<Conv2dArguments>[] = [
  property<Conv2dArguments, Scene>({
    name: 'reference',
    rule: 'Any image and kernel: the same numbers as by the product of polynomials.',
    arbitrary: sceneArbitrary,
    check: async ({ image, kernel, mode }, call) =>
      compareValues(correlateByProduct([image, kernel, mode]), await call(image, kernel, mode), TOLERANCE),
  }),
  property<Conv2dArguments, Scene>({
    name: 'linearity',
    rule: 'conv2d(a + f·b) is conv2d(a) + f·conv2d(b).',
    arbitrary: sceneArbitrary,
    check: async ({ image, other, kernel, mode, factor }, call) => {
      const one = (await call(image, kernel, mode)) as Grid;
      const two = (await call(other, kernel, mode)) as Grid;
      return compareValues(sum(one, two, factor), await call(sum(image, other, factor), kernel, mode), TOLERANCE);
    },
  }),
  property<Conv2dArguments, Scene>({
    name: 'symmetry',
    rule: "In 'valid', image and kernel turned by half a turn give the result turned by half a turn.",
    arbitrary: sceneArbitrary,
    check: async ({ image, kernel }, call) => {
      const plain = (await call(image, kernel, 'valid')) as Grid;
      return compareValues(turned(plain), await call(turned(image), turned(kernel), 'valid'), TOLERANCE);
    },
  }),
];
