import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, MAX_AD_BYTES } from './decode.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16le = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
const utf16be = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le').swap16());
const withMark = (mark: number[], bytes: Uint8Array): Uint8Array => Uint8Array.from([...mark, ...bytes]);

/** Windows-1252 from the standard's table and not from the runtime: runtimes have had it wrong. */
const WINDOWS_1252_UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function upperHalfOf(encoding: string): string[] {
  const decoder = new TextDecoder(encoding);
  const runtime = Array.from({ length: 128 }, (_, index) => decoder.decode(Uint8Array.of(0x80 + index)));
  return encoding === 'windows-1252' ? [...WINDOWS_1252_UPPER, ...runtime.slice(32)] : runtime;
}

function encodeAs(text: string, encoding: string): Uint8Array {
  const upper = upperHalfOf(encoding);
  return Uint8Array.from(Array.from(text), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return code;
    const index = upper.indexOf(character);
    if (index === -1) throw new Error(`${encoding} has no ${character}`);
    return 0x80 + index;
  });
}

/** Bytes that look random and are the same in every run. */
function noise(seed: number, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    createHash('sha256').update(`${seed}:${block}`).digest(),
  );
  return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
}

const ENGLISH = 'Requirements:\n- 5+ years of Python\n- SQL (joins, CTEs)\n';
const POLISH = [
  'Inżynier oprogramowania',
  '',
  'Wymagania: znajomość języka Python oraz bazy danych SQL, co najmniej dwa lata doświadczenia.',
  '- umiejętność pracy w zespole i chęć uczenia się nowych rzeczy',
  '- dobra znajomość języka angielskiego, gotowość do wyjazdów służbowych',
  'Mile widziane: Docker, wiedza o sieciach, łatwość pisania źródeł i testów.',
  'Oferujemy: pracę zdalną, prywatną opiekę medyczną, kartę sportową.',
].join('\n');
const RUSSIAN =
  'Требования: знание языка Python, опыт работы с базами данных от двух лет, умение работать в команде и учиться новому.';
const GERMAN =
  'Anforderungen: sehr gute Kenntnisse in Python, Erfahrung mit großen Datenmengen, Spaß am Lösen von Rätseln.';
const FRENCH =
  'Profil recherché : maîtrise de Python, première expérience réussie, goût pour les systèmes à grande échelle.';

