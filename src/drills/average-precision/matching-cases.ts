import type { CaseInput } from '../primitive.ts';
import type { ApArguments, Detection, Truth } from './oracle.ts';
import { both, hitAt, missAt, truthAt } from './samples.ts';

const THRESHOLD = 'A detection finds its truth when IoU ≥ threshold.';
const ONCE = 'A truth is found once: a second detection of it is wrong.';
const BEST =
  'A detection goes with the truth of the highest IoU of its image and label, and with no other, taken or not.';
const KEYS = 'Detections and truths meet in the same image and of the same label alone.';

/** Which detection goes with which truth. */
export function matchingCases(): CaseInput<ApArguments>[] {
  const half: Detection = { image: 'one', label: 'cat', score: 0.9, box: [0, 0, 10, 5] };
  return [
    ...both('iou-equal-to-the-threshold-finds', THRESHOLD, [half], [truthAt(0)]),
    {
      name: 'iou-just-below-the-threshold-does-not-find',
      rule: THRESHOLD,
      args: [[half], [truthAt(0)], 0.501, 'all-point'],
    },
    {
      name: 'a-box-without-area-finds-nothing',
      rule: THRESHOLD,
      args: [[{ ...half, box: [5, 5, 5, 5] }], [truthAt(0)], 0.1, 'all-point'],
    },
    {
      name: 'the-plus-one-convention-would-find',
      rule: THRESHOLD,
      args: [[{ ...half, box: [1, 0, 3, 2] }], [{ ...truthAt(0), box: [0, 0, 2, 2] }], 0.4, 'all-point'],
    },
    ...both(
      'a-second-detection-of-a-truth-is-wrong',
      ONCE,
      [hitAt(0, 0.9), hitAt(0, 0.8), hitAt(1, 0.7)],
      [truthAt(0), truthAt(1)],
    ),
    ...both(
      'the-better-score-finds-not-the-better-overlap',
      ONCE,
      [{ ...half, box: [0, 0, 10, 8] }, missAt(7, 0.85), hitAt(0, 0.8)],
      [truthAt(0)],
    ),
    ...both(
      'another-image-is-another-scene',
      KEYS,
      [hitAt(0, 0.9, 'cat', 'two'), hitAt(1, 0.8)],
      [truthAt(0), truthAt(1)],
    ),
    ...both('another-label-does-not-count', KEYS, [hitAt(0, 0.9, 'dog'), hitAt(1, 0.8)], [truthAt(0), truthAt(1)]),
    ...both(
      'every-image-has-its-own-truths',
      KEYS,
      [hitAt(0, 0.9), hitAt(0, 0.8, 'cat', 'two'), missAt(3, 0.7)],
      [truthAt(0), truthAt(0, 'cat', 'two')],
    ),
    ...crowdedCases(),
  ];
}

const truth = (left: number): Truth => ({ image: 'one', label: 'cat', box: [left, 0, left + 10, 10] });

function crowdedCases(): CaseInput<ApArguments>[] {
  const detection = (left: number, score: number): Detection => ({ ...truth(left), score });
  return [
    {
      name: 'the-truth-of-the-highest-iou-is-taken-not-the-first',
      rule: BEST,
      args: [[detection(2, 0.9), detection(0, 0.8)], [truth(0), truth(3)], 0.5, 'all-point'],
    },
    {
      name: 'a-taken-truth-is-not-replaced-by-the-next-best',
      rule: BEST,
      args: [
        [detection(0, 0.9), detection(1, 0.8), detection(60, 0.7)],
        [truth(0), truth(3), truth(60)],
        0.5,
        'all-point',
      ],
    },
    {
      name: 'of-two-truths-of-equal-iou-the-first-is-taken',
      rule: BEST,
      args: [[detection(2, 0.9), detection(0, 0.8)], [truth(4), truth(0)], 0.5, 'all-point'],
    },
  ];
}
