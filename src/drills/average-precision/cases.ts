import type { CaseInput } from '../primitive.ts';
import { matchingCases } from './matching-cases.ts';
import type { ApArguments, Detection, Interpolation, Truth } from './oracle.ts';
import { both, hitAt, missAt, truthAt } from './samples.ts';
import { randomScene } from './scene.ts';
import { createRandom } from '../random.ts';

const ALL_POINT = 'all-point: the area under the envelope of precision over recall.';
const ELEVEN = '11-point: the mean of the best precision at recall ≥ 0, 0.1, …, 1.';
const MEAN = 'mAP is the plain mean over the labels that have truths.';
const EMPTY = 'No detections: 0. A label without truths has no AP. No truths at all: mAP is NaN.';
const SCORES = 'Highest score first; ties by lower index; NaN last.';

export function averagePrecisionCases(): CaseInput<ApArguments>[] {
  return [...curveCases(), ...meanCases(), ...matchingCases(), ...scoreCases(), ...randomCases()];
}

const truths = (count: number): Truth[] => Array.from({ length: count }, (_, place) => truthAt(place));

function curveCases(): CaseInput<ApArguments>[] {
  const one = (name: string, rule: string, detections: Detection[], count: number, how: Interpolation) => ({
    name,
    rule,
    args: [detections, truths(count), 0.5, how] as const,
  });
  const ragged = [hitAt(0, 0.9), missAt(1, 0.8), missAt(2, 0.7), hitAt(1, 0.6), hitAt(2, 0.5), missAt(3, 0.4)];
  return [
    one('worked-example', ALL_POINT, [hitAt(0, 0.9), missAt(1, 0.8), hitAt(1, 0.7)], 2, 'all-point'),
    one('the-worked-example-at-eleven-points', ELEVEN, [hitAt(0, 0.9), missAt(1, 0.8), hitAt(1, 0.7)], 2, '11-point'),
    ...both('a-perfect-detector-has-one', ALL_POINT, [hitAt(0, 0.9), hitAt(1, 0.8)], truths(2)),
    ...both('precision-that-rises-again-is-filled-up', ALL_POINT, ragged, truths(4)),
    ...both('truths-that-nobody-finds-count', ALL_POINT, [hitAt(0, 0.9)], truths(3)),
    ...both('a-miss-before-every-hit', ALL_POINT, [missAt(9, 0.95), hitAt(0, 0.9), hitAt(1, 0.8)], truths(2)),
    ...both(
      'misses-after-the-last-truth-cost-nothing',
      ALL_POINT,
      [hitAt(0, 0.9), hitAt(1, 0.8), missAt(5, 0.3), missAt(6, 0.2)],
      truths(2),
    ),
    one(
      'recall-of-exactly-three-tenths-reaches-the-level',
      ELEVEN,
      [hitAt(0, 0.9), hitAt(1, 0.8), hitAt(2, 0.7)],
      10,
      '11-point',
    ),
    one(
      'recall-of-exactly-seven-tenths-reaches-the-level',
      ELEVEN,
      Array.from({ length: 7 }, (_, place) => hitAt(place, 1 - place / 10)),
      10,
      '11-point',
    ),
    one('a-recall-between-two-levels-reaches-the-lower', ELEVEN, [hitAt(0, 0.9), missAt(4, 0.8)], 3, '11-point'),
  ];
}

function meanCases(): CaseInput<ApArguments>[] {
  const four = [truthAt(0), truthAt(1), truthAt(2), truthAt(0, 'dog')];
  return [
    ...both('the-mean-does-not-weigh-labels-by-their-truths', MEAN, [hitAt(0, 0.9), hitAt(0, 0.8, 'dog')], four),
    ...both('a-label-nobody-detects-counts-as-zero', MEAN, [hitAt(0, 0.9), hitAt(1, 0.8), hitAt(2, 0.7)], four),
    ...both('a-label-without-truths-is-left-out', MEAN, [hitAt(0, 0.9), hitAt(0, 0.95, 'bird')], [truthAt(0)]),
    ...both('no-detections-give-zero', EMPTY, [], four),
    ...both('no-truths-give-no-mean', EMPTY, [hitAt(0, 0.9)], []),
    ...both('nothing-at-all-gives-no-mean', EMPTY, [], []),
  ];
}

function scoreCases(): CaseInput<ApArguments>[] {
  return [
    ...both('detections-are-sorted-by-score', SCORES, [missAt(1, 0.1), hitAt(0, 0.5), hitAt(1, 0.9)], truths(2)),
    ...both(
      'equal-scores-keep-their-order',
      SCORES,
      [missAt(1, 0.5), hitAt(0, 0.5), missAt(2, 0.5), hitAt(1, 0.5)],
      truths(2),
    ),
    ...both('a-nan-score-comes-last', SCORES, [missAt(1, Number.NaN), hitAt(0, 0.5), hitAt(1, -1)], truths(2)),
    ...both('minus-zero-equals-zero', SCORES, [missAt(1, -0), hitAt(0, 0), hitAt(1, -0)], truths(2)),
  ];
}

function randomCases(): CaseInput<ApArguments>[] {
  const random = createRandom(2010);
  const { detections, truths: all } = randomScene(random, 12);
  return [
    ...both('a-random-scene-of-three-labels', 'The same rules for many boxes.', detections, all),
    {
      name: 'a-random-scene-at-a-high-threshold',
      rule: 'The same rules for many boxes.',
      args: [detections, all, 0.75, 'all-point'],
    },
  ];
}
