import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinWraps } from './join-wraps.ts';

/** A line of exactly `length` characters that ends with `ending`. */
function lineOf(length: number, ending = 'x'): string {
  return `${'lorem ipsum '.repeat(30).slice(0, length - Array.from(ending).length)}${ending}`;
}

/** As a terminal of 201 columns cuts a long line. */
function wrapAt201(text: string): string {
  const characters = Array.from(text);
  const rows = Array.from({ length: Math.ceil(characters.length / 201) }, (_, row) =>
    characters.slice(row * 201, (row + 1) * 201).join(''),
  );
  return rows.join('\n');
}

describe('which lines are joined', () => {
  test('after 201 characters the next line goes on without a gap', () => {
    expect(joinWraps(`${lineOf(201, 'Pyth')}\non and SQL`)).toEqual({
      text: `${lineOf(201, 'Pyth')}on and SQL`,
      joins: 1,
    });
  });

  test('after 201 characters a space at the start of the next line is kept', () => {
    expect(joinWraps(`${lineOf(201, 'Python')}\n and SQL`)).toEqual({
      text: `${lineOf(201, 'Python')} and SQL`,
      joins: 1,
    });
  });

  test('after 200 characters the lost space is put back', () => {
    expect(joinWraps(`${lineOf(200, 'Python')}\nand SQL`)).toEqual({
      text: `${lineOf(200, 'Python')} and SQL`,
      joins: 1,
    });
  });

  test.each([1, 80, 199, 202, 400])('a line of %i characters was ended by its writer', (length) => {
    const text = `${lineOf(length)}\nand SQL`;
    expect(joinWraps(text)).toEqual({ text, joins: 0 });
  });

  test('characters are counted, not UTF-16 units', () => {
    expect(joinWraps(`${lineOf(201, '🚀')}\non`)).toEqual({ text: `${lineOf(201, '🚀')}on`, joins: 1 });
    expect(joinWraps(`${lineOf(200, '🚀🚀')}\non`)).toEqual({ text: `${lineOf(200, '🚀🚀')} on`, joins: 1 });
  });

  test('the last piece decides about the next line, not the sum of the pieces', () => {
    const text = [lineOf(201), lineOf(201), 'the end', 'A new line'].join('\n');
    expect(joinWraps(text)).toEqual({ text: `${lineOf(201)}${lineOf(201)}the end\nA new line`, joins: 2 });
  });
});

describe('which lines are left alone', () => {
  test.each(['', '   '])('a blank line %j ends a paragraph', (blank) => {
    const text = `${lineOf(201)}\n${blank}\nSQL`;
    expect(joinWraps(text)).toEqual({ text, joins: 0 });
  });

  test.each([
    '- SQL',
    '* SQL',
    '• SQL',
    '· SQL',
    '– SQL',
    '▪ SQL',
    '● SQL',
    '○ SQL',
    '◦ SQL',
    '‣ SQL',
    '1. SQL',
    '12) SQL',
    '  - SQL',
  ])('the list item %j starts a line of its own', (item) => {
    for (const length of [200, 201]) {
      const text = `${lineOf(length)}\n${item}`;
      expect(joinWraps(text)).toEqual({ text, joins: 0 });
    }
  });

  test.each(['✓ SQL', '✔ SQL', '➢ SQL', '► SQL', '— SQL'])('the list item %j starts a line of its own, too', (item) => {
    const text = `${lineOf(201)}\n${item}`;
    expect(joinWraps(text)).toEqual({ text, joins: 0 });
  });

  test.each(['.', '!', '?', ':', ';', '.”', '.)'])(
    'a sentence that ends with %j before a capital is complete',
    (ending) => {
      for (const length of [200, 201]) {
        const text = `${lineOf(length, ending)}\nYou know SQL`;
        expect(joinWraps(text)).toEqual({ text, joins: 0 });
      }
    },
  );

  test('a full stop before a small letter is none of an end', () => {
    expect(joinWraps(`${lineOf(200, 'e.g.')}\npandas`).joins).toBe(1);
    expect(joinWraps(`${lineOf(201, 'Node.')}\njs`).text).toBe(`${lineOf(201, 'Node.')}js`);
  });

  test('text without long lines comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 199 }).filter((line) => !line.includes('\n'))), (lines) => {
        const text = lines.join('\n');
        expect(joinWraps(text)).toEqual({ text, joins: 0 });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('a long line cut at 201 characters is restored', () => {
  const words = 'data Python you’ll naïve C++ e.g. Node.js 5+ years, (joins, CTEs) Łódź launch🚀 and the of. An'.split(
    ' ',
  );
  const paragraph = fc
    .array(fc.constantFrom(...words), { minLength: 30, maxLength: 250 })
    .map((list) => list.join(' '));
  fc.assert(
    fc.property(paragraph, (text) => {
      const rows = Math.ceil(Array.from(text).length / 201);
      expect(joinWraps(wrapAt201(text))).toEqual({ text, joins: rows - 1 });
    }),
    { seed: 1, numRuns: 500 },
  );
});
