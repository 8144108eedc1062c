import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../problem.ts';
import { QUESTIONS, REASK, TASKS, question, task } from '../../../test/support/sample-replies.ts';
import { salvage } from './salvage.ts';

const WHOLE = { questions: ['SQL', 'NMS', 'CAP'].map(question) };

test('an item without a name is kept, so that the validator can say which (the crash that began it)', () => {
  const { name: _, ...nameless } = task('two');
  const reply = { tasks: [task('one'), nameless, task('three')] };
  const salvaged = salvage(JSON.stringify(reply), TASKS);
  expect(salvaged).toEqual({ value: reply, repairs: [], isCutOff: false, incomplete: [] });
  const result = TASKS.safeParse(salvaged?.value);
  expect(problemsOf(result.error as never, salvaged?.value).map(({ problem }) => problem.path)).toEqual([
    'tasks[1].name',
  ]);
});

test('wrong types stay as they are, for the validator to name', () => {
  const reply = {
    tasks: [{ ...task('one'), minutes: 'an hour or two', rubric: 'good', requirements: [{ a: 1 }] }, 'x', null],
  };
  expect(salvage(JSON.stringify(reply), TASKS)).toMatchObject({ value: reply, repairs: [] });
});

describe.each([undefined, 2])('cut at every place, indentation %s', (indent) => {
  const text = JSON.stringify(WHOLE, null, indent);
  const ends = WHOLE.questions.map((_, index) => {
    const before = JSON.stringify({ questions: WHOLE.questions.slice(0, index + 1) }, null, indent);
    return before.lastIndexOf('}', before.lastIndexOf(']')) + 1;
  });

  test('gives exactly the items that are whole', () => {
    for (let cut = 0; cut < text.length; cut += 1) {
      const salvaged = salvage(text.slice(0, cut), QUESTIONS);
      const count = ends.filter((end) => end <= cut).length;
      if (salvaged === undefined) expect(text.slice(0, cut)).not.toContain(':');
      else {
        const { questions = [] } = salvaged.value as { questions?: unknown[] };
        expect([cut, questions]).toEqual([cut, WHOLE.questions.slice(0, count)]);
        expect([cut, salvaged.isCutOff]).toEqual([cut, true]);
      }
    }
  });
});

test('a targeted re-ask that is cut off keeps the whole items', () => {
  expect(salvage('{"item_3": {"mistake": "x"}, "item_7": {"mistake": "y', REASK)).toMatchObject({
    value: { item_3: { mistake: 'x' } },
    isCutOff: true,
    incomplete: ['item_7'],
  });
});

const fenced = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value)}\n\`\`\`\n`;

describe('several values in one reply', () => {
  const [one, two, three] = WHOLE.questions;
  test.each([
    ['two halves in fences', `Part 1:\n${fenced({ questions: [one] })}Part 2:\n${fenced({ questions: [two, three] })}`],
    ['an envelope, then a bare list', `${fenced({ questions: [one] })}${fenced([two, three])}`],
    ['objects one after the other', WHOLE.questions.map((item) => JSON.stringify(item)).join('\n')],
    [
      'a split inside the list',
      `\`\`\`\n{"questions": [${JSON.stringify(one)},\n\`\`\`\n\`\`\`\n[${JSON.stringify(two)}, ${JSON.stringify(three)}]\n\`\`\``,
    ],
    ['the same value twice', `${fenced(WHOLE)}Again:\n${fenced(WHOLE)}`],
    ['an example before it', `Shape: {"questions": [{"question": "..."}]}\n${JSON.stringify(WHOLE)}`],
    ['other JSON around it', `{"plan": ["a"]}\n${JSON.stringify(WHOLE)}\n{"done": true}`],
    ['a JSON text', JSON.stringify(JSON.stringify(WHOLE))],
    [
      'the list twice under one name',
      `{"questions": [${JSON.stringify(one)}], "questions": [${JSON.stringify(two)}, ${JSON.stringify(three)}]}`,
    ],
  ])('%s', (_, reply) => {
    const salvaged = salvage(reply, QUESTIONS);
    expect(salvaged).toMatchObject({ value: WHOLE, isCutOff: false, incomplete: [] });
    expect(salvaged?.repairs).not.toEqual([]);
  });
});

test.each([
  '{',
  '[',
  '[{',
  '{"a":[',
  '{"',
  '[{a',
  '{"questions":[{"topic":"a"}',
  '<think>',
  '[[],',
  '*a ',
  '**Q:** a\n',
  '> ',
  '- - ',
  '[a](',
  '|a',
  '"b',
  '\\',
  '/*',
])('a megabyte of %j takes its time, but not much', (part) => {
  const start = performance.now();
  salvage(part.repeat(1_000_000 / part.length), QUESTIONS);
  salvage(`{"questions":[{"topic":"${part.repeat(1_000_000 / part.length)}`, QUESTIONS);
  expect(performance.now() - start).toBeLessThan(5000);
});
