import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkLocated, parseLocatedYaml, type LocatedYaml } from './located-yaml.ts';
import { formatProblem } from './problem.ts';

function docOf(text: string): LocatedYaml {
  const parsed = parseLocatedYaml(text, 'x.yaml');
  if ('problems' in parsed) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join('\n'));
  return parsed.doc;
}

function syntaxProblemsOf(text: string): string[] {
  const parsed = parseLocatedYaml(text, 'x.yaml');
  return 'problems' in parsed ? parsed.problems.map((problem) => formatProblem(problem)) : [];
}

function problemsOf(text: string, schema: z.ZodType): string[] {
  const checked = checkLocated(docOf(text), schema);
  return 'problems' in checked ? checked.problems.map((problem) => formatProblem(problem)) : [];
}

const schema = z.strictObject({
  format: z.string(),
  tasks: z.array(z.strictObject({ name: z.string(), minutes: z.number().int().optional() })),
});

describe('values', () => {
  test('are plain data', () => {
    expect(docOf('a: 1\nb: [x, true, null]\nc: {d: 2.5}\n').value).toEqual({
      a: 1,
      b: ['x', true, null],
      c: { d: 2.5 },
    });
  });

  test.each(['', '\n\n', '# nothing\n', '---\n'])('%j is null', (text) => {
    expect(docOf(text).value).toBeNull();
  });

  test('yes, no, on and dates are text, as YAML 1.2 has it', () => {
    expect(docOf('a: yes\nb: no\nc: on\nd: 2024-01-01\n').value).toEqual({
      a: 'yes',
      b: 'no',
      c: 'on',
      d: '2024-01-01',
    });
  });

  test('aliases are followed', () => {
    expect(docOf('a: &x [1, 2]\nb: *x\n').value).toEqual({ a: [1, 2], b: [1, 2] });
  });

  test('a key called __proto__ is data and no prototype', () => {
    const { value } = docOf('__proto__: {polluted: true}\n');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true}}');
  });
});

