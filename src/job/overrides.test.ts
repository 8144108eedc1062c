import { describe, expect, test } from 'vitest';
import { PrepsmithError } from '../errors.ts';
import { formatProblem } from '../problem.ts';
import { parseOverrides, type Overrides } from './overrides.ts';

const FILE = 'jobs/acme.yaml';

function overridesOf(text: string): Overrides {
  return parseOverrides({ file: FILE, text });
}

/** Code and every message of the failure, one a line. */
function failureOf(text: string): string {
  try {
    overridesOf(text);
  } catch (error) {
    if (!(error instanceof PrepsmithError)) throw error;
    return [`${error.code}: ${error.message}`, ...error.problems.map((problem) => formatProblem(problem))].join('\n');
  }
  throw new Error(`accepted: ${text}`);
}

describe('accepted', () => {
  test('no file, an empty file and a file of comments override nothing', () => {
    expect(parseOverrides(undefined)).toEqual({});
    for (const text of ['', '\n', '# nothing yet\n', '---\n', '{}']) expect(overridesOf(text)).toEqual({});
  });

  test('every field', () => {
    const text =
      'title: " Data Engineer "\ncompany: Acme\nlevel: senior\nlanguage: pl\ncounts: {questions: 14, tasks: 0, behavioural: 3}\n';
    expect(overridesOf(text)).toEqual({
      title: 'Data Engineer',
      company: 'Acme',
      level: 'senior',
      language: 'pl',
      counts: { questions: 14, tasks: 0, behavioural: 3 },
    });
  });

  test('some counts', () => {
    expect(overridesOf('counts: {tasks: 2}')).toEqual({ counts: { tasks: 2 } });
  });
});

describe('refused, with file, line, column and path', () => {
  test.each([
    ['title: 5', 'jobs/acme.yaml:1:1: title: expected text, found number 5'],
    ['title: x', 'jobs/acme.yaml:1:1: title: expected at least 2 characters, found "x" (1 character)'],
    ['title: ""', 'jobs/acme.yaml:1:1: title: expected at least 2 characters, found empty text'],
    ['title:', 'jobs/acme.yaml:1:1: title: expected text, found nothing'],
    ['title: [a, b]', 'jobs/acme.yaml:1:1: title: expected text, found a list of 2'],
    ['# hello\n\ncompany: ""', 'jobs/acme.yaml:3:1: company: expected at least 1 character, found empty text'],
    ['level: expert', 'jobs/acme.yaml:1:1: level: expected junior or mid or senior, found "expert" (6 characters)'],
    ['level: 3', 'jobs/acme.yaml:1:1: level: expected junior or mid or senior, found number 3'],
    [
      'title: Ok\nlanguage: english',
      'jobs/acme.yaml:2:1: language: expected a two-letter code such as "en", found "english" (7 characters)',
    ],
    ['language: no', undefined],
    ['counts: 14', 'jobs/acme.yaml:1:1: counts: expected a group of fields, found number 14'],
    ['counts: []', 'jobs/acme.yaml:1:1: counts: expected a group of fields, found an empty list'],
    ['counts:\n  questions: 0', 'jobs/acme.yaml:2:3: counts.questions: expected at least 1, found number 0'],
    ['counts:\n  questions: 61', 'jobs/acme.yaml:2:3: counts.questions: expected at most 60, found number 61'],
    [
      'counts:\n  questions: many',
      'jobs/acme.yaml:2:3: counts.questions: expected a number, found "many" (4 characters)',
    ],
    ['counts:\n  tasks: 2.5', 'jobs/acme.yaml:2:3: counts.tasks: expected a whole number, found number 2.5'],
    ['counts:\n  tasks: -1', 'jobs/acme.yaml:2:3: counts.tasks: expected at least 0, found number -1'],
    ['counts:\n  tasks: 13', 'jobs/acme.yaml:2:3: counts.tasks: expected at most 12, found number 13'],
    ['counts:\n  behavioural: 21', 'jobs/acme.yaml:2:3: counts.behavioural: expected at most 20, found number 21'],
    ['counts:\n  behavioral: 2', 'jobs/acme.yaml:2:3: counts.behavioral: expected no such field; is it misspelt?'],
    ['title: Ok\ntitel: Data', 'jobs/acme.yaml:2:1: titel: expected no such field; is it misspelt?'],
    ['- title: Data', 'jobs/acme.yaml:1:1: expected a group of fields, found a list of 1'],
    ['just words', 'jobs/acme.yaml:1:1: expected a group of fields, found "just words" (10 characters)'],
  ])('%j', (text, message) => {
    if (message === undefined) expect(overridesOf(text)).toEqual({ language: 'no' });
    else expect(failureOf(text)).toBe(`job-overrides: ${message}`);
  });

  test('a title of more than 120 characters, with an excerpt of it', () => {
    expect(failureOf(`title: ${'Data '.repeat(30)}`)).toMatchInlineSnapshot(
      `"job-overrides: jobs/acme.yaml:1:1: title: expected at most 120 characters, found "Data Data Data Data Data Data Data Data …" (149 characters)"`,
    );
  });

  test('every wrong field at once', () => {
    expect(failureOf('titel: x\nlevel: boss\ncounts:\n  questions: -3\n  tasks: lots\n')).toMatchInlineSnapshot(`
      "job-overrides: jobs/acme.yaml:2:1: level: expected junior or mid or senior, found "boss" (4 characters)
      jobs/acme.yaml:4:3: counts.questions: expected at least 1, found number -3
      jobs/acme.yaml:5:3: counts.tasks: expected a number, found "lots" (4 characters)
      jobs/acme.yaml:1:1: titel: expected no such field; is it misspelt?"
    `);
  });

  test('broken YAML', () => {
    expect(failureOf('title: Data\ncounts: {questions: 14\n')).toMatchInlineSnapshot(
      `"job-overrides: jobs/acme.yaml:3:1: expected valid YAML, found: Flow map in block collection must be sufficiently indented and end with a }"`,
    );
  });

  test('a field that is there twice', () => {
    expect(failureOf('title: Data\ntitle: Engineer\n')).toMatchInlineSnapshot(
      `"job-overrides: jobs/acme.yaml:2:1: expected valid YAML, found: Map keys must be unique"`,
    );
  });

  test('the remedy shows an example that is accepted', () => {
    try {
      overridesOf('level: boss');
      expect.unreachable();
    } catch (error) {
      const example = error instanceof PrepsmithError ? /\{.*\}/.exec(error.remedy)?.[0] : undefined;
      expect(overridesOf(example ?? 'level: boss')).toEqual({
        title: 'Data Engineer',
        level: 'mid',
        counts: { questions: 14 },
      });
    }
  });
});
