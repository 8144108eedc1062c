import { clusteredBoxes, randomBox, type Box } from '../boxes.ts';
import type { CaseInput } from '../primitive.ts';
import { createRandom } from '../random.ts';
import type { NmsArguments } from './oracle.ts';

const CLASSES = 'With classes, a box suppresses boxes of its own class alone.';
const MANY = 'The same rules for many boxes.';
const COPY: Box = [0, 0, 4, 4];

/** Classes, and what a detector gives. */
export function detectionCases(): CaseInput<NmsArguments>[] {
  return [...classCases(), ...manyCases()];
}

function classCases(): CaseInput<NmsArguments>[] {
  const near: Box = [1, 0, 5, 4];
  return [
    { name: 'copies-of-two-classes-are-both-kept', rule: CLASSES, args: [[COPY, COPY], [0.9, 0.8], 0.5, [0, 1]] },
    { name: 'copies-of-one-class-leave-one', rule: CLASSES, args: [[COPY, COPY], [0.9, 0.8], 0.5, [7, 7]] },
    {
      name: 'without-classes-all-boxes-are-of-one-class',
      rule: 'Without classes every box may suppress every other.',
      args: [[COPY, COPY], [0.9, 0.8], 0.5],
    },
    {
      name: 'classes-share-one-order-of-score',
      rule: 'The result is in order of score over all classes, not class by class.',
      args: [[COPY, near, [20, 0, 24, 4], [40, 0, 44, 4]], [0.6, 0.9, 0.8, 0.7], 0.5, [0, 1, 0, 1]],
    },
    { name: 'class-zero-is-a-class', rule: CLASSES, args: [[COPY, COPY, COPY], [0.9, 0.8, 0.7], 0.5, [0, 0, 1]] },
    {
      name: 'negative-class-numbers-are-classes',
      rule: CLASSES,
      args: [[COPY, COPY, COPY], [0.9, 0.8, 0.7], 0.5, [-1, 1, -1]],
    },
    {
      name: 'classes-that-are-moved-apart-do-not-meet',
      rule: CLASSES,
      args: [
        [
          [5000, 0, 5004, 4],
          [1000, 0, 1004, 4],
          [0, 0, 4, 4],
        ],
        [0.9, 0.8, 0.7],
        0.5,
        [0, 4, 5],
      ],
    },
    {
      name: 'a-class-in-between-does-not-shield',
      rule: CLASSES,
      args: [[COPY, COPY, COPY, near], [0.9, 0.8, 0.7, 0.6], 0.5, [0, 1, 0, 1]],
    },
  ];
}

function manyCases(): CaseInput<NmsArguments>[] {
  const random = createRandom(7);
  const scores = (count: number, levels: number): number[] =>
    Array.from({ length: count }, () => random.integer(1, levels) / levels);
  const scattered = Array.from({ length: 30 }, () => randomBox(random, 30, 20));
  const clusters = clusteredBoxes(random, 48, 8, 200);
  return [
    { name: 'random-boxes-at-a-low-threshold', rule: MANY, args: [scattered, scores(30, 1000), 0.1] },
    { name: 'random-boxes-at-a-high-threshold', rule: MANY, args: [scattered, scores(30, 1000), 0.7] },
    { name: 'random-boxes-with-many-ties', rule: MANY, args: [scattered, scores(30, 3), 0.3] },
    { name: 'clusters-as-a-detector-gives-them', rule: MANY, args: [clusters, scores(48, 1000), 0.5] },
    {
      name: 'clusters-of-three-classes',
      rule: MANY,
      args: [clusters, scores(48, 20), 0.5, clusters.map(() => random.integer(0, 2))],
    },
  ];
}