describe('places', () => {
  const doc = docOf('# head\nformat: x\n\ntasks:\n  - name: a\n    minutes: 5\n  - {name: b}\n');

  test.each([
    [[], 2, 1],
    [['format'], 2, 1],
    [['tasks'], 4, 1],
    [['tasks', 0], 5, 5],
    [['tasks', 0, 'minutes'], 6, 5],
    [['tasks', 1], 7, 5],
    [['tasks', 1, 'name'], 7, 6],
  ])('%j is line %i, column %i', (path, line, column) => {
    expect(doc.locate(path)).toEqual({ line, column });
  });

  test('what is not there is where its nearest ancestor is', () => {
    expect(doc.locate(['tasks', 1, 'minutes'])).toEqual({ line: 7, column: 5 });
    expect(doc.locate(['tasks', 9])).toEqual({ line: 4, column: 1 });
    expect(doc.locate(['nothing', 'at', 'all'])).toEqual({ line: 2, column: 1 });
    expect(doc.locate(['format', 'deeper', 0])).toEqual({ line: 2, column: 1 });
  });

  test('an empty document is at its start', () => {
    expect(docOf('').locate(['a'])).toEqual({ line: 1, column: 1 });
  });

  test('a key that is a number is found', () => {
    expect(docOf('a: 1\n7:\n  b: 2\n').locate([7, 'b'])).toEqual({ line: 3, column: 3 });
    expect(docOf('a: 1\n7:\n  b: 2\n').locate(['7', 'b'])).toEqual({ line: 3, column: 3 });
  });

  test('Windows line ends count once', () => {
    expect(docOf('a: 1\r\nb: 2\r\nc: 3\r\n').locate(['c'])).toEqual({ line: 3, column: 1 });
  });

  test('a value behind an alias is where the alias or its target stands', () => {
    const aliased = docOf('base: &base\n  name: 5\nitems:\n  - *base\n');
    expect([2, 4]).toContain(aliased.locate(['items', 0, 'name']).line);
  });

  test('every entry of a list stands on its own line', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 20 }), (gaps) => {
        const text = gaps.map((gap) => `${'# comment\n'.repeat(gap)}- name: x\n`).join('');
        let line = 0;
        for (const [index, gap] of gaps.entries()) {
          line += gap + 1;
          expect(docOf(text).locate([index]).line).toBe(line);
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('checking', () => {
  test('a good document gives its value', () => {
    expect(checkLocated(docOf('format: x\ntasks: [{name: a}]\n'), schema)).toEqual({
      value: { format: 'x', tasks: [{ name: 'a' }] },
    });
  });

  test('missing, misnamed and mistyped fields are told with line, column and path', () => {
    expect(
      problemsOf('format: x\ntasks:\n  - name: a\n  - minutes: 5\n  - name: b\n    minute: 5\n  - name: 7\n', schema),
    ).toEqual([
      'x.yaml:4:5: tasks[1].name: expected text, found nothing',
      'x.yaml:6:5: tasks[2].minute: expected no such field; is it misspelt?',
      'x.yaml:7:5: tasks[3].name: expected text, found number 7',
    ]);
  });

  test('a field without a value is nothing', () => {
    expect(problemsOf('format:\ntasks: []\n', schema)).toEqual(['x.yaml:1:1: format: expected text, found nothing']);
  });

  test('an empty document lacks everything', () => {
    expect(problemsOf('', schema)).toEqual(['x.yaml:1:1: expected a group of fields, found nothing']);
  });

  test('part of a document is checked where it stands', () => {
    const doc = docOf('list:\n  - name: a\n  - name: 5\n');
    const checked = checkLocated(doc, z.strictObject({ name: z.string() }), { name: 5 }, ['list', 1]);
    expect('problems' in checked && checked.problems).toMatchObject([
      { file: 'x.yaml', line: 3, column: 5, path: 'list[1].name' },
    ]);
  });
});

describe('what is no plain YAML', () => {
  test.each([
    ['an open bracket', 'a: [1, 2\nb: 3\n', 2],
    ['a tab for indentation', 'a:\n\tb: 1\n', 2],
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', 3],
    ['an open quote', 'a: 1\nb: "x\n', 3],
    ['two colons', 'title: Data: Engineer\n', 1],
  ])('%s is told with its line', (_, text, line) => {
    const problems = syntaxProblemsOf(text);
    expect(problems[0]).toMatch(new RegExp(`^x\\.yaml:${line}:\\d+: expected valid YAML, found: .+`));
  });

  test('a message is one line', () => {
    expect(syntaxProblemsOf('a: [1, 2\nb: 3\n').filter((message) => message.includes('\n'))).toEqual([]);
  });

  test('an alias without an anchor', () => {
    expect(syntaxProblemsOf('a: *nobody\n')).toEqual([
      expect.stringMatching(/^x\.yaml:1:\d+: expected (?:plain|valid) YAML, found: .*nobody/),
    ]);
  });

  test('a bomb of aliases is refused and does not go off', () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'
        : `a${level}: &a${level} [${Array(9)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    );
    expect(syntaxProblemsOf(`${levels.join('\n')}\n`)).toEqual([
      expect.stringMatching(/^x\.yaml:1:1: expected plain YAML, found: .*alias/i),
    ]);
  });

  test('two documents in one file', () => {
    expect(syntaxProblemsOf('a: 1\n---\nb: 2\n')).toEqual([
      expect.stringMatching(/^x\.yaml:\d+:\d+: expected valid YAML, found: /),
    ]);
  });

  test('nothing is thrown whatever the text', () => {
    const text = fc.array(
      fc.constantFrom(
        'a',
        ':',
        ' ',
        '\n',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '&x',
        '*x',
        '"',
        "'",
        '|',
        '>',
        '#',
        '!',
        '%',
        '---',
        '? ',
        '\t',
        '<<: ',
        '🚀',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(text, (pieces) => {
        const parsed = parseLocatedYaml(pieces.join(''), 'x.yaml');
        if ('problems' in parsed) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          for (const { line, column } of parsed.problems)
            expect([line, column].every((at) => at !== undefined && at >= 1)).toBe(true);
        } else checkLocated(parsed.doc, schema);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
