import { describe, expect, test } from 'vitest';
import { ONE_OF_EACH, wireItem } from '../../../test/support/wire-items.ts';
import { WIRE_ITEMS } from '../wire.ts';
import { checkItem, fieldsOfItem } from './check-item.ts';
import { echoSource } from './scan-text.ts';

const NO_ECHOES = echoSource([]);

function checkQuestion(changes: Record<string, unknown>) {
  return checkItem('questions', { ...wireItem('questions', 'caches'), ...changes }, ['questions', 2], NO_ECHOES);
}

describe('an item', () => {
  test.each(ONE_OF_EACH)('of $section that holds comes back as it is', ({ section, item }) => {
    expect(checkItem(section, item, [section, 0], NO_ECHOES)).toEqual({ item, problems: [], fields: [] });
  });

  test('loses what nobody asked for', () => {
    expect(checkQuestion({ mood: 'cheerful' }).item).toEqual(wireItem('questions', 'caches'));
  });

  test('that is no group of fields has all fields wrong', () => {
    for (const value of [null, 'text', 7, ['a']]) {
      const checked = checkItem('tasks', value, ['tasks', 1], NO_ECHOES);
      expect(checked.item).toBeUndefined();
      expect(checked.problems).toEqual([{ path: 'tasks[1]', message: expect.stringMatching(/^expected .+, found /) }]);
    }
  });
});

describe('what is wrong', () => {
  test('is said with its path from the start of the section, and the field to write again', () => {
    const checked = checkQuestion({
      rubric: { weak: 'no', good: 7, strong: 'x'.repeat(700) },
      minutes: 60,
      mistake: undefined,
    });
    expect(checked).toEqual({
      fields: ['mistake', 'minutes', 'rubric'],
      problems: [
        { path: 'questions[2].mistake', message: 'expected text, found nothing' },
        { path: 'questions[2].minutes', message: 'expected at most 45, found number 60' },
        { path: 'questions[2].rubric.weak', message: expect.stringContaining('at least 20 characters') },
        { path: 'questions[2].rubric.good', message: 'expected text, found number 7' },
        { path: 'questions[2].rubric.strong', message: expect.stringContaining('at most 600 characters') },
      ],
    });
  });

  test('in a list names the place in the list, and the field once', () => {
    const followUps = [{ question: 'Why?', answer: 'So.' }];
    const checked = checkQuestion({ followUps });
    expect(checked.fields).toEqual(['followUps']);
    expect(checked.problems.map(({ path }) => path)).toEqual([
      'questions[2].followUps[0].question',
      'questions[2].followUps[0].answer',
      'questions[2].followUps',
    ]);
  });

  test('may be empty talk in the right shape', () => {
    const rubric = { ...wireItem('questions', 'caches').rubric, good: 'To be added: what a good answer says.' };
    expect(checkQuestion({ rubric })).toEqual({
      fields: ['rubric'],
      problems: [{ path: 'questions[2].rubric.good', message: expect.stringContaining('found a placeholder') }],
    });
  });

  test('is never put down to the topic, which nobody can write again', () => {
    expect(checkQuestion({ topic: 7, why: 'no' }).fields).toEqual(['why']);
  });
});

test('an item that never came needs every field but its topic', () => {
  for (const { section } of ONE_OF_EACH) {
    expect(fieldsOfItem(section).sort()).toEqual(
      Object.keys(WIRE_ITEMS[section].shape)
        .filter((name) => name !== 'topic')
        .sort(),
    );
  }
});
