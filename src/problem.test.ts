import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeValue, formatPath, formatProblem, problemsOf } from './problem.ts';

/** `path: message` of every problem that the schema has with the input. */
function problemsWith(schema: z.ZodType, input: unknown): string[] {
  const result = schema.safeParse(input);
  if (result.success) return [];
  return problemsOf(result.error, input).map(({ problem }) => formatProblem(problem));
}

describe('paths', () => {
  test.each([
    [[], ''],
    [['tasks'], 'tasks'],
    [['tasks', 1, 'name'], 'tasks[1].name'],
    [[0], '[0]'],
    [[0, 'id'], '[0].id'],
    [['a', 'b-c', 'd_e'], 'a.b-c.d_e'],
    [['a b'], '["a b"]'],
    [['a', 'x.y', 'z'], 'a["x.y"].z'],
    [['', '0'], '[""]["0"]'],
    [['quote"s'], String.raw`["quote\"s"]`],
    [['żółw'], '["żółw"]'],
  ])('%j is %j', (parts, path) => {
    expect(formatPath(parts)).toBe(path);
  });
});

describe('a problem as one line', () => {
  test.each([
    [{ path: '', message: 'expected text' }, 'expected text'],
    [{ path: 'level', message: 'expected text' }, 'level: expected text'],
    [{ file: 'jobs/x.yaml', path: '', message: 'expected text' }, 'jobs/x.yaml: expected text'],
    [{ file: 'jobs/x.yaml', line: 3, path: 'level', message: 'expected text' }, 'jobs/x.yaml:3: level: expected text'],
    [
      { file: 'jobs/x.yaml', line: 3, column: 5, path: 'level', message: 'expected text' },
      'jobs/x.yaml:3:5: level: expected text',
    ],
    [{ file: 'jobs/x.yaml', column: 5, path: '', message: 'expected text' }, 'jobs/x.yaml: expected text'],
  ])('%j', (problem, line) => {
    expect(formatProblem(problem)).toBe(line);
  });
});

