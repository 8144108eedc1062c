import type { Box } from '../boxes.ts';
import type { CaseInput } from '../primitive.ts';
import type { NmsArguments } from './oracle.ts';

const GREEDY = 'The box of the highest score stays; it suppresses what overlaps it, then the next one that is left.';
const THRESHOLD = 'Only IoU > threshold suppresses; at IoU = threshold the box stays.';
const HALF_OPEN = 'Boxes are half-open: the width is x2 − x1, without +1.';
const DEGENERATE = 'A box without area (degenerate, inverted) has IoU 0: it neither suppresses nor is suppressed.';
const NOT_A_NUMBER = 'A box with a NaN coordinate has IoU 0: it neither suppresses nor is suppressed.';

const HALF: Box[] = [
  [0, 0, 2, 2],
  [0, 0, 2, 1],
];

/** Which boxes suppress which. */
export function overlapCases(): CaseInput<NmsArguments>[] {
  return [...greedyCases(), ...thresholdCases(), ...degenerateCases()];
}

const shifted = (dx: number): Box => [dx, 0, dx + 10, 10];

function greedyCases(): CaseInput<NmsArguments>[] {
  return [
    {
      name: 'worked-example',
      rule: GREEDY,
      args: [[shifted(0), shifted(1), [20, 20, 30, 30]], [0.8, 0.9, 0.7], 0.5],
    },
    { name: 'no-boxes-give-an-empty-list', rule: 'No boxes: an empty list.', args: [[], [], 0.5] },
    { name: 'a-single-box-is-kept', rule: GREEDY, args: [[shifted(0)], [0.1], 0.5] },
    {
      name: 'the-result-is-in-order-of-score',
      rule: 'Kept indices come in order of score, not of index.',
      args: [[shifted(0), shifted(20), shifted(40)], [0.2, 0.9, 0.5], 0.5],
    },
    {
      name: 'five-copies-leave-the-best-one',
      rule: GREEDY,
      args: [Array.from({ length: 5 }, () => shifted(0)), [0.1, 0.5, 0.9, 0.3, 0.7], 0.5],
    },
    {
      name: 'a-suppressed-box-suppresses-nothing',
      rule: 'A box that was suppressed does not suppress others.',
      args: [[shifted(0), shifted(3), shifted(6)], [0.9, 0.8, 0.7], 0.5],
    },
    {
      name: 'every-kept-box-is-asked-not-the-last-alone',
      rule: GREEDY,
      args: [[shifted(0), shifted(40), shifted(1)], [0.9, 0.8, 0.7], 0.5],
    },
    {
      name: 'a-small-box-in-a-large-one-stays',
      rule: 'The overlap is IoU, not the share of the smaller box.',
      args: [
        [
          [0, 0, 10, 10],
          [2, 2, 5, 5],
        ],
        [0.9, 0.8],
        0.5,
      ],
    },
    {
      name: 'overlap-along-one-axis-is-none',
      rule: 'Boxes that share no area have IoU 0.',
      args: [
        [
          [0, 0, 4, 4],
          [0, 6, 4, 10],
          [6, 0, 10, 4],
          [6, 6, 10, 10],
        ],
        [0.9, 0.8, 0.7, 0.6],
        0,
      ],
    },
  ];
}

function thresholdCases(): CaseInput<NmsArguments>[] {
  const same: Box = [3, 3, 7, 9];
  return [
    { name: 'iou-equal-to-the-threshold-is-kept', rule: THRESHOLD, args: [HALF, [0.9, 0.8], 0.5] },
    { name: 'iou-just-above-the-threshold-is-suppressed', rule: THRESHOLD, args: [HALF, [0.9, 0.8], 0.499] },
    { name: 'iou-just-below-the-threshold-is-kept', rule: THRESHOLD, args: [HALF, [0.9, 0.8], 0.501] },
    {
      name: 'threshold-zero-keeps-boxes-that-do-not-meet',
      rule: THRESHOLD,
      args: [
        [
          [0, 0, 2, 2],
          [5, 5, 9, 9],
        ],
        [0.9, 0.8],
        0,
      ],
    },
    {
      name: 'threshold-zero-suppresses-the-smallest-overlap',
      rule: THRESHOLD,
      args: [
        [
          [0, 0, 20, 20],
          [19, 19, 40, 40],
        ],
        [0.9, 0.8],
        0,
      ],
    },
    { name: 'threshold-one-keeps-exact-copies', rule: THRESHOLD, args: [[same, same], [0.9, 0.8], 1] },
    {
      name: 'touching-boxes-do-not-overlap',
      rule: HALF_OPEN,
      args: [
        [
          [0, 0, 2, 2],
          [2, 0, 4, 2],
        ],
        [0.9, 0.8],
        0,
      ],
    },
    {
      name: 'the-plus-one-convention-would-suppress',
      rule: HALF_OPEN,
      args: [
        [
          [0, 0, 2, 2],
          [1, 0, 3, 2],
        ],
        [0.9, 0.8],
        0.4,
      ],
    },
  ];
}

function degenerateCases(): CaseInput<NmsArguments>[] {
  const flat: Box = [3, 0, 3, 4];
  const inverted: Box = [8, 8, 2, 2];
  const nan = Number.NaN;
  const whole: Box = [0, 0, 6, 6];
  return [
    { name: 'two-equal-boxes-without-area-are-both-kept', rule: DEGENERATE, args: [[flat, flat], [0.9, 0.8], 0.5] },
    {
      name: 'two-equal-boxes-without-area-are-kept-at-threshold-zero',
      rule: DEGENERATE,
      args: [[flat, flat, whole], [0.9, 0.8, 0.7], 0],
    },
    { name: 'two-equal-inverted-boxes-are-both-kept', rule: DEGENERATE, args: [[inverted, inverted], [0.9, 0.8], 0.5] },
    {
      name: 'two-equal-boxes-inverted-along-one-axis-are-both-kept',
      rule: DEGENERATE,
      args: [
        [
          [0, 6, 6, 2],
          [0, 6, 6, 2],
          [9, 0, 3, 4],
          [9, 0, 3, 4],
        ],
        [0.9, 0.8, 0.7, 0.6],
        0.5,
      ],
    },
    {
      name: 'inverted-corners-are-not-put-in-order',
      rule: DEGENERATE,
      args: [[[2, 2, 8, 8], inverted], [0.9, 0.8], 0.5],
    },
    {
      name: 'a-nan-coordinate-suppresses-nothing',
      rule: NOT_A_NUMBER,
      args: [[[nan, 0, 6, 6], [0, 0, nan, 6], whole], [0.9, 0.8, 0.7], 0.5],
    },
    {
      name: 'a-nan-coordinate-is-never-suppressed',
      rule: NOT_A_NUMBER,
      args: [[whole, [0, nan, 6, 6], [0, 0, 6, nan]], [0.9, 0.8, 0.7], 0.5],
    },
    {
      name: 'two-equal-boxes-with-nan-are-both-kept',
      rule: NOT_A_NUMBER,
      args: [
        [
          [0, 0, nan, 6],
          [0, 0, nan, 6],
        ],
        [0.9, 0.8],
        0,
      ],
    },
  ];
}
