import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairEncoding } from './repair-encoding.ts';

/** Windows-1252 from the standard's table and not from the runtime: runtimes have had it wrong. */
const WINDOWS_1252_UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

type Page = 'macintosh' | 'windows-1252';
const PAGES: Page[] = ['macintosh', 'windows-1252'];

function upperHalfOf(page: Page): string[] {
  const decoder = new TextDecoder(page);
  const runtime = Array.from({ length: 128 }, (_, index) => decoder.decode(Uint8Array.of(0x80 + index)));
  return page === 'windows-1252' ? [...WINDOWS_1252_UPPER, ...runtime.slice(32)] : runtime;
}

const UPPER: Record<Page, string[]> = {
  macintosh: upperHalfOf('macintosh'),
  'windows-1252': upperHalfOf('windows-1252'),
};

/** UTF-8 bytes read as if they were one character each. */
function misread(text: string, page: Page): string {
  return Array.from(new TextEncoder().encode(text), (byte) =>
    byte < 0x80 ? String.fromCodePoint(byte) : (UPPER[page][byte - 0x80] ?? ''),
  ).join('');
}

describe('damage as people know it', () => {
  test.each([
    ['‚Äô', '’'],
    ['‚Äú', '“'],
    ['‚Äù', '”'],
    ['‚Äì', '–'],
    ['‚Ñ¢', '™'],
    ['√≥', 'ó'],
    ['√©', 'é'],
    ['≈Ç', 'ł'],
    ['\uf8ffüöÄ', '🚀'],
  ])('Mac Roman %s is %s', (damaged, healthy) => {
    expect(repairEncoding(damaged)).toEqual({ text: healthy, repairedRuns: 1 });
  });

  test.each([
    ['â€™', '’'],
    ['â€œ', '“'],
    ['â€\u009d', '”'],
    ['â€“', '–'],
    ['â„¢', '™'],
    ['Ã³', 'ó'],
    ['Ã©', 'é'],
    ['Å‚', 'ł'],
    ['ðŸš€', '🚀'],
    ['È™', 'ș'],
  ])('Windows-1252 %s is %s', (damaged, healthy) => {
    expect(repairEncoding(damaged)).toEqual({ text: healthy, repairedRuns: 1 });
  });

  test('a sentence keeps everything but the damage', () => {
    expect(repairEncoding('You‚Äôll love it: caf√© culture ‚Äì 5+ years.').text).toBe(
      'You’ll love it: café culture – 5+ years.',
    );
    expect(repairEncoding('Youâ€™ll love it: cafÃ© culture â€“ 5+ years.').text).toBe(
      'You’ll love it: café culture – 5+ years.',
    );
  });

  test('every run is counted once', () => {
    expect(repairEncoding('don‚Äôt, can‚Äôt, won‚Äôt').repairedRuns).toBe(3);
  });

  test('a word of another script is mended when the whole of it is damaged', () => {
    for (const page of PAGES) {
      expect(repairEncoding(misread('Требования: навыки', page)).text).toBe('Требования: навыки');
    }
  });
});

describe('healthy and damaged side by side', () => {
  test.each([
    ['a healthy quote before a damaged letter', '“√©tat', '“état'],
    ['a healthy letter before a damaged quote', 'caf√© and café‚Äù', 'café and café”'],
    ['a healthy apostrophe before a damaged letter', 'l’Ã©tat', 'l’état'],
    ['two damaged characters without a gap', '‚Äú√©tat‚Äù', '“état”'],
    ['a healthy quote and letter before damage', '“é‚Äô', '“é’'],
    ['a healthy ellipsis and letter before damage', '…à‚Äù', '…à”'],
    ['an emoji beside damage', '🚀‚Äô', '🚀’'],
  ])('%s', (_, mixed, healthy) => {
    expect(repairEncoding(mixed).text).toBe(healthy);
  });
});

