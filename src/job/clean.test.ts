import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanAd } from './clean.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function cleaned(text: string): string {
  const ad = cleanAd(utf8(text));
  if ('failure' in ad) throw new Error(`not cleaned: ${ad.failure}`);
  return ad.text;
}

describe('lines and blanks', () => {
  test.each([
    ['CRLF', 'Requirements:\r\n- Python\r\n- SQL\r\n'],
    ['lone CR', 'Requirements:\r- Python\r- SQL\r'],
    ['line separators', 'Requirements:\u2028- Python\u2028- SQL'],
    ['paragraph separators', 'Requirements:\u2029- Python\u2029- SQL'],
    ['next-line characters', 'Requirements:\u0085- Python\u0085- SQL'],
    ['no newline at the end', 'Requirements:\n- Python\n- SQL'],
    ['many newlines around', '\n\n\nRequirements:\n- Python\n- SQL\n\n\n'],
    ['blanks at the ends of lines', 'Requirements: \t\n- Python   \n- SQL\u00a0\n'],
  ])('%s become LF with one newline at the end', (_, text) => {
    expect(cleaned(text)).toBe('Requirements:\n- Python\n- SQL\n');
  });

  test('more than one blank line is one blank line, also when blanks stand in it', () => {
    expect(cleaned('About\n\n \n\t\n\nRequirements')).toBe('About\n\nRequirements\n');
  });

  test.each([
    ['\u00a0', 'no-break space'],
    ['\u202f', 'narrow no-break space'],
    ['\u2009', 'thin space'],
    ['\u3000', 'ideographic space'],
    ['\t', 'tab'],
  ])('%j (%s) is a plain space', (space) => {
    expect(cleaned(`5${space}years of Python`)).toBe('5 years of Python\n');
  });

  test.each(['\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u202a', '\u2066'])(
    'the invisible %j disappears',
    (invisible) => {
      expect(cleaned(`Py${invisible}thon`)).toBe('Python\n');
    },
  );

  test('control characters of a terminal disappear', () => {
    expect(cleaned(`${'Python and SQL. '.repeat(20)}\u0007\u001b`)).toBe(`${'Python and SQL. '.repeat(20).trim()}\n`);
  });

  test('letters and their marks are composed', () => {
    expect(cleaned('Résumé in Łódź'.normalize('NFD'))).toBe('Résumé in Łódź\n');
  });
});

describe('lines of job sites', () => {
  test('are dropped whatever their case and punctuation, and named', () => {
    const ad = cleanAd(utf8('Apply now!\nData Engineer\n★ Promoted\nSHOW MORE…\n- Python\nReport this job\n'));
    expect(ad).toMatchObject({
      text: 'Data Engineer\n- Python\n',
      droppedLines: ['Apply now!', '★ Promoted', 'SHOW MORE…', 'Report this job'],
    });
  });

  test.each([
    'Apply machine learning to retail',
    'Save costs in the cloud',
    'New product development',
    'Share your knowledge',
  ])('%j is no such line', (line) => {
    expect(cleanAd(utf8(line))).toMatchObject({ text: `${line}\n`, droppedLines: [] });
  });

  test('an ad of nothing else leaves an empty line and no more', () => {
    expect(cleaned('Apply now\nSave\n')).toBe('\n');
  });
});

describe('items that go on in the next line', () => {
  const MARKS = ['-', '*', '•', '·', '▪', '●', '○', '◦', '‣', '1.', '12)'];
  test.each(MARKS)('an indented line after %j belongs to the item', (mark) => {
    expect(cleaned(`Requirements:\n${mark} Experience with Python\n  and SQL\n    and Docker\n${mark} Git`)).toBe(
      `Requirements:\n${mark} Experience with Python and SQL and Docker\n${mark} Git\n`,
    );
  });

  test.each(['–', '—', '✓', '✔', '➢', '►'])('an indented line after %j belongs to the item, too', (mark) => {
    expect(cleaned(`Requirements:\n${mark} Experience with Python\n  and SQL\n${mark} Git`)).toBe(
      `Requirements:\n${mark} Experience with Python and SQL\n${mark} Git\n`,
    );
  });

  test('a nested item stays an item', () => {
    const text = 'Requirements:\n- Databases\n  - SQL\n  - Redis\n- Git\n';
    expect(cleaned(text)).toBe(text);
  });

  test('an indented bullet takes only lines that are indented further', () => {
    expect(cleaned('Requirements:\n  - Python\n    and SQL\n  Benefits')).toBe(
      'Requirements:\n  - Python and SQL\n  Benefits\n',
    );
  });

  test('a line at the margin is a line of its own', () => {
    const text = 'Requirements:\n- Python\nBenefits\n';
    expect(cleaned(text)).toBe(text);
  });
});

describe('the whole way', () => {
  test('damage is mended before the width of lines is measured', () => {
    const row = `${'word '.repeat(39)}don‚Äôt`;
    expect(Array.from(row.replace('‚Äô', '’'))).toHaveLength(200);
    expect(cleanAd(utf8(`${row}\nstop`))).toMatchObject({
      text: `${'word '.repeat(39)}don’t stop\n`,
      repairedRuns: 1,
      joinedWraps: 1,
    });
  });

  test.each([
    ['empty', ''],
    ['binary', '\0\0\0\0Python\u0001\u0002'],
  ])('%s bytes are handed on as a failure', (failure, text) => {
    expect(cleanAd(utf8(text))).toEqual({ failure });
  });

  test('cleaning what was cleaned changes nothing', () => {
    const line = fc.constantFrom(
      '- Experience with Python',
      '  and SQL',
      '    and Docker',
      '  - nested',
      '1. First',
      'Apply now',
      '',
      'Requirements:',
      '  – dash',
      'You‚Äôll  build\u00a0things ',
      'caf√©',
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }).filter((lines) => lines.some((text) => text !== '')),
        (lines) => {
          const once = cleaned(lines.join('\n'));
          fc.pre(once !== '\n');
          expect(cleaned(once)).toBe(once);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