describe('what was expected and what was found', () => {
  const schema = z.strictObject({
    tasks: z
      .array(z.strictObject({ name: z.string().min(3).max(50), minutes: z.number().int().min(5).max(90).optional() }))
      .min(1)
      .max(3),
    level: z.enum(['junior', 'senior']).optional(),
    pinned: z.boolean().optional(),
    code: z
      .string()
      .regex(/^[a-z]{2}$/, 'expected a two-letter code')
      .optional(),
    version: z.literal(1).optional(),
    pair: z.array(z.string()).length(2).optional(),
  });
  const ok = { name: 'fine' };

  test.each([
    ['a missing field', { tasks: [ok, {}] }, ['tasks[1].name: expected text, found nothing']],
    ['null', { tasks: [ok, { name: null }] }, ['tasks[1].name: expected text, found nothing']],
    [
      'a misnamed field',
      { tasks: [{ name: 'fine', titel: 'x' }] },
      ['tasks[0].titel: expected no such field; is it misspelt?'],
    ],
    [
      'two misnamed fields',
      { tasks: [ok], a: 1, b: 2 },
      ['a: expected no such field; is it misspelt?', 'b: expected no such field; is it misspelt?'],
    ],
    ['a number for text', { tasks: [{ name: 5 }] }, ['tasks[0].name: expected text, found number 5']],
    ['text for a list', { tasks: 'one' }, ['tasks: expected a list, found "one" (3 characters)']],
    ['a list for fields', { tasks: [['x']] }, ['tasks[0]: expected a group of fields, found a list of 1']],
    [
      'fields for text',
      { tasks: [{ name: { first: 'x' } }] },
      ['tasks[0].name: expected text, found a group of fields'],
    ],
    [
      'text for a number',
      { tasks: [{ name: 'fine', minutes: '30' }] },
      ['tasks[0].minutes: expected a number, found "30" (2 characters)'],
    ],
    [
      'half a minute',
      { tasks: [{ name: 'fine', minutes: 30.5 }] },
      ['tasks[0].minutes: expected a whole number, found number 30.5'],
    ],
    [
      'too small a number',
      { tasks: [{ name: 'fine', minutes: 1 }] },
      ['tasks[0].minutes: expected at least 5, found number 1'],
    ],
    [
      'too large a number',
      { tasks: [{ name: 'fine', minutes: 91 }] },
      ['tasks[0].minutes: expected at most 90, found number 91'],
    ],
    [
      'too short a text',
      { tasks: [{ name: 'ab' }] },
      ['tasks[0].name: expected at least 3 characters, found "ab" (2 characters)'],
    ],
    [
      'too long a text',
      { tasks: [{ name: 'x'.repeat(51) }] },
      [`tasks[0].name: expected at most 50 characters, found "${'x'.repeat(40)}…" (51 characters)`],
    ],
    ['too few', { tasks: [] }, ['tasks: expected at least 1 item, found an empty list']],
    ['too many', { tasks: [ok, ok, ok, ok] }, ['tasks: expected at most 3 items, found a list of 4']],
    ['not the right number', { tasks: [ok], pair: ['a'] }, ['pair: expected exactly 2 items, found a list of 1']],
    [
      'an unknown choice',
      { tasks: [ok], level: 'boss' },
      ['level: expected junior or senior, found "boss" (4 characters)'],
    ],
    ['a choice of the wrong type', { tasks: [ok], level: 3 }, ['level: expected junior or senior, found number 3']],
    [
      'text for true or false',
      { tasks: [ok], pinned: 'yes' },
      ['pinned: expected true or false, found "yes" (3 characters)'],
    ],
    ['the wrong constant', { tasks: [ok], version: 2 }, ['version: expected 1, found number 2']],
    ['a pattern', { tasks: [ok], code: 'eng' }, ['code: expected a two-letter code, found "eng" (3 characters)']],
    ['nothing at all', null, ['expected a group of fields, found nothing']],
    ['no document', undefined, ['expected a group of fields, found nothing']],
    ['plain text', 'hello', ['expected a group of fields, found "hello" (5 characters)']],
    ['a good document', { tasks: [ok] }, []],
  ])('%s', (_, input, problems) => {
    expect(problemsWith(schema, input)).toEqual(problems);
  });

  test('every problem is told, not just the first', () => {
    expect(problemsWith(schema, { tasks: [{}, { name: 1 }], level: 'x' })).toEqual([
      'tasks[0].name: expected text, found nothing',
      'tasks[1].name: expected text, found number 1',
      'level: expected junior or senior, found "x" (1 character)',
    ]);
  });

  test('a rule of our own keeps its words', () => {
    expect(
      problemsWith(
        z.string().refine(() => false, 'a prime number'),
        '4',
      ),
    ).toEqual(['expected a prime number, found "4" (1 character)']);
    expect(
      problemsWith(
        z.string().refine(() => false, 'expected a prime number'),
        '4',
      ),
    ).toEqual(['expected a prime number, found "4" (1 character)']);
  });

  test('a union says that no shape fits and what was found', () => {
    expect(problemsWith(z.union([z.string(), z.number()]), true)).toEqual([
      expect.stringMatching(/^expected .*, found boolean true$/),
    ]);
  });

  test('no message has "expected expected" or an undefined in it', () => {
    const all = problemsWith(schema, {
      tasks: [{}],
      level: [],
      pinned: 1,
      version: '1',
      code: '',
      pair: 'x',
      more: undefined,
    });
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter((line) => /expected expected|undefined/.test(line))).toEqual([]);
  });
});

describe('a value in words', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'nothing'],
    ['', 'empty text'],
    ['  \n', 'empty text'],
    ['abc', '"abc" (3 characters)'],
    ['x', '"x" (1 character)'],
    ['a "quote"\n', String.raw`"a \"quote\"\n" (10 characters)`],
    ['y'.repeat(41), `"${'y'.repeat(40)}…" (41 characters)`],
    [[], 'an empty list'],
    [[1, 2], 'a list of 2'],
    [{}, 'a group of fields'],
    [0, 'number 0'],
    [Number.NaN, 'number NaN'],
    [true, 'boolean true'],
  ])('%j: %s', (value, words) => {
    expect(describeValue(value)).toBe(words);
  });

  test('an excerpt does not cut an emoji in two', () => {
    expect(describeValue(`${'x'.repeat(39)}🚀 and more`)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|\\ud83d/);
  });
});