describe('healthy text stays as it is', () => {
  test.each([
    '“état, «à», …',
    '…à bientôt, “école”, ‘été’, l’été – déjà…',
    'Étudiant·e, « développeur », naïve, œuvre, garçon, où ? « Ça »',
    '„Wymagania”: znajomość języka – żółć, „łatwość”, „ósmy”, …ówczesny',
    '„Übung“, ‚ähnlich‘, Größe, »öffentlich«, »ändern«, »über«',
    'Año nuevo, ¿qué?, ¡Ánimo!, «él»',
    'Café™, Zürich®, 5 ± 2 µm, 20 °C, ½, “é”',
    'Příliš žluťoučký kůň úpěl ďábelské ódy',
    'Знание «Питона» – обязательно…',
    'Γνώση της Python – “άριστη”',
    '要求：精通“Python”',
    '👩‍💻 🚀✨🎉 ✅ ❤️',
  ])('%s', (text) => {
    expect(repairEncoding(text)).toEqual({ text, repairedRuns: 0 });
  });

  const ALPHABETS: { letters: string; quotes: [string, string][] }[] = [
    {
      letters: 'abcdefghijklmnopqrstuvwxyzàâçéèêëîïôöùûüœ',
      quotes: [
        ['«\u00a0', '\u00a0»'],
        ['“', '”'],
        ['«', '»'],
      ],
    },
    {
      letters: 'abcdefghijklmnopqrstuvwxyząćęłńóśźż',
      quotes: [
        ['„', '”'],
        ['«', '»'],
      ],
    },
    {
      letters: 'abcdefghijklmnopqrstuvwxyzäöüß',
      quotes: [
        ['„', '“'],
        ['»', '«'],
        ['‚', '‘'],
      ],
    },
    {
      letters: 'abcdefghijklmnopqrstuvwxyzáéíóúñü',
      quotes: [
        ['«', '»'],
        ['“', '”'],
        ['¿', '?'],
        ['¡', '!'],
      ],
    },
    {
      letters: 'aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž',
      quotes: [
        ['„', '“'],
        ['»', '«'],
      ],
    },
    {
      letters: 'aăâbcdefghiîjklmnopqrsștțuvwxyz',
      quotes: [
        ['„', '”'],
        ['«', '»'],
      ],
    },
    {
      letters: 'abcdefghijklmnopqrstuvwxyzåäöæø',
      quotes: [
        ['”', '”'],
        ['»', '»'],
        ['«', '»'],
      ],
    },
    {
      letters: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
      quotes: [
        ['«', '»'],
        ['„', '“'],
      ],
    },
    { letters: 'αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ', quotes: [['«', '»']] },
  ];

  test.each(ALPHABETS)('any words of $letters', ({ letters, quotes }) => {
    const letter = fc.constantFrom(...letters);
    const plain = fc.constantFrom(...letters.slice(0, 1), ...(letters.startsWith('a') ? 'deimnorst' : letters));
    const word = fc
      .tuple(letter, plain, fc.string({ unit: letter, maxLength: 6 }), plain)
      .map((parts) => parts.join(''));
    const piece = fc
      .tuple(
        word,
        fc.constantFrom<[string, string]>(['', ''], ['', ''], ...quotes),
        fc.constantFrom('', ',', '…', ' –', '’s', '™', '!'),
      )
      .map(([body, [open, close], tail]) => `${open}${body}${close}${tail}`);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        expect(repairEncoding(text)).toEqual({ text, repairedRuns: 0 });
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('round trips', () => {
  const common = fc.string({
    unit: fc.constantFrom(...Array.from('abc XYZ 019 ,.;:!?()-\n’‘“”–—…•™€éèàçüöäßóąćęłńśźżñíÉŁŚ🚀✅→')),
    maxLength: 60,
  });

  test.each(PAGES)('common characters misread as %s come back', (page) => {
    fc.assert(
      fc.property(common, (text) => {
        expect(repairEncoding(misread(text, page)).text).toBe(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test.each([
    ['macintosh', 'macintosh'],
    ['windows-1252', 'windows-1252'],
    ['windows-1252', 'macintosh'],
    ['macintosh', 'windows-1252'],
  ] satisfies [Page, Page][])('damage by %s and then by %s is undone', (first, second) => {
    fc.assert(
      fc.property(common, (text) => {
        expect(repairEncoding(misread(misread(text, first), second)).text).toBe(text);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('repairing what was repaired changes nothing', () => {
    const once = repairEncoding(misread('“Łódź” – l’été, naïve 🚀', 'macintosh')).text;
    expect(repairEncoding(once)).toEqual({ text: once, repairedRuns: 0 });
  });
});
