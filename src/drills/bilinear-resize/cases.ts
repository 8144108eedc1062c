import type { Grid } from '../conv2d/oracle.ts';
import type { CaseInput } from '../primitive.ts';
import { createRandom } from '../random.ts';
import type { ResizeArguments } from './oracle.ts';

const HALF = 'Half-pixel centres: the pixel x of the result lies at (x + 0.5) · from / to − 0.5.';
const ALIGNED = 'alignCorners: the first and the last pixel stay where they are; x lies at x · (from − 1) / (to − 1).';
const ONE = 'alignCorners with a side of 1 takes the first pixel.';
const EDGE = 'Beyond the first and the last centre the nearest pixel is repeated, nothing is extrapolated.';
const NO_FILTER = 'No filter for shrinking: two pixels along each axis, never more.';
const EXACT = 'Neither rounded nor clipped.';
const SIZE = 'The result has `height` rows of `width` pixels.';

export function resizeCases(): CaseInput<ResizeArguments>[] {
  return [...halfPixelCases(), ...alignedCases(), ...valueCases(), ...randomCases()];
}

function make(name: string, rule: string, ...args: ResizeArguments): CaseInput<ResizeArguments> {
  return { name, rule, args };
}

/** Squares of counting numbers: no straight line, so that a wrong place shows. */
function curve(height: number, width: number): Grid {
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => (y * width + x + 1) ** 2));
}

function halfPixelCases(): CaseInput<ResizeArguments>[] {
  return [
    make('worked-example', HALF, [[0, 10]], 1, 4, false),
    make('the-same-size-changes-nothing', HALF, curve(3, 4), 3, 4, false),
    make('twice-the-size-has-quarter-weights', HALF, curve(2, 3), 4, 6, false),
    make('half-the-size-is-the-mean-of-four', HALF, curve(4, 4), 2, 2, false),
    make('a-third-of-the-size-takes-the-middle-pixel', HALF, curve(6, 6), 2, 2, false),
    make('three-pixels-to-five', HALF, [[1, 4, 16]], 1, 5, false),
    make('five-pixels-to-three', HALF, [[1, 4, 16, 64, 256]], 1, 3, false),
    make(
      'a-quarter-of-the-size-looks-at-two-pixels-not-at-four',
      NO_FILTER,
      [[0, 0, 0, 100, 100, 0, 0, 0]],
      1,
      2,
      false,
    ),
    make('one-pixel-is-the-middle-of-the-image', HALF, curve(3, 5), 1, 1, false),
    make('one-pixel-of-an-even-side-lies-between-two', HALF, curve(2, 4), 1, 1, false),
    make('the-edges-are-repeated-not-extrapolated', EDGE, [[10, 20]], 1, 8, false),
    make('the-upper-and-lower-edges-are-repeated', EDGE, [[10], [30]], 8, 1, false),
    make('height-and-width-are-not-swapped', SIZE, curve(2, 5), 3, 7, false),
    make('rows-and-columns-have-their-own-scale', SIZE, curve(4, 2), 2, 6, false),
  ];
}

function alignedCases(): CaseInput<ResizeArguments>[] {
  return [
    make('aligned-corners-keep-the-corners', ALIGNED, curve(3, 3), 5, 5, true),
    make('aligned-corners-put-the-middle-between-two', ALIGNED, [[0, 10]], 1, 3, true),
    make('aligned-corners-divide-by-side-minus-one', ALIGNED, [[0, 9]], 1, 4, true),
    make('aligned-corners-shrink', ALIGNED, curve(5, 7), 3, 3, true),
    make('aligned-corners-to-one-row-take-the-first', ONE, curve(3, 4), 1, 4, true),
    make('aligned-corners-to-one-pixel-take-the-first', ONE, curve(3, 4), 1, 1, true),
    make('aligned-corners-change-nothing-at-the-same-size', ALIGNED, curve(4, 3), 4, 3, true),
  ];
}

function valueCases(): CaseInput<ResizeArguments>[] {
  return [
    make('a-single-pixel-fills-the-result', EDGE, [[7]], 3, 2, false),
    make('a-single-pixel-fills-the-result-with-aligned-corners', EDGE, [[7]], 3, 2, true),
    make(
      'fractions-are-not-rounded',
      EXACT,
      [
        [0, 1],
        [2, 3],
      ],
      3,
      3,
      false,
    ),
    make(
      'negative-numbers-are-not-clipped',
      EXACT,
      [
        [-5, 5],
        [-100, -1],
      ],
      4,
      4,
      false,
    ),
    make('numbers-above-255-are-not-clipped', EXACT, [[300, 1000]], 1, 4, false),
  ];
}

function randomCases(): CaseInput<ResizeArguments>[] {
  const random = createRandom(17);
  const image = Array.from({ length: 6 }, () => Array.from({ length: 5 }, () => random.fraction(-4, 4)));
  return [
    make('a-random-image-grows', HALF, image, 9, 8, false),
    make('a-random-image-shrinks', HALF, image, 4, 3, false),
    make('a-random-image-with-aligned-corners', ALIGNED, image, 7, 9, true),
  ];
}
