import { describe, expect, test } from 'vitest';
import { LONG_GAP, makePack, packPrompt, packQuestion, packTask } from '../../test/support/packs.ts';
import { isCovered, itemsOf, packSchema, requirementSchema, WORKSHEET_MINUTES } from './schema.ts';

const requirement = { id: 'sql', quote: 'SQL', kind: 'must', skills: [] };

function pathsOf(value: unknown): string[] {
  const result = packSchema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'));
}

describe('a requirement', () => {
  test.each([
    ['covered', { coveredBy: ['q-sql'] }],
    ['a gap', { gap: LONG_GAP }],
  ])('holds when it is %s', (_, rest) => {
    expect(requirementSchema.safeParse({ ...requirement, ...rest }).success).toBe(true);
  });

  test.each([
    ['both', { coveredBy: ['q-sql'], gap: LONG_GAP }],
    ['neither', {}],
    ['covered by nothing', { coveredBy: [] }],
    ['a gap without words', { gap: ' \n ' }],
    ['covered by something that is no id', { coveredBy: ['Q SQL'] }],
  ])('does not hold when it is %s', (_, rest) => {
    expect(requirementSchema.safeParse({ ...requirement, ...rest }).success).toBe(false);
  });

  test('is covered exactly when items cover it', () => {
    expect(makePack().requirements.map(isCovered)).toEqual([true, true, false, false]);
  });
});

describe('a pack', () => {
  test('holds as the fixture builds it', () => {
    expect(packSchema.safeParse(makePack()).success).toBe(true);
  });

  test.each(['../x', 'a/b', 'A', '', 'a--b', '-a', 'a.b', 'x'.repeat(81), 'a b', 'ä'])(
    'does not hold with the id %j, which becomes a file name',
    (id) => {
      expect(pathsOf(makePack({ tasks: [packTask({ id })] }))).toContain('tasks.0.id');
      expect(pathsOf(makePack({ questions: [packQuestion({ id })] }))).toContain('questions.0.id');
      expect(pathsOf(makePack({ behavioural: [packPrompt({ id })] }))).toContain('behavioural.0.id');
    },
  );

  test.each([0, -5, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('does not hold with %d minutes', (minutes) => {
    expect(pathsOf(makePack({ questions: [packQuestion({ id: 'q', minutes })] }))).toEqual(['questions.0.minutes']);
  });

  test('does not hold with a single follow-up, without requirements of a task, or without lines of the ad', () => {
    const followUps = [{ question: 'Why?', answer: 'So.' }];
    expect(pathsOf(makePack({ questions: [packQuestion({ id: 'q', followUps })] }))).toEqual(['questions.0.followUps']);
    expect(pathsOf(makePack({ tasks: [packTask({ id: 't', requirements: [] })] }))).toEqual(['tasks.0.requirements']);
    expect(pathsOf(makePack({ requirements: [] }))).toEqual(['requirements']);
  });

  test('does not hold with a field that nobody reads', () => {
    expect(packSchema.safeParse({ ...makePack(), generatedAt: '2026-01-01' }).success).toBe(false);
    expect(packSchema.safeParse({ ...makePack(), tasks: [{ ...packTask({ id: 't' }), Name: 'x' }] }).success).toBe(
      false,
    );
  });
});

test('every item of a pack is listed once, with what it serves and the time it takes', () => {
  expect(itemsOf(makePack())).toEqual([
    { id: 't-python', serves: 'python-services', minutes: 60, section: 'tasks' },
    { id: 't-service', serves: 'python-services', minutes: 45, section: 'tasks' },
    { id: 'q-python', serves: 'python-services', minutes: 6, section: 'questions' },
    { id: 'q-sql', serves: 'sql', minutes: 8, section: 'questions' },
    { id: 'b-background', serves: 'baseline', minutes: WORKSHEET_MINUTES, section: 'behavioural' },
  ]);
});
