import { randomBox, type Box } from '../boxes.ts';
import type { CaseInput } from '../primitive.ts';
import { createRandom } from '../random.ts';
import type { IouArguments } from './oracle.ts';

const PLAIN = 'IoU is the area that both boxes share over the area that either covers.';
const NO_PIXEL_MORE = 'Boxes are half-open: the width is x2 − x1, without +1.';
const NO_OVERLAP = 'Boxes that share no area have IoU 0.';
const DEGENERATE = 'A box without area has IoU 0 with every box, itself included; never NaN.';
const INVERTED = 'An inverted box (x2 < x1 or y2 < y1) has no area: IoU 0 with every box, itself included.';
const NOT_A_NUMBER = 'A box with a NaN coordinate has IoU 0 with every box.';
const SHAPE = 'The result has a row for every box of a and a column for every box of b.';
const EXACT = 'Neither an epsilon nor a rounding: scale and place change nothing.';

export function iouCases(): CaseInput<IouArguments>[] {
  return [...plainCases(), ...edgeCases(), ...degenerateCases(), ...shapeCases(), ...exactCases()];
}

function pair(name: string, rule: string, one: Box, other: Box): CaseInput<IouArguments> {
  return { name, rule, args: [[one], [other]] };
}

function plainCases(): CaseInput<IouArguments>[] {
  return [
    pair('worked-example', PLAIN, [0, 0, 4, 4], [2, 2, 6, 6]),
    pair('identical-boxes-have-iou-one', PLAIN, [1, 2, 5, 9], [1, 2, 5, 9]),
    pair('a-contained-box-is-divided-by-the-larger-one', PLAIN, [0, 0, 10, 10], [2, 3, 5, 7]),
    pair('a-wide-and-a-tall-box-cross', PLAIN, [0, 4, 10, 5], [4, 0, 5, 10]),
    pair('width-and-height-are-not-swapped', PLAIN, [0, 0, 12, 2], [3, 0, 5, 8]),
    pair('negative-coordinates-are-coordinates', PLAIN, [-6, -5, -1, -2], [-4, -4, 2, 3]),
    pair('fractions-are-not-rounded', PLAIN, [0.25, 0.5, 1.75, 2.5], [1.25, 0.75, 3.5, 1.5]),
  ];
}

function edgeCases(): CaseInput<IouArguments>[] {
  return [
    pair('disjoint-along-x-is-zero', NO_OVERLAP, [0, 0, 2, 4], [5, 0, 9, 4]),
    pair('disjoint-along-y-is-zero', NO_OVERLAP, [0, 0, 4, 2], [0, 5, 4, 9]),
    pair('two-negative-overlaps-do-not-multiply-to-an-area', NO_OVERLAP, [0, 0, 2, 2], [5, 5, 9, 9]),
    pair('disjoint-with-the-first-box-on-the-right', NO_OVERLAP, [5, 5, 9, 9], [0, 0, 2, 2]),
    pair('touching-edges-share-nothing', NO_PIXEL_MORE, [0, 0, 2, 2], [2, 0, 4, 2]),
    pair('touching-corners-share-nothing', NO_PIXEL_MORE, [0, 0, 2, 2], [2, 2, 4, 4]),
    pair('a-unit-box-has-area-one', NO_PIXEL_MORE, [0, 0, 1, 1], [0, 0, 2, 2]),
    pair('the-plus-one-convention-gives-another-number', NO_PIXEL_MORE, [0, 0, 3, 3], [1, 1, 4, 4]),
  ];
}

function degenerateCases(): CaseInput<IouArguments>[] {
  const whole: Box = [0, 0, 6, 6];
  const nan = Number.NaN;
  return [
    pair('two-equal-boxes-without-width-are-zero-not-nan', DEGENERATE, [3, 0, 3, 4], [3, 0, 3, 4]),
    pair('two-equal-boxes-without-height-are-zero-not-nan', DEGENERATE, [0, 3, 4, 3], [0, 3, 4, 3]),
    pair('a-point-in-a-box-is-zero', DEGENERATE, [2, 2, 2, 2], whole),
    pair('two-different-points-are-zero-not-nan', DEGENERATE, [1, 1, 1, 1], [2, 2, 2, 2]),
    pair('inverted-along-x-is-zero', INVERTED, [4, 0, 2, 4], whole),
    pair('inverted-along-y-is-zero', INVERTED, [0, 4, 4, 2], whole),
    pair('inverted-along-both-is-zero', INVERTED, [4, 4, 1, 1], whole),
    pair('inverted-along-both-is-zero-with-itself', INVERTED, [4, 4, 0, 0], [4, 4, 0, 0]),
    pair('inverted-corners-are-not-put-in-order', INVERTED, whole, [6, 6, 0, 0]),
    {
      name: 'a-nan-in-any-place-of-the-first-is-zero',
      rule: NOT_A_NUMBER,
      args: [
        [
          [nan, 0, 6, 6],
          [0, nan, 6, 6],
          [0, 0, nan, 6],
          [0, 0, 6, nan],
        ],
        [whole],
      ],
    },
    {
      name: 'a-nan-in-any-place-of-the-second-is-zero',
      rule: NOT_A_NUMBER,
      args: [
        [whole],
        [
          [nan, 0, 6, 6],
          [0, nan, 6, 6],
          [0, 0, nan, 6],
          [0, 0, 6, nan],
        ],
      ],
    },
  ];
}

function shapeCases(): CaseInput<IouArguments>[] {
  const random = createRandom(20_260_101);
  const some = (count: number): Box[] => Array.from({ length: count }, () => randomBox(random, 12, 8));
  return [
    { name: 'no-boxes-at-all-give-an-empty-matrix', rule: SHAPE, args: [[], []] },
    { name: 'no-boxes-in-a-give-no-rows', rule: SHAPE, args: [[], some(2)] },
    { name: 'no-boxes-in-b-give-empty-rows', rule: SHAPE, args: [some(2), []] },
    { name: 'rows-follow-a-and-columns-follow-b', rule: SHAPE, args: [some(2), some(3)] },
    { name: 'random-boxes-of-many-sizes', rule: PLAIN, args: [some(6), some(5)] },
  ];
}

function exactCases(): CaseInput<IouArguments>[] {
  const tiny = 2 ** -30;
  const far = 2 ** 30;
  return [
    pair('a-tiny-box-with-itself-is-one', EXACT, [0, 0, tiny, tiny], [0, 0, tiny, tiny]),
    pair(
      'tiny-boxes-overlap-as-large-ones-do',
      EXACT,
      [0, 0, 4 * tiny, 4 * tiny],
      [2 * tiny, 2 * tiny, 6 * tiny, 6 * tiny],
    ),
    pair('far-from-the-origin-is-the-same', EXACT, [far, far, far + 4, far + 4], [far + 2, far + 2, far + 6, far + 6]),
    pair('large-areas-are-no-32-bit-integers', EXACT, [0, 0, 200_000, 200_000], [100_000, 0, 300_000, 200_000]),
  ];
}
