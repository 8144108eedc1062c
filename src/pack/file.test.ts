import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONG_GAP, makePack, packPrompt, packQuestion, packRequirement, packTask } from '../../test/support/packs.ts';
import { PrepsmithError } from '../errors.ts';
import { formatProblem } from '../problem.ts';
import { formatPack, isAsWritten, parsePack } from './file.ts';
import type { Pack } from './schema.ts';

const FILE = 'output/acme/pack.yaml';

/** Texts that mean something else to YAML when they are not quoted. */
const YAML_TRAPS = [
  'null',
  '~',
  'yes',
  'no',
  'true',
  '0x1f',
  '1e3',
  '.inf',
  '2024-01-01',
  '12:30:45',
  '=',
  '<<',
  '---',
  '...',

  '- a',
  '? a',
  'a: b',
  'a #b',
  '# c',
  '"q"',
  "'",
  '|',
  '>-',
  '%TAG',
  '!!str x',
  '&a',
  '*a',
  '{a}',
  '[b]',
  '@',
  '`',

  'a\nb',
  'a\rb',
  'a\r\nb',
  'a\n\n\nb',
  'a\n  b',
  'a \nb',
  'a\n\tb',
  'a\t',
  '#\n#',
  '- a\n- b',
  'a:\n  b',
  '|\n a',
  'a\\nb',
  '\\',

  'a\u2028b',
  'a\u0085b',
  'a\u00a0b',
  'a\u200bb',
  '\u{1F600}',
  'e\u0301',
  '\u0000',
  '\u0007',
  'a\u007fb',
  'x'.repeat(500),
];

const anyText = fc
  .oneof(
    fc.constantFrom(...YAML_TRAPS),
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.array(fc.constantFrom(...YAML_TRAPS, ' ', '\n', '  '), { maxLength: 4 }).map((parts) => parts.join('')),
  )
  // The schema trims, so blanks at the ends are another matter.
  .map((text) => text.trim())
  .filter((text) => text !== '');

const anyPack: fc.Arbitrary<Pack> = fc
  .record({ one: anyText, two: anyText, three: anyText, four: anyText, five: anyText, six: anyText })
  .map(({ one, two, three, four, five, six }) =>
    makePack({
      job: { ...makePack().job, title: one, company: two, source: three },
      requirements: [
        packRequirement({ id: 'a', quote: one, coveredBy: ['q'] }),
        packRequirement({ id: 'b', gap: two }),
      ],
      questions: [
        packQuestion({
          id: 'q',
          question: three,
          answer: four,
          rubric: { weak: one, good: two, strong: three },
          followUps: [
            { question: five, answer: six },
            { question: six, answer: five },
          ],
        }),
      ],
      tasks: [packTask({ id: 't', name: two, problemStatement: six, requirements: [one, two], hints: [five] })],
      behavioural: [
        packPrompt({
          id: 'b',
          intent: four,
          example: { title: one, situation: two, task: three, action: four, result: five, lesson: six },
        }),
      ],
    }),
  );

function errorOf(text: string): PrepsmithError {
  try {
    parsePack(text, FILE);
  } catch (error) {
    if (error instanceof PrepsmithError) return error;
    throw error;
  }
  throw new Error('expected the text to be refused');
}

/** `file:line:column` of the first line that says `part` and nothing else. */
function placeOf(text: string, part: string): string {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.trim().replace(/^- /, '') === part);
  return `${FILE}:${index + 1}:${(lines[index] ?? '').indexOf(part) + 1}`;
}

