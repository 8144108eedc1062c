import { compareValues } from '../judge/compare.ts';
import { property, type FastCheck, type Property, type Value } from '../primitive.ts';
import { createRandom, shuffled } from '../random.ts';
import { averagePrecisionByCuts, type ApArguments, type Interpolation } from './oracle.ts';
import { randomScene } from './scene.ts';

const TOLERANCE = { absolute: 1e-9, relative: 1e-9 };

type Scene = { seed: number; size: number; threshold: number; how: Interpolation };

const sceneArbitrary = (fc: FastCheck) =>
  fc.record<Scene>({
    seed: fc.integer({ min: 0, max: 9999 }),
    size: fc.integer({ min: 0, max: 10 }),
    threshold: fc.constantFrom(0.25, 0.5, 0.75),
    how: fc.constantFrom('all-point', '11-point'),
  });

const sceneOf = ({ seed, size }: Scene) => randomScene(createRandom(seed), size);

export const AVERAGE_PRECISION_PROPERTIES: readonly Property<ApArguments>[] = [
  property<ApArguments, Scene>({
    name: 'reference',
    rule: 'Any scene: the same numbers as by trying every cut-off.',
    arbitrary: sceneArbitrary,
    check: async (scene, call) => {
      const { detections, truths } = sceneOf(scene);
      const expected = averagePrecisionByCuts([detections, truths, scene.threshold, scene.how]);
      return compareValues(expected, await call(detections, truths, scene.threshold, scene.how), TOLERANCE);
    },
  }),
  property<ApArguments, Scene>({
    name: 'range',
    rule: 'Every AP lies in [0, 1].',
    arbitrary: sceneArbitrary,
    check: async (scene, call) => {
      const { detections, truths } = sceneOf(scene);
      const result = await call(detections, truths, scene.threshold, scene.how);
      const wrong = Object.entries(apOf(result)).find(([, got]) => !(typeof got === 'number' && got >= 0 && got <= 1));
      return wrong && { path: `.ap.${wrong[0]}`, expected: 'a number in [0, 1]', got: wrong[1] };
    },
  }),
  property<ApArguments, Scene>({
    name: 'permutation',
    rule: 'Where no scores are equal, the order of the detections changes nothing.',
    arbitrary: sceneArbitrary,
    check: async (scene, call) => {
      const { detections, truths } = sceneOf(scene);
      const distinct = detections.map((detection, index) => ({ ...detection, score: index / 7 }));
      const other = shuffled(distinct, createRandom(scene.seed + 1));
      const plain = await call(distinct, truths, scene.threshold, scene.how);
      return compareValues(plain, await call(other, truths, scene.threshold, scene.how), TOLERANCE);
    },
  }),
  property<ApArguments, Scene>({
    name: 'monotone scores',
    rule: 'Scores count by their order alone: doubling all of them changes nothing.',
    arbitrary: sceneArbitrary,
    check: async (scene, call) => {
      const { detections, truths } = sceneOf(scene);
      const doubled = detections.map((detection) => ({ ...detection, score: detection.score * 2 }));
      const plain = await call(detections, truths, scene.threshold, scene.how);
      return compareValues(plain, await call(doubled, truths, scene.threshold, scene.how), TOLERANCE);
    },
  }),
];

function apOf(result: Value): Record<string, Value> {
  const ap = (result as { ap?: Record<string, Value> } | null)?.ap;
  return ap ?? { result };
}
