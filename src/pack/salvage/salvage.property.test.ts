import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUESTIONS, question } from '../../../test/support/sample-replies.ts';
import { salvage, type Salvaged } from './salvage.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'"\\{}[]:,\'`\n \t<>#/ab1“”'), maxLength: 30 }),
  fc.constantFrom('</think>', '```json\n{"questions": []}\n```', '"}], "questions": [{', '// no', '\u0000\u2028'),
);

const anyRubric = fc.record({ weak: anyText, good: anyText, strong: anyText });

const anyQuestion = fc.record({
  topic: anyText,
  question: anyText,
  spoken: anyText,
  answer: anyText,
  why: anyText,
  minutes: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  mistake: anyText,
  rubric: anyRubric,
  followUps: fc.array(fc.record({ question: anyText, answer: anyText }), { maxLength: 3 }),
});

/** Values of the shape of `QUESTIONS`, with texts that look like anything but text. */
const anyQuestions = fc.record({ questions: fc.array(anyQuestion, { minLength: 1, maxLength: 4 }) });

/** How a value is written: minified or indented. */
const anyIndent = fc.constantFrom(undefined, 1, 2, '\t');

const RUNS = { numRuns: 1000 };

function itemsOf(salvaged: Salvaged | undefined): unknown[] {
  const { questions } = (salvaged?.value ?? {}) as { questions?: unknown[] };
  return questions ?? [];
}

function leavesOf(value: unknown): (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Without blanks and backslashes, so that a text can be found in its JSON source. */
function bare(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\[bfnrt]/g, '')
    .replace(/[\\\s\b]/g, '');
}

const reply = fc.tuple(anyQuestions, anyIndent).map(([value, indent]) => JSON.stringify(value, null, indent));

/** One to three accidents: characters and lines that were lost, doubled, or came from nowhere. */
const accident = fc.record({
  kind: fc.constantFrom('delete', 'double', 'insert', 'delete line', 'double line', 'cut'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  sign: fc.constantFrom(...'"\'{}[],:\\ \n`#a1“'),
});
type Accident = typeof accident extends fc.Arbitrary<infer A> ? A : never;

function suffer(text: string, { kind, at, sign }: Accident): string {
  const place = Math.floor(at * text.length);
  if (kind === 'delete') return text.slice(0, place) + text.slice(place + 1);
  if (kind === 'double') return text.slice(0, place + 1) + text.slice(place);
  if (kind === 'insert') return text.slice(0, place) + sign + text.slice(place);
  if (kind === 'cut') return text.slice(0, place);
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  return lines.toSpliced(line, 1, ...(kind === 'double line' ? [lines[line] ?? '', lines[line] ?? ''] : [])).join('\n');
}

const damaged = fc
  .tuple(reply, fc.array(accident, { minLength: 1, maxLength: 3 }))
  .map(([text, accidents]) => accidents.reduce(suffer, text));

describe('a valid reply', () => {
  test('comes back identical, with no repairs', () => {
    fc.assert(
      fc.property(anyQuestions, anyIndent, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const expected: unknown = JSON.parse(text);
        expect(salvage(text, QUESTIONS)).toEqual({ value: expected, repairs: [], isCutOff: false, incomplete: [] });
      }),
      RUNS,
    );
  });

  test('is the same in prose, in fences, after thinking and a byte order mark', () => {
    const prose = fc.constantFrom(
      '',
      'Sure! Here you go:\n\n',
      "I've used the {name} field, see [1] and [docs](https://x.y).\n",
      'Note: "quoted" and it\'s {so}.\n',
    );
    const around = fc.constantFrom(
      ['', ''],
      ['```json\n', '\n```'],
      ['~~~\n', '\n~~~\n'],
      ['```\n', ''],
      ['\u{feff}', '\n'],
      ['<think>Perhaps {"questions": [{"topic": "no"}]} or [{"}</think>\n', ''],
      ['{"questions": [{"question": "left behind"}]}</think>', ''],
    );
    fc.assert(
      fc.property(anyQuestions, anyIndent, prose, around, prose, (value, indent, before, [open, close], after) => {
        const text = JSON.stringify(value, null, indent);
        const salvaged = salvage(
          `${open?.startsWith('\u{feff}') ? '' : before}${open}${text}${close}\n${after}`,
          QUESTIONS,
        );
        expect(salvaged?.value).toEqual(JSON.parse(text));
        expect(salvaged).toMatchObject({ isCutOff: false, incomplete: [] });
      }),
      RUNS,
    );
  });

  test('cut anywhere gives its whole items and no other', () => {
    fc.assert(
      fc.property(
        anyQuestions,
        anyIndent,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (value, indent, at) => {
          const text = JSON.stringify(value, null, indent);
          const cut = text.slice(0, Math.floor(at * text.length));
          const salvaged = salvage(cut, QUESTIONS);
          if (salvaged === undefined) {
            expect(cut).not.toContain('":');
            return;
          }
          const items = itemsOf(salvaged);
          const whole: unknown = JSON.parse(text);
          expect(items).toEqual((whole as { questions: unknown[] }).questions.slice(0, items.length));
          expect(salvaged.isCutOff).toBe(true);
        },
      ),
      RUNS,
    );
  });
});

