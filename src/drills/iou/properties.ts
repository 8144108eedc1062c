import { boxArbitrary, type Box } from '../boxes.ts';
import { compareValues } from '../judge/compare.ts';
import { property, type Property } from '../primitive.ts';
import { isList } from '../wire-value.ts';
import { iouMatrix, type IouArguments } from './oracle.ts';

const TOLERANCE = { absolute: 1e-12, relative: 1e-9 };

type Lists = [Box[], Box[]];
const lists = (fc: typeof import('fast-check')) =>
  fc.tuple(fc.array(boxArbitrary(fc), { maxLength: 4 }), fc.array(boxArbitrary(fc), { maxLength: 4 }));

export const IOU_PROPERTIES: readonly Property<IouArguments>[] = [
  property<IouArguments, Lists>({
    name: 'reference',
    rule: 'Any boxes: the same numbers as by counting cells.',
    arbitrary: lists,
    check: async ([a, b], call) => compareValues(iouMatrix([a, b]), await call(a, b), TOLERANCE),
  }),
  property<IouArguments, Lists>({
    name: 'symmetry',
    rule: 'iou(a, b) is the transpose of iou(b, a).',
    arbitrary: lists,
    check: async ([a, b], call) => {
      const there = await call(a, b);
      const back = await call(b, a);
      const transposed = a.map((_, row) => b.map((__, column) => at(back, column, row)));
      return compareValues(transposed, there, TOLERANCE);
    },
  }),
  property<IouArguments, Lists>({
    name: 'range',
    rule: 'Every number lies in [0, 1].',
    arbitrary: lists,
    check: async ([a, b], call) => {
      const matrix = await call(a, b);
      for (const [row] of a.entries()) {
        for (const [column] of b.entries()) {
          const got = at(matrix, row, column);
          if (!(got >= 0 && got <= 1)) return { path: `[${row}][${column}]`, expected: 'a number in [0, 1]', got };
        }
      }
      return undefined;
    },
  }),
  property<IouArguments, [Box, Box, number, number]>({
    name: 'translation and scale',
    rule: 'Moving both boxes by the same vector, or scaling both, changes nothing.',
    arbitrary: (fc) =>
      fc.tuple(boxArbitrary(fc), boxArbitrary(fc), fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.25, 2, 64)),
    check: async ([one, other, shift, scale], call) => {
      const moved = (box: Box): Box => box.map((edge) => (edge + shift) * scale) as unknown as Box;
      const plain = await call([one], [other]);
      return compareValues(plain, await call([moved(one)], [moved(other)]), TOLERANCE);
    },
  }),
];

function at(matrix: unknown, row: number, column: number): number {
  const line = isList(matrix as never) ? (matrix as readonly (readonly number[])[])[row] : undefined;
  return line?.[column] ?? Number.NaN;
}
