import type { Arbitrary } from 'fast-check';
import { boxArbitrary, type Box } from '../boxes.ts';
import { compareValues, EXACT } from '../judge/compare.ts';
import { property, type FastCheck, type Property } from '../primitive.ts';
import { nmsByDefinition, type NmsArguments } from './oracle.ts';

/** Few scores, so that ties are many. */
type Scene = { boxes: Box[]; scores: number[]; classes: number[]; threshold: number };

function sceneArbitrary(fc: FastCheck, ties: boolean): Arbitrary<Scene> {
  const score = ties ? fc.constantFrom(0.9, 0.5, 0, -0, -1, Number.NaN) : fc.integer({ min: -1000, max: 1000 });
  const item = fc.record({ box: boxArbitrary(fc), score, class: fc.integer({ min: 0, max: 2 }) });
  const items = ties
    ? fc.array(item, { maxLength: 8 })
    : fc.uniqueArray(item, { maxLength: 8, selector: (one) => one.score });
  return fc.record({ items, threshold: fc.constantFrom(0, 0.25, 0.5, 0.75, 1) }).map(({ items: given, threshold }) => ({
    boxes: given.map(({ box }) => box),
    scores: given.map((one) => one.score),
    classes: given.map((one) => one.class),
    threshold,
  }));
}

export const NMS_PROPERTIES: readonly Property<NmsArguments>[] = [
  property<NmsArguments, Scene>({
    name: 'reference',
    rule: 'Any boxes: the same indices as by the definition.',
    arbitrary: (fc) => sceneArbitrary(fc, true),
    check: async ({ boxes, scores, threshold }, call) =>
      compareValues(nmsByDefinition([boxes, scores, threshold]), await call(boxes, scores, threshold), EXACT),
  }),
  property<NmsArguments, Scene>({
    name: 'classes',
    rule: 'With classes: each class on its own, put together in order of score.',
    arbitrary: (fc) => sceneArbitrary(fc, true),
    check: async ({ boxes, scores, threshold, classes }, call) =>
      compareValues(
        nmsByDefinition([boxes, scores, threshold, classes]),
        await call(boxes, scores, threshold, classes),
        EXACT,
      ),
  }),
  property<NmsArguments, Scene>({
    name: 'idempotence',
    rule: 'What was kept is kept when it is all there is.',
    arbitrary: (fc) => sceneArbitrary(fc, true),
    check: async ({ boxes, scores, threshold }, call) => {
      const kept = indices(await call(boxes, scores, threshold));
      const again = await call(
        kept.map((index) => boxes[index] as Box),
        kept.map((index) => scores[index] as number),
        threshold,
      );
      return compareValues(
        kept.map((_, place) => place),
        again,
        EXACT,
      );
    },
  }),
  property<NmsArguments, Scene>({
    name: 'permutation',
    rule: 'Where no scores are equal, the order of the boxes changes nothing but the indices.',
    arbitrary: (fc) => sceneArbitrary(fc, false),
    check: async ({ boxes, scores, threshold }, call) => {
      const plain = indices(await call(boxes, scores, threshold));
      const turned = indices(await call([...boxes].reverse(), [...scores].reverse(), threshold));
      return compareValues(
        plain,
        turned.map((index) => boxes.length - 1 - index),
        EXACT,
      );
    },
  }),
];

function indices(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((index): index is number => typeof index === 'number') : [];
}
