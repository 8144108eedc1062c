import { describe, expect, test } from 'vitest';
import { ALIASES, fieldNamed, plainName } from './aliases.ts';
import { QUESTIONS, TASKS } from '../../../test/support/sample-replies.ts';

const TASK_FIELDS = Object.keys(TASKS.shape.tasks.element.shape);
const QUESTION_FIELDS = Object.keys(QUESTIONS.shape.questions.element.shape);
const STAR_FIELDS = ['situation', 'task', 'action', 'result'];

describe('fieldNamed', () => {
  test.each([
    ['Task Name', TASK_FIELDS, 'name'],
    ['task_name', TASK_FIELDS, 'name'],
    ['TITLE', TASK_FIELDS, 'name'],
    ['Problem-Statement', TASK_FIELDS, 'problemStatement'],
    ['description', TASK_FIELDS, 'problemStatement'],
    ['acceptance criteria', TASK_FIELDS, 'requirements'],
    ['Duration (minutes)', TASK_FIELDS, 'minutes'],
    ['Wskazówki', TASK_FIELDS, 'hints'],
    ['Q', QUESTION_FIELDS, 'question'],
    ['Frage', QUESTION_FIELDS, 'question'],
    ['A', QUESTION_FIELDS, 'answer'],
    ['model answer', QUESTION_FIELDS, 'answer'],
    ['follow_up_questions', QUESTION_FIELDS, 'followUps'],
    ['follow-ups', QUESTION_FIELDS, 'followUps'],
    ['A', STAR_FIELDS, 'action'],
    ['T', STAR_FIELDS, 'task'],
    ['constructor', QUESTION_FIELDS, undefined],
    ['__proto__', QUESTION_FIELDS, undefined],
    ['', QUESTION_FIELDS, undefined],
    ['a'.repeat(100_000), QUESTION_FIELDS, undefined],
  ])('%s', (name, fields, field) => {
    expect(fieldNamed(name, fields)).toBe(field);
  });

  test('takes none where two fields could be meant', () => {
    expect(fieldNamed('A', ['answer', 'action'])).toBeUndefined();
  });
});

test('no name stands for a field by two ways, and none is the field itself', () => {
  for (const [field, names] of Object.entries(ALIASES)) {
    const plain = names.map(plainName);
    expect([field, new Set(plain).size]).toEqual([field, plain.length]);
    expect(plain).not.toContain(plainName(field));
  }
});
