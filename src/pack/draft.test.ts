import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packPrompt, packQuestion, packTask } from '../../test/support/packs.ts';
import { formatProblem } from '../problem.ts';
import { readSection, SECTIONS, type SectionName } from './draft.ts';

const EXAMPLES: Record<SectionName, (id: string) => { id: string }> = {
  tasks: (id) => packTask({ id }),
  questions: (id) => packQuestion({ id }),
  behavioural: (id) => packPrompt({ id }),
};

function without(item: object, field: string): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== field));
}

describe.each(SECTIONS)('a reply for %s', (section) => {
  const make = EXAMPLES[section];

  test('that holds is taken whole', () => {
    const items = [make('one'), make('two')];
    expect(readSection(section, JSON.stringify({ [section]: items }))).toEqual({ items, problems: [] });
  });

  test('loses only the item that does not hold, named by its path', () => {
    const items = [make('one'), without(make('two'), 'skills'), make('three')];
    const reading = readSection(section, JSON.stringify({ [section]: items }));
    expect(reading.items.map((item) => item.id)).toEqual(['one', 'three']);
    expect(reading.problems.map(formatProblem)).toEqual([`${section}[1].skills: expected a list, found nothing`]);
  });

  test('holds or loses each item on its own, whatever the others are', () => {
    const entry = fc.oneof(
      { weight: 2, arbitrary: fc.constant('good' as const) },
      fc.jsonValue().filter((value) => JSON.stringify(value) !== '"good"'),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const values = entries.map((value, index) => (value === 'good' ? make(`item-${index}`) : value));
        const { items, problems } = readSection(section, JSON.stringify({ [section]: values }));
        const good = entries.flatMap((value, index) => (value === 'good' ? [`item-${index}`] : []));
        expect(items.map((item) => item.id)).toEqual(good);
        const bad = new Set(problems.map((problem) => /^\w+\[(\d+)\]/.exec(problem.path)?.[1]));
        expect(bad.size).toBe(entries.length - good.length);
      }),
    );
  });

  test.each(['', 'Sure! Here you are:', `{"${section}": [`, '```json\n{}\n```', 'undefined'])(
    'that is no JSON gives nothing and says so: %j',
    (text) => {
      const reading = readSection(section, text);
      expect(reading.items).toEqual([]);
      expect(reading.problems).toHaveLength(1);
      expect(reading.problems.map(formatProblem)[0]).toMatch(new RegExp(`^${section}: expected JSON, found: .+`));
    },
  );

  test.each([
    ['{}', `${section}: expected a list, found nothing`],
    ['{"items": []}', `${section}: expected a list, found nothing`],
    [`{"${section}": {"0": {}}}`, `${section}: expected a list, found a group of fields`],
    [`{"${section}": null}`, `${section}: expected a list, found nothing`],
    ['[]', 'expected a group of fields, found an empty list'],
    ['null', 'expected a group of fields, found nothing'],
    ['"text"', 'expected a group of fields, found "text" (4 characters)'],
  ])('in another envelope gives nothing and says what was expected: %s', (text, message) => {
    const reading = readSection(section, text);
    expect(reading.items).toEqual([]);
    expect(reading.problems.map(formatProblem)).toEqual([message]);
  });
});

test('what stands beside the list is ignored', () => {
  const reply = { comment: 'I hope this helps', questions: [packQuestion({ id: 'one' })] };
  expect(readSection('questions', JSON.stringify(reply)).items).toHaveLength(1);
});

test('a missing, a misnamed and a mistyped field of one item are three problems and one lost item', () => {
  const { name, ...rest } = packTask({ id: 'two' });
  const broken = { ...rest, 'Task Name': name, minutes: 'ten' };
  const reading = readSection('tasks', JSON.stringify({ tasks: [packTask({ id: 'one' }), broken] }));
  expect(reading.items.map((item) => item.id)).toEqual(['one']);
  expect(reading.problems.map(formatProblem)).toEqual([
    'tasks[1].name: expected text, found nothing',
    'tasks[1].minutes: expected a number, found "ten" (3 characters)',
    'tasks[1]["Task Name"]: expected no such field; is it misspelt?',
  ]);
});

test('an item that is no group of fields is named by its place alone', () => {
  expect(readSection('tasks', '{"tasks": ["a", null]}').problems.map(formatProblem)).toEqual([
    'tasks[0]: expected a group of fields, found "a" (1 character)',
    'tasks[1]: expected a group of fields, found nothing',
  ]);
});
