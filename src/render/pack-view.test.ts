import { describe, expect, test } from 'vitest';
import { LONG_GAP, makePack, packPrompt, packQuestion, packRequirement, packTask } from '../../test/support/packs.ts';
import type { Pack } from '../pack/schema.ts';
import { packView } from './pack-view.ts';

describe('counts', () => {
  test('are those of the pack', () => {
    expect(packView(makePack()).counts).toEqual({
      questions: 2,
      tasks: 2,
      behavioural: 1,
      drills: 0,
      requirements: 4,
      covered: 2,
      gaps: 2,
    });
  });

  test('by kind add up to the whole, and kinds that the ad lacks are not shown', () => {
    const view = packView(makePack());
    expect(view.coverage).toEqual([
      { kind: 'must have', lines: 2, covered: 1, gaps: 1 },
      { kind: 'nice to have', lines: 1, covered: 0, gaps: 1 },
      { kind: 'what you will do', lines: 1, covered: 1, gaps: 0 },
    ]);
  });

  test('of the plan are those of its blocks', () => {
    expect(
      packView(makePack()).plan.map(({ when, time, groups }) => [when, time, groups.map(({ items }) => items.length)]),
    ).toEqual([
      ['Today', '6 min', [1]],
      ['This week', '2 h 3 min', [1, 2, 1]],
      ['The night before', '3 min', [1]],
    ]);
  });
});

describe('links', () => {
  const view = packView(makePack());

  test('lead to the numbered heading or the folder of the item', () => {
    expect(view.plan.flatMap(({ groups }) => groups).flatMap(({ items }) => items)).toEqual([
      { text: 'Q1', href: 'answers.md#q1' },
      { text: 'Q2', href: 'answers.md#q2' },
      { text: 'T1', href: 'tasks/t-python/README.md' },
      { text: 'T2', href: 'tasks/t-service/README.md' },
      { text: 'B1', href: 'behavioural.md#b1' },
      { text: 'Q1', href: 'answers.md#q1' },
    ]);
  });

  test('of a line are those of what covers it, in that order', () => {
    expect(view.requirements.map(({ items }) => items.map(({ text }) => text))).toEqual([
      ['Q1', 'T1', 'T2'],
      ['Q2'],
      [],
      [],
    ]);
  });
});

test('a drill has a link of its own beside a question of the same name', () => {
  const view = packView(
    makePack({
      drills: ['iou'],
      questions: [packQuestion({ id: 'iou', serves: 'python-services' })],
      requirements: [packRequirement({ id: 'python-services', coveredBy: ['iou', 'drill-iou'] })],
      studyPlan: [{ when: 'this week', minutes: 46, items: ['iou', 'drill-iou'] }],
    }),
  );
  const links = [
    { text: 'Q1', href: 'answers.md#q1' },
    { text: 'D1', href: 'drills/iou/README.md' },
  ];
  expect(view.requirements[0]?.items).toEqual(links);
  expect(view.plan[0]?.groups).toEqual([
    { name: 'questions', items: links.slice(0, 1) },
    { name: 'drills', items: links.slice(1) },
  ]);
});

const firstOf = (requirements: Pack['requirements']) =>
  packView(makePack({ requirements })).topRequirements.map(({ quote }) => quote);

describe('what is asked for first', () => {
  test('are the musts that can be prepared for, in the order of the ad', () => {
    expect(
      firstOf([
        packRequirement({ id: 'a', kind: 'nice' }),
        packRequirement({ id: 'b', kind: 'must' }),
        packRequirement({ id: 'c', kind: 'must', gap: LONG_GAP }),
        packRequirement({ id: 'd', kind: 'must' }),
      ]),
    ).toEqual(['The line of b', 'The line of d']);
  });

  test('are the first lines of an ad without such musts', () => {
    expect(
      firstOf([packRequirement({ id: 'a', kind: 'duty' }), packRequirement({ id: 'b', kind: 'must', gap: LONG_GAP })]),
    ).toEqual(['The line of a', 'The line of b']);
  });

  test('are seven at most', () => {
    expect(firstOf(Array.from({ length: 12 }, (_, index) => packRequirement({ id: `line-${index}` })))).toHaveLength(7);
  });
});

test('an item says which line of the ad it serves; one of the baseline says none', () => {
  const view = packView(
    makePack({
      questions: [packQuestion({ id: 'a', serves: 'sql' }), packQuestion({ id: 'b' })],
      tasks: [packTask({ id: 't', serves: 'sql' })],
      behavioural: [packPrompt({ id: 'p' })],
    }),
  );
  expect(view.questions.map(({ line, hasLine }) => [line, hasLine])).toEqual([
    ['The line of sql', true],
    ['', false],
  ]);
  expect(view.tasks.map(({ line }) => line)).toEqual(['The line of sql']);
  expect(view.behavioural.map(({ hasLine }) => hasLine)).toEqual([false]);
});

test('the title names the company, or leaves it out where the ad does', () => {
  const { job } = makePack();
  expect(packView(makePack()).title).toBe('Backend Engineer — Acme');
  const unnamed = packView(makePack({ job: { ...job, company: null } }));
  expect(unnamed.title).toBe('Backend Engineer');
  expect(unnamed.job.company).toBe('not named in the ad');
});

test('skills are shown by their own names, without the path to them', () => {
  const skills = ['programming.python', 'platform.cloud.object-storage', 'maths'];
  expect(packView(makePack({ questions: [packQuestion({ id: 'a', skills })] })).questions[0]?.skillList).toBe(
    'python, object storage, maths',
  );
});

test('hints are numbered from one', () => {
  const view = packView(makePack({ tasks: [packTask({ id: 't', hints: ['a', 'b'] })] }));
  expect(view.tasks[0]?.hints).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: 'b' },
  ]);
});