describe('a damaged reply', () => {
  test('never throws, and holds no text and no number that was not in it', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const source = bare(text);
        for (const leaf of leavesOf(salvage(text, QUESTIONS)?.value)) {
          if (typeof leaf === 'string') expect(source).toContain(bare(JSON.stringify(leaf).slice(1, -1)));
          else expect((text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi) ?? []).map(Number)).toContain(leaf);
        }
      }),
      RUNS,
    );
  });

  test('by one accident, loses at most the item that it hit and its neighbour, and says so', () => {
    const whole = { questions: ['SQL', 'NMS', 'CAP', 'IoU'].map(question) };
    fc.assert(
      fc.property(accident, anyIndent, (one, indent) => {
        const text = JSON.stringify(whole, null, indent);
        fc.pre(one.kind !== 'cut' && (one.kind !== 'delete line' || text.includes('\n')));
        const salvaged = salvage(suffer(text, one), QUESTIONS);
        const same = itemsOf(salvaged).map((item) => JSON.stringify(item));
        const kept = whole.questions.filter((item) => same.includes(JSON.stringify(item))).length;
        // A quote before the whole list leaves nothing to go on with; then the list is named.
        if (salvaged?.incomplete[0] !== 'questions') expect(kept).toBeGreaterThanOrEqual(2);
        const isSaid = salvaged?.repairs.some(({ what }) => what.startsWith('left out')) === true;
        expect(same.length + (salvaged?.incomplete.length ?? 0) >= 4 || isSaid).toBe(true);
      }),
      RUNS,
    );
  });
});

test('arbitrary text never throws', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'{}[]":,\'\\ \nabq1#-*`|<>/'), maxLength: 300 });
  fc.assert(
    fc.property(fc.oneof(noise, fc.string({ unit: 'binary' })), (text) => {
      salvage(text, QUESTIONS);
    }),
    RUNS,
  );
});

test('Markdown of any kind never throws, and gives no text that was not in it', () => {
  const part = fc.constantFrom(
    '**Q:** ',
    '**A:** ',
    'Answer: ',
    '## Question 1: ',
    '### ',
    '- ',
    '  - ',
    '1. ',
    '**Rubric:**\n',
    '**Weak:** ',
    '> ',
    '| Q | A |\n|---|---|\n| a | b |\n',
    '```\n',
    '\n',
    '\n\n',
    'some words',
    'x',
    '**Time:** 20 min\n',
    '**Follow-ups:**\n',
    '*',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const source = bare(text);
      for (const leaf of leavesOf(salvage(text, QUESTIONS)?.value)) expect(source).toContain(bare(String(leaf)));
    }),
    RUNS,
  );
});