describe('Unicode encodings', () => {
  test.each([
    ['UTF-8', utf8(POLISH), 'utf-8'],
    ['UTF-8 with a byte-order mark', withMark([0xef, 0xbb, 0xbf], utf8(POLISH)), 'utf-8'],
    ['UTF-16 LE with a mark', withMark([0xff, 0xfe], utf16le(POLISH)), 'utf-16le'],
    ['UTF-16 BE with a mark', withMark([0xfe, 0xff], utf16be(POLISH)), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16le(POLISH), 'utf-16le'],
    ['UTF-16 BE without a mark', utf16be(POLISH), 'utf-16be'],
  ])('%s gives the text without the mark', (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: POLISH, encoding });
  });

  test('a two-letter UTF-16 file without a mark is recognised', () => {
    expect(decodeText(utf16le('Go'))).toEqual({ text: 'Go', encoding: 'utf-16le' });
  });

  test('UTF-16 of another script needs a mark and is refused without one, not garbled', () => {
    expect(decodeText(withMark([0xff, 0xfe], utf16le(RUSSIAN)))).toEqual({ text: RUSSIAN, encoding: 'utf-16le' });
    expect(decodeText(utf16le(RUSSIAN))).toEqual({ failure: 'binary' });
  });

  test('any UTF-8 text that is not blank comes back as it was', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((value) => value.trim() !== '');
    fc.assert(
      fc.property(text, (value) => {
        expect(decodeText(utf8(value))).toEqual({ text: value, encoding: 'utf-8' });
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('legacy code pages', () => {
  test.each([
    ['windows-1250', POLISH],
    ['iso-8859-2', POLISH],
    ['windows-1251', RUSSIAN],
    ['windows-1252', GERMAN],
    ['windows-1252', FRENCH],
  ])('%s text is read letter by letter', (encoding, text) => {
    const decoded = decodeText(encodeAs(text, encoding));
    expect(decoded).toMatchObject({ text });
  });

  test('Polish typographic quotes and the dash of windows-1250 stay what they are', () => {
    const text = `${POLISH}\nSzukamy osoby – „inżyniera z pasją” – na pełny etat…`;
    expect(decodeText(encodeAs(text, 'windows-1250'))).toEqual({ text, encoding: 'windows-1250' });
  });

  test('typographic quotes, dashes and the euro sign of windows-1252 stay what they are', () => {
    const text =
      'You’ll earn €90k – “as a senior” – and more… Résumé to our café team in Zürich, please.\n- Python\n• SQL';
    expect(decodeText(encodeAs(text, 'windows-1252'))).toEqual({ text, encoding: 'windows-1252' });
  });

  test('one apostrophe of windows-1252 in plain English is an apostrophe', () => {
    const text = 'What you’ll need:\n- 5+ years of Python\n- Good communication skills and an eye for detail\n';
    expect(decodeText(encodeAs(text, 'windows-1252'))).toMatchObject({ text });
  });

  test('no printable text of windows-1252 decodes to control characters', () => {
    const decoded = decodeText(encodeAs(`${ENGLISH}‘a’ “b” • – — … € ™ Š š Œ œ Ž ž Ÿ`, 'windows-1252'));
    const text = 'text' in decoded ? decoded.text : '';
    expect(text).toContain('5+ years of Python');
    expect(Array.from(text).filter((character) => character >= '\u0080' && character <= '\u009f')).toEqual([]);
  });
});

describe('what is no ad', () => {
  test.each([
    ['no bytes', new Uint8Array(0)],
    ['a UTF-8 mark alone', Uint8Array.of(0xef, 0xbb, 0xbf)],
    ['a UTF-16 mark alone', Uint8Array.of(0xff, 0xfe)],
    ['blanks and newlines', utf8(' \t\r\n\n  ')],
    ['no-break spaces', utf8('\u00a0\u00a0\n')],
  ])('%s: empty', (_, bytes) => {
    expect(decodeText(bytes)).toEqual({ failure: 'empty' });
  });

  test.each([
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52)],
    ['an ELF program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0)],
    ['a ZIP or DOCX', Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0xdf, 0xa4)],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0)],
    ['text with one zero byte', utf8('Requirements:\0\n- Python and SQL, five years of it')],
    ['zero bytes', new Uint8Array(64)],
  ])('%s: binary', (_, bytes) => {
    expect(decodeText(bytes)).toEqual({ failure: 'binary' });
  });

  test('random bytes are binary, with and without zeros among them', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const bytes = noise(seed, 512);
      expect(decodeText(bytes)).toEqual({ failure: 'binary' });
      expect(decodeText(bytes.map((byte) => (byte === 0 ? 1 : byte)))).toEqual({ failure: 'binary' });
    }
  });

  test('a few stray control characters do not make a text binary', () => {
    const text = `${ENGLISH.repeat(10)}\u001b[0m\n`;
    expect(decodeText(utf8(text))).toEqual({ text, encoding: 'utf-8' });
  });

  test('the limit itself may be reached, one byte more may not', () => {
    const lines = new Uint8Array(MAX_AD_BYTES).fill(0x61).map((byte, index) => (index % 100 === 99 ? 0x0a : byte));
    expect(decodeText(lines)).toMatchObject({ encoding: 'utf-8' });
    expect(decodeText(new Uint8Array(MAX_AD_BYTES + 1).fill(0x61))).toEqual({ failure: 'too-large' });
  });

  test('a line that no person writes is refused', () => {
    expect(decodeText(new TextEncoder().encode(`- SQL${' '.repeat(20_000)}x`))).toEqual({ failure: 'line-too-long' });
  });

  test('a large binary file is too large before it is anything else', () => {
    expect(decodeText(new Uint8Array(MAX_AD_BYTES + 1))).toEqual({ failure: 'too-large' });
  });
});
