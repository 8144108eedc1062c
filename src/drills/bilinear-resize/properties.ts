import type { Arbitrary } from 'fast-check';
import type { Grid } from '../conv2d/oracle.ts';
import { compareValues } from '../judge/compare.ts';
import { property, type FastCheck, type Property } from '../primitive.ts';
import { resizeByTents, type ResizeArguments } from './oracle.ts';

const TOLERANCE = { absolute: 1e-9, relative: 1e-9 };

type Scene = { image: number[][]; other: number[][]; height: number; width: number; isAligned: boolean };

function sceneArbitrary(fc: FastCheck): Arbitrary<Scene> {
  const side = fc.integer({ min: 1, max: 5 });
  return fc.tuple(side, side).chain(([rows, columns]) => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns });
    const grid = fc.array(row, { minLength: rows, maxLength: rows });
    return fc.record({
      image: grid,
      other: grid,
      height: fc.integer({ min: 1, max: 7 }),
      width: fc.integer({ min: 1, max: 7 }),
      isAligned: fc.boolean(),
    });
  });
}

const sum = (one: Grid, two: Grid): number[][] =>
  one.map((row, y) => row.map((pixel, x) => pixel + (two[y]?.[x] ?? 0)));
const transposed = (grid: Grid): number[][] => (grid[0] ?? []).map((_, x) => grid.map((row) => row[x] ?? Number.NaN));

export const RESIZE_PROPERTIES: readonly Property<ResizeArguments>[] = [
  property<ResizeArguments, Scene>({
    name: 'reference',
    rule: 'Any image: the same numbers as by summing tents.',
    arbitrary: sceneArbitrary,
    check: async ({ image, height, width, isAligned }, call) =>
      compareValues(
        resizeByTents([image, height, width, isAligned]),
        await call(image, height, width, isAligned),
        TOLERANCE,
      ),
  }),
  property<ResizeArguments, Scene>({
    name: 'range',
    rule: 'No number lies outside of those of the image.',
    arbitrary: sceneArbitrary,
    check: async ({ image, height, width, isAligned }, call) => {
      const result = (await call(image, height, width, isAligned)) as Grid;
      const [low, high] = [Math.min(...image.flat()), Math.max(...image.flat())];
      const wrong = result.flat().find((pixel) => !(pixel >= low - 1e-9 && pixel <= high + 1e-9));
      return wrong === undefined ? undefined : { path: '', expected: `numbers in [${low}, ${high}]`, got: wrong };
    },
  }),
  property<ResizeArguments, Scene>({
    name: 'linearity',
    rule: 'The resize of a sum is the sum of the resizes.',
    arbitrary: sceneArbitrary,
    check: async ({ image, other, height, width, isAligned }, call) => {
      const one = (await call(image, height, width, isAligned)) as Grid;
      const two = (await call(other, height, width, isAligned)) as Grid;
      return compareValues(sum(one, two), await call(sum(image, other), height, width, isAligned), TOLERANCE);
    },
  }),
  property<ResizeArguments, Scene>({
    name: 'symmetry',
    rule: 'Resizing the transposed image gives the transposed result.',
    arbitrary: sceneArbitrary,
    check: async ({ image, height, width, isAligned }, call) => {
      const plain = (await call(image, height, width, isAligned)) as Grid;
      return compareValues(transposed(plain), await call(transposed(image), width, height, isAligned), TOLERANCE);
    },
  }),
];
