import type { CaseInput } from '../primitive.ts';
import type { Conv2dArguments, Grid } from './oracle.ts';
import { COUNTED, impulse, make, ramp } from './samples.ts';

const BORDER = "'same': pixels outside of the image are 0; the result is as large as the image.";
const VALID = "'valid': only where the kernel lies wholly in the image: (H − kh + 1) × (W − kw + 1).";
const TOO_LARGE = "'valid' with a kernel larger than the image, along either axis: an empty list.";
const EVEN = "'same' with an even kernel: the anchor is floor((k − 1) / 2).";
const EMPTY = 'An empty image gives an empty list.';

/** What lies beyond the image, and how large the result is. */
export function edgeCases(): CaseInput<Conv2dArguments>[] {
  return [...borderCases(), ...evenCases(), ...sizeCases()];
}

function borderCases(): CaseInput<Conv2dArguments>[] {
  const ones: Grid = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  const box: Grid = [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ];
  return [
    make('the-border-is-zero-not-the-nearest-pixel', BORDER, ones, box, 'same'),
    make('the-border-is-zero-not-a-mirror', BORDER, ramp(4, 4), box, 'same'),
    make('a-row-does-not-run-into-the-next-one', BORDER, ramp(3, 4), [[1, 0, 0]], 'same'),
    make('a-kernel-of-one-row-works-along-x', BORDER, ramp(3, 4), [[1, 2, 3]], 'same'),
    make('a-kernel-of-one-column-works-along-y', BORDER, ramp(4, 3), [[1], [2], [3]], 'same'),
    make('a-kernel-larger-than-the-image-still-gives-the-image-size', BORDER, ramp(2, 2), ramp(5, 5), 'same'),
    make('a-kernel-wider-than-the-image-still-gives-the-image-size', BORDER, ramp(4, 2), ramp(3, 5), 'same'),
    make('a-single-pixel-meets-the-anchor-tap-alone', BORDER, [[3]], COUNTED, 'same'),
  ];
}

function evenCases(): CaseInput<Conv2dArguments>[] {
  return [
    make(
      'a-two-by-two-kernel-is-anchored-at-its-first-tap',
      EVEN,
      ramp(3, 3),
      [
        [1, 2],
        [3, 4],
      ],
      'same',
    ),
    make('a-four-by-four-kernel-is-anchored-at-its-second-tap', EVEN, impulse(6, 3), ramp(4, 4), 'same'),
    make('even-rows-and-odd-columns', EVEN, ramp(4, 4), ramp(2, 3), 'same'),
    make('odd-rows-and-even-columns', EVEN, ramp(4, 4), ramp(3, 4), 'same'),
    make('an-even-kernel-has-no-anchor-in-valid', VALID, ramp(4, 5), ramp(2, 4), 'valid'),
  ];
}

function sizeCases(): CaseInput<Conv2dArguments>[] {
  return [
    make('valid-loses-a-border-of-k-minus-one', VALID, ramp(5, 6), COUNTED, 'valid'),
    make('height-and-width-are-not-swapped', VALID, ramp(2, 7), ramp(2, 3), 'valid'),
    make('a-kernel-as-large-as-the-image-gives-one-number', VALID, ramp(3, 3), COUNTED, 'valid'),
    make('a-kernel-larger-than-the-image-gives-nothing-in-valid', TOO_LARGE, ramp(2, 2), COUNTED, 'valid'),
    make('a-kernel-taller-than-the-image-gives-nothing-in-valid', TOO_LARGE, ramp(2, 5), ramp(3, 2), 'valid'),
    make('a-kernel-wider-than-the-image-gives-nothing-in-valid', TOO_LARGE, ramp(5, 2), ramp(2, 3), 'valid'),
    make('an-empty-image-gives-an-empty-list-in-same', EMPTY, [], COUNTED, 'same'),
    make('an-empty-image-gives-an-empty-list-in-valid', EMPTY, [], [[1]], 'valid'),
  ];
}
