import type { Box } from '../boxes.ts';
import type { CaseInput } from '../primitive.ts';
import type { NmsArguments } from './oracle.ts';

const TIES = 'Equal scores: the lower index comes first.';
const EVERY_SCORE = 'There is no score threshold: zero, negative and infinite scores take part.';
const MINUS_ZERO = 'A score of -0 equals 0.';
const NAN_LAST = 'A NaN score comes last, after -Infinity; the box takes part like any other.';

const COPY: Box = [0, 0, 4, 4];
const apart = (index: number): Box => [index * 10, 0, index * 10 + 4, 4];

/** In which order boxes come. */
export function scoreCases(): CaseInput<NmsArguments>[] {
  const [first, second, third, fourth] = [apart(0), apart(1), apart(2), apart(3)];
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  return [
    { name: 'of-two-equal-scores-the-lower-index-stays', rule: TIES, args: [[COPY, COPY], [0.5, 0.5], 0.5] },
    {
      name: 'forty-equal-scores-keep-their-order',
      rule: TIES,
      args: [Array.from({ length: 40 }, (_, index) => apart(index)), Array.from({ length: 40 }, () => 0.5), 0.5],
    },
    {
      name: 'ties-decide-who-suppresses-whom',
      rule: TIES,
      args: [
        [
          [0, 0, 10, 10],
          [3, 0, 13, 10],
          [6, 0, 16, 10],
        ],
        [0.5, 0.5, 0.5],
        0.5,
      ],
    },
    {
      name: 'ties-among-other-scores-keep-their-order',
      rule: TIES,
      args: [[first, second, third, fourth], [0.5, 0.9, 0.5, 0.9], 0.5],
    },
    { name: 'zero-scores-are-kept', rule: EVERY_SCORE, args: [[first, second], [0, 0.5], 0.5] },
    {
      name: 'negative-scores-are-kept-in-order',
      rule: EVERY_SCORE,
      args: [[first, second, third], [-5, -1, -10], 0.5],
    },
    {
      name: 'scores-are-compared-as-numbers-not-as-text',
      rule: EVERY_SCORE,
      args: [[first, second, third], [9, 100, 20], 0.5],
    },
    {
      name: 'scores-that-differ-in-the-last-place-are-not-equal',
      rule: EVERY_SCORE,
      args: [[COPY, COPY], [0.5, 0.5 + 2 ** -52], 0.5],
    },
    {
      name: 'infinite-scores-have-their-place',
      rule: EVERY_SCORE,
      args: [[first, second, third, fourth], [-infinity, 1, infinity, infinity], 0.5],
    },
    { name: 'minus-zero-before-zero-is-a-tie', rule: MINUS_ZERO, args: [[COPY, COPY], [-0, 0], 0.5] },
    { name: 'zero-before-minus-zero-is-a-tie', rule: MINUS_ZERO, args: [[first, second, third], [0, -0, 0], 0.5] },
    { name: 'a-nan-score-comes-last', rule: NAN_LAST, args: [[first, second, third], [nan, 0.5, -infinity], 0.5] },
    {
      name: 'a-nan-score-in-the-middle-does-not-break-the-order',
      rule: NAN_LAST,
      args: [[first, second, third, fourth], [0.1, nan, 0.9, 0.5], 0.5],
    },
    { name: 'a-box-with-a-nan-score-is-suppressed', rule: NAN_LAST, args: [[COPY, COPY], [nan, 0.1], 0.5] },
    {
      name: 'of-two-nan-scores-the-lower-index-stays',
      rule: NAN_LAST,
      args: [[first, COPY, COPY, second], [nan, nan, nan, nan], 0.5],
    },
  ];
}
