import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePack, packPrompt, packQuestion, packRequirement, packTask } from '../../test/support/packs.ts';
import { itemsOf, type Pack } from './schema.ts';
import { planStudy } from './study-plan.ts';

const REQUIREMENTS = [
  packRequirement({ id: 'must-line' }),
  packRequirement({ id: 'duty-line', kind: 'duty' }),
  packRequirement({ id: 'nice-line', kind: 'nice' }),
];

const serves = fc.constantFrom('must-line', 'duty-line', 'nice-line', 'baseline');
const minutes = fc.integer({ min: 1, max: 200 });
const anyPack: fc.Arbitrary<Pack> = fc
  .record({
    questions: fc.array(fc.record({ serves, minutes }), { maxLength: 25 }),
    tasks: fc.array(fc.record({ serves, minutes }), { maxLength: 5 }),
    behavioural: fc.array(fc.record({ serves }), { maxLength: 8 }),
  })
  .map((content) =>
    makePack({
      requirements: REQUIREMENTS,
      questions: content.questions.map((changes, index) => packQuestion({ id: `q-${index}`, ...changes })),
      tasks: content.tasks.map((changes, index) => packTask({ id: `t-${index}`, ...changes })),
      behavioural: content.behavioural.map((changes, index) => packPrompt({ id: `b-${index}`, ...changes })),
    }),
  );

function block(pack: Pack, when: Pack['studyPlan'][number]['when']) {
  return planStudy(pack).find((candidate) => candidate.when === when);
}

describe('the study plan', () => {
  test('holds every item once in its first two blocks', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const planned = planStudy(pack)
          .filter(({ when }) => when !== 'the night before')
          .flatMap(({ items }) => items);
        expect([...planned].sort()).toEqual(
          itemsOf(pack)
            .map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });

  test('has minutes that add up: those of the items, and three for each on the night before', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const minutesOf = new Map(itemsOf(pack).map((item) => [item.id, item.minutes]));
        for (const { when, minutes: total, items } of planStudy(pack)) {
          const sum = items.reduce((so, id) => so + (when === 'the night before' ? 3 : (minutesOf.get(id) ?? 0)), 0);
          expect(total).toBe(sum);
          expect(items.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('never fills today beyond two hours, unless one question alone does', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const today = block(pack, 'today');
        if (today !== undefined && today.items.length > 1) expect(today.minutes).toBeLessThanOrEqual(120);
      }),
    );
  });

  test('repeats on the night before nothing but what is in the pack, each once', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const night = block(pack, 'the night before')?.items ?? [];
        expect(new Set(night).size).toBe(night.length);
        const ids = new Set(itemsOf(pack).map(({ id }) => id));
        expect(night.filter((id) => !ids.has(id))).toEqual([]);
      }),
    );
  });

  test('starts with the questions on the musts', () => {
    const pack = makePack({
      requirements: REQUIREMENTS,
      questions: [
        packQuestion({ id: 'nice', serves: 'nice-line' }),
        packQuestion({ id: 'must', serves: 'must-line' }),
        packQuestion({ id: 'duty', serves: 'duty-line' }),
      ],
      tasks: [packTask({ id: 'task', serves: 'must-line' })],
      behavioural: [packPrompt({ id: 'story', serves: 'must-line' })],
    });
    expect(block(pack, 'today')?.items).toEqual(['must', 'nice', 'duty']);
    expect(block(pack, 'this week')?.items).toEqual(['task', 'story']);
    expect(block(pack, 'the night before')?.items).toEqual(['must', 'story']);
  });

  test('starts with any question when none is on a must', () => {
    const pack = makePack({
      requirements: REQUIREMENTS,
      questions: [packQuestion({ id: 'nice', serves: 'nice-line' })],
      tasks: [],
      behavioural: [],
    });
    expect(block(pack, 'today')?.items).toEqual(['nice']);
    expect(block(pack, 'this week')).toBeUndefined();
  });

  test('passes over a long question for a shorter one that still fits', () => {
    const pack = makePack({
      requirements: REQUIREMENTS,
      questions: [
        packQuestion({ id: 'a', serves: 'must-line', minutes: 100 }),
        packQuestion({ id: 'b', serves: 'must-line', minutes: 30 }),
        packQuestion({ id: 'c', serves: 'must-line', minutes: 20 }),
      ],
    });
    expect(block(pack, 'today')).toEqual({ when: 'today', minutes: 120, items: ['a', 'c'] });
  });

  test('of a pack without questions has no today', () => {
    const pack = makePack({ requirements: REQUIREMENTS, questions: [], behavioural: [] });
    expect(planStudy(pack).map(({ when }) => when)).toEqual(['this week']);
  });
});
