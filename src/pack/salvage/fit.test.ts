import { describe, expect, test } from 'vitest';
import { choiceIn, listIn, numberIn } from './fit-leaf.ts';
import { QUESTIONS, REASK, TASKS, TOPICS } from '../../../test/support/sample-replies.ts';
import { salvage } from './salvage.ts';

test.each([
  ['20', 20],
  ['20 minutes', 20],
  ['about 20 min.', 20],
  ['~15', 15],
  ['1.5', 1.5],
  ['20-30 minutes', undefined],
  ['1 hour', undefined],
  ['1_000', undefined],
  ['1,000', undefined],
  ['up to 20', undefined],
  ['%20', undefined],
  ['ten', undefined],
  ['', undefined],
])('the number in %j', (text, number) => {
  expect(numberIn(text)).toBe(number);
});

test('choices by case and blanks', () => {
  expect(['Must ', 'nice_to_have', 'mustn'].map((text) => choiceIn(text, ['must', 'nice to have']))).toEqual([
    'must',
    'nice to have',
    undefined,
  ]);
});

test('a text is split only when every line has its mark', () => {
  expect(listIn('- a\n* b\n\n3. c')).toEqual(['a', 'b', 'c']);
  expect(listIn('- a\nb')).toEqual(['- a\nb']);
});

describe('other shapes of the same thing', () => {
  const a = { topic: 't', name: 'a' };
  const b = { topic: 't', name: 'b' };
  test.each([
    ['a bare list', [a, b]],
    ['a wrapper', { data: { tasks: [a, b] } }],
    ['a list of one envelope', [{ tasks: [a, b] }]],
    ['another spelling', { Tasks: [a, b] }],
    ['another name', { 'Coding Tasks': [a, b] }],
    ['a group with numbers', { tasks: { '0': a, '1': b } }],
    ['a group with numbered names, and no envelope', { 'Task 1': a, task_2: b }],
    ['a group with other names', { tasks: { first: a, second: b } }],
    ['lists in the list', { tasks: [[a], [b]] }],
    ['a comment beside it', { note: 'I hope this helps', tasks: [a, b] }],
  ])('%s', (_, value) => {
    const salvaged = salvage(JSON.stringify(value), TASKS);
    expect(salvaged).toMatchObject({ value: { tasks: [a, b] }, isCutOff: false, incomplete: [] });
    expect(salvaged?.repairs).not.toEqual([]);
  });

  test('one item without a list', () => {
    expect(salvage(JSON.stringify({ tasks: a }), TASKS)?.value).toEqual({ tasks: [a] });
    expect(salvage(JSON.stringify(a), TASKS)?.value).toEqual({ tasks: [a] });
  });

  test('fields in other words and types', () => {
    const item = {
      'Task Name': 'a',
      Time: '20 minutes',
      acceptance_criteria: '- one\n- two',
      deliverables: 'A script',
      objective: ['Learn'],
      hints: null,
      id: 7,
    };
    const salvaged = salvage(JSON.stringify({ tasks: [item] }), TASKS);
    expect(salvaged?.value).toEqual({
      tasks: [{ name: 'a', minutes: 20, requirements: ['one', 'two'], deliverables: ['A script'], objective: 'Learn' }],
    });
    expect(salvaged?.repairs.map(({ path, what }) => `${path}: ${what}`)).toMatchInlineSnapshot(`
      [
        "tasks[0]: renamed "Task Name" to "name"",
        "tasks[0]: renamed "Time" to "minutes"",
        "tasks[0]: renamed "acceptance_criteria" to "requirements"",
        "tasks[0]: left out "id"",
        "tasks[0].minutes: read "20 minutes" as 20",
        "tasks[0].requirements: split a text into its lines",
        "tasks[0].deliverables: made a list of one text",
        "tasks[0].objective: took the text out of a list of one",
        "tasks[0].hints: left out a list that is null",
      ]
    `);
  });

  test('two keys for one field both stay, and it is said', () => {
    const salvaged = salvage('{"tasks": [{"title": "a", "task name": "b", "topic": "t"}]}', TASKS);
    expect(salvaged?.value).toEqual({ tasks: [{ title: 'a', 'task name': 'b', topic: 't' }] });
    expect(salvaged?.repairs).toEqual([
      { path: 'tasks[0]', what: 'left "title" and "task name" as they are: each could be "name"' },
    ]);
  });

  test('an alias gives way to the name itself', () => {
    const salvaged = salvage('{"tasks": [{"title": "a", "name": "b"}]}', TASKS);
    expect(salvaged?.value).toEqual({ tasks: [{ name: 'b' }] });
    expect(salvaged?.repairs).toEqual([{ path: 'tasks[0]', what: 'left out "title"' }]);
  });

  test('follow-ups as pairs; choices; two lists; a targeted re-ask', () => {
    expect(salvage('{"questions": [{"topic": "t", "followUps": [["q", "a"]]}]}', QUESTIONS)?.value).toEqual({
      questions: [{ topic: 't', followUps: [{ question: 'q', answer: 'a' }] }],
    });
    const topics = '{"topics": [{"kind": "Concept"}], "missed": [{"quote": "x", "kind": "MUST"}]}';
    expect(salvage(topics, TOPICS)?.value).toEqual({
      topics: [{ kind: 'concept' }],
      missed: [{ quote: 'x', kind: 'must' }],
    });
    expect(salvage('{"item_3": {"Common Mistake": "x"}}\n{"item_7": {"mistake": "y"}}', REASK)?.value).toEqual({
      item_3: { mistake: 'x' },
      item_7: { mistake: 'y' },
    });
  });
});

test('a key that could harm a prototype is a key like any other', () => {
  const salvaged = salvage('{"tasks": [{"name": "a", "__proto__": {"minutes": 1}, "constructor": {}}]}', TASKS);
  expect(salvaged?.value).toEqual({ tasks: [{ name: 'a' }] });
  expect(salvaged?.repairs).toEqual([{ path: 'tasks[0]', what: 'left out "__proto__", "constructor"' }]);
});
