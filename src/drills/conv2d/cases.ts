import type { CaseInput } from '../primitive.ts';
import { createRandom } from '../random.ts';
import { edgeCases } from './border-cases.ts';
import type { Conv2dArguments, Grid } from './oracle.ts';
import { COUNTED, impulse, make, ramp } from './samples.ts';

const PLAIN = 'out[y][x] is the sum of image[y + i − ay][x + j − ax] · kernel[i][j].';
const NO_FLIP = 'The kernel is not flipped: this is cross-correlation, as in torch, OpenCV and ONNX.';
const NO_CLIP = 'No clipping, no rounding, no normalising.';
const NAN = 'A NaN pixel makes every output NaN whose window holds it, also under a tap of 0.';

export function conv2dCases(): CaseInput<Conv2dArguments>[] {
  return [...plainCases(), ...edgeCases(), ...valueCases(), ...randomCases()];
}

function plainCases(): CaseInput<Conv2dArguments>[] {
  return [
    make(
      'worked-example',
      PLAIN,
      ramp(3, 4),
      [
        [1, 0],
        [0, -1],
      ],
      'valid',
    ),
    make(
      'the-identity-kernel-changes-nothing',
      PLAIN,
      ramp(4, 5),
      [
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
      'same',
    ),
    make('a-one-by-one-kernel-scales', PLAIN, ramp(2, 3), [[-2]], 'same'),
    make(
      'an-asymmetric-kernel-is-not-flipped',
      NO_FLIP,
      ramp(4, 4),
      [
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
      'same',
    ),
    make(
      'an-asymmetric-kernel-is-not-flipped-along-y',
      NO_FLIP,
      ramp(4, 4),
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 1, 0],
      ],
      'same',
    ),
    make('an-impulse-shows-the-kernel-turned-round', NO_FLIP, impulse(5, 2), COUNTED, 'same'),
    make(
      'rows-of-the-kernel-run-down-the-image',
      NO_FLIP,
      ramp(4, 4),
      [
        [1, 2],
        [3, 4],
      ],
      'valid',
    ),
    make(
      'sobel-along-x-is-not-transposed',
      NO_FLIP,
      ramp(5, 4).map((row) => row.map((pixel) => pixel * pixel)),
      [
        [-1, 0, 1],
        [-2, 0, 2],
        [-1, 0, 1],
      ],
      'valid',
    ),
  ];
}

function valueCases(): CaseInput<Conv2dArguments>[] {
  const withNan = ramp(5, 5).map((row, y) => row.map((pixel, x) => (y === 1 && x === 2 ? Number.NaN : pixel)));
  return [
    make(
      'negative-results-are-not-clipped',
      NO_CLIP,
      ramp(3, 3),
      [
        [-1, -1, -1],
        [-1, -1, -1],
        [-1, -1, -1],
      ],
      'same',
    ),
    make(
      'results-above-255-are-not-clipped',
      NO_CLIP,
      [
        [200, 250],
        [255, 100],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      'same',
    ),
    make(
      'results-are-not-divided-by-the-sum-of-the-kernel',
      NO_CLIP,
      ramp(3, 3),
      [
        [1, 1],
        [1, 1],
      ],
      'valid',
    ),
    make(
      'fractions-are-not-rounded',
      NO_CLIP,
      [
        [0.5, 0.25, -0.75],
        [1.5, 0.125, 2.25],
      ],
      [[0.5, -0.25]],
      'same',
    ),
    make(
      'numbers-beyond-32-bits-are-kept',
      NO_CLIP,
      [
        [2 ** 31, 2 ** 20 + 1],
        [3, -(2 ** 33)],
      ],
      [
        [2, 0],
        [0, 4],
      ],
      'same',
    ),
    make('nan-spreads-to-the-windows-that-hold-it', NAN, withNan, COUNTED, 'same'),
    make(
      'nan-spreads-under-a-tap-of-zero',
      NAN,
      withNan,
      [
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
      'same',
    ),
  ];
}

function randomCases(): CaseInput<Conv2dArguments>[] {
  const random = createRandom(31);
  const grid = (height: number, width: number): Grid =>
    Array.from({ length: height }, () => Array.from({ length: width }, () => random.fraction(-4, 4)));
  return [
    make('a-random-image-and-a-five-by-three-kernel-in-same', PLAIN, grid(9, 7), grid(5, 3), 'same'),
    make('a-random-image-and-a-five-by-three-kernel-in-valid', PLAIN, grid(9, 7), grid(5, 3), 'valid'),
    make('a-random-image-and-a-seven-by-seven-kernel', PLAIN, grid(8, 8), grid(7, 7), 'same'),
  ];
}