describe('a pack written and read again', () => {
  test('is the same pack, whatever its texts are', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        expect(parsePack(formatPack(pack), FILE)).toEqual(pack);
      }),
      { numRuns: 400 },
    );
  });

  test('gives the same bytes when it is written a second time', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const text = formatPack(pack);
        expect(formatPack(parsePack(text, FILE))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test('is the same pack after an editor changed its line ends', () => {
    const pack = makePack({ questions: [packQuestion({ id: 'q-python', answer: 'a\n\n```\nb\n```' })] });
    expect(parsePack(formatPack(pack).replaceAll('\n', '\r\n'), FILE)).toEqual(pack);
  });

  test('repeats equal parts instead of naming one by the other', () => {
    const rubric = { weak: 'One.', good: 'Two.', strong: 'Three.' };
    const text = formatPack(
      makePack({ questions: [packQuestion({ id: 'a', rubric }), packQuestion({ id: 'b', rubric })] }),
    );
    expect(text).not.toMatch(/[&*]a\d/);
    expect(text.split('weak: One.').length - 1).toBe(2);
  });

  test('starts with what a person has to know before editing it', () => {
    expect(formatPack(makePack()).split('\n').slice(0, 4)).toEqual([
      '# The one source of this folder: every other generated file here is a render of it.',
      '# Edit it and run `npx prepsmith render`; your own notes belong into my/, which is never touched.',
      expect.stringMatching(/^# As prepsmith wrote it: [0-9a-f]{16}$/),
      'format: prepsmith.pack/1',
    ]);
  });
});

describe('who wrote the file last', () => {
  test('was prepsmith while not a letter of it differs', () => {
    expect(isAsWritten(formatPack(makePack()))).toBe(true);
    expect(isAsWritten(formatPack(makePack()).replaceAll('\n', '\r\n'))).toBe(true);
  });

  test('was somebody else after any change, or when it does not say', () => {
    expect(isAsWritten(`${formatPack(makePack())}# a note\n`)).toBe(false);
    expect(isAsWritten(formatPack(makePack()).replace(/^# As .*\n/m, ''))).toBe(false);
  });
});

describe('a pack that does not hold is refused with file, line and path', () => {
  const good = formatPack(makePack());

  test('a missing name', () => {
    const text = good.replace('    name: Task t-service\n', '');
    expect(errorOf(text).message).toBe(
      `${placeOf(text, 'id: t-service')}: tasks[1].name: expected text, found nothing`,
    );
    expect(errorOf(text).problems).toEqual([]);
  });

  test('a misnamed field: what is missing and what is too much', () => {
    const text = good.replace('name: Task t-service', 'Task Name: Task t-service');
    const error = errorOf(text);
    expect([error.message, ...error.problems.map(formatProblem)]).toEqual([
      `${placeOf(text, 'id: t-service')}: tasks[1].name: expected text, found nothing`,
      `${placeOf(text, 'Task Name: Task t-service')}: tasks[1]["Task Name"]: expected no such field; is it misspelt?`,
    ]);
  });

  test.each([
    ['name: [Task, t-service]', 'name: expected text, found a list of 2'],
    ['name: 7', 'name: expected text, found number 7'],
    ['name: {first: Task}', 'name: expected text, found a group of fields'],
    ['name: "  "', 'name: expected at least 1 character, found empty text'],
    ['name:', 'name: expected text, found nothing'],
  ])('a mistyped field: %s', (line, message) => {
    const text = good.replace('name: Task t-service', line);
    const lineNumber = text.split('\n').indexOf('  - id: t-service') + 2;
    expect(errorOf(text).message).toBe(`${FILE}:${lineNumber}:5: tasks[1].${message}`);
  });

  test('minutes in words', () => {
    const text = good.replace('minutes: 45', 'minutes: forty');
    expect(errorOf(text).message).toBe(
      `${placeOf(text, 'minutes: forty')}: tasks[1].minutes: expected a number, found "forty" (5 characters)`,
    );
  });

  test('an id that could leave its folder', () => {
    const text = good.replace('id: t-service', 'id: ../../etc');
    expect(errorOf(text).message).toBe(
      `${placeOf(text, 'id: ../../etc')}: tasks[1].id: expected a slug such as "sql-window-functions", found "../../etc" (9 characters)`,
    );
  });

  test('a requirement that is both covered and a gap', () => {
    const text = good.replace('coveredBy:\n      - q-sql', `gap: ${LONG_GAP}\n    coveredBy:\n      - q-sql`);
    const lineNumber = text.split('\n').indexOf(`    gap: ${LONG_GAP}`) + 2;
    expect(errorOf(text).message).toBe(
      `${FILE}:${lineNumber}:5: requirements[1].coveredBy: expected either coveredBy (ids of items) or gap (a reason), and not both, found a list of 1`,
    );
  });

  test('a requirement that is neither covered nor a gap', () => {
    const text = good.replace('    coveredBy:\n      - q-sql\n', '');
    expect(errorOf(text).message).toBe(
      `${placeOf(text, 'id: sql')}: requirements[1].coveredBy: expected either coveredBy (ids of items) or gap (a reason), and not both, found nothing`,
    );
  });

  test('text that is no YAML', () => {
    const error = errorOf('format: prepsmith.pack/1\ntasks: [a, b\n');
    expect(error.code).toBe('pack-file');
    expect(error.message).toMatch(/^output\/acme\/pack\.yaml:\d+:\d+: expected valid YAML, found: /);
    expect(error.remedy).toMatchInlineSnapshot(
      `"Correct the field, or make the pack anew with \`npx prepsmith generate <job> --force\` (the edited file is kept under .prepsmith/replaced/)."`,
    );
  });

  test.each([
    ['', 'expected a group of fields, found nothing'],
    ['- a\n- b\n', 'expected a group of fields, found a list of 2'],
    ['just words\n', 'expected a group of fields, found "just words" (10 characters)'],
  ])('a document of another kind: %j', (text, message) => {
    expect(errorOf(text).message).toBe(`${FILE}:1:1: ${message}`);
  });

  test('another format is named, not guessed at', () => {
    expect(errorOf(good.replace('prepsmith.pack/1', 'prepsmith.pack/2')).message).toBe(
      `${FILE}:4:1: format: expected prepsmith.pack/1, found "prepsmith.pack/2" (16 characters)`,
    );
  });

  test('every defect is told, not only the first', () => {
    const text = good.replace('name: Task t-python', 'name: 1').replace('name: Task t-service', 'name: 2');
    const error = errorOf(text);
    expect([error.message, ...error.problems.map(formatProblem)].map((line) => line.replace(/^[^ ]+ /, ''))).toEqual([
      'tasks[0].name: expected text, found number 1',
      'tasks[1].name: expected text, found number 2',
    ]);
  });

  test('a bomb of aliases is refused instead of unfolded', () => {
    const layers = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)} *l${i}]`);
    expect(errorOf(`l0: &l0 [x]\n${layers.join('\n')}\n`).message).toContain('expected plain YAML');
  });
});
