import { expect, test } from 'vitest';
import { makePack, packRequirement } from '../../../test/support/packs.ts';
import { checkQuoteFidelity } from './quote-fidelity.ts';

const AD = 'Requirements:\n- Five years of Python (3.10+), e.g. FastAPI\n- SQL – “window functions”\n- C++ & Rust\n';

function findings(quotes: readonly string[], adText: string | undefined) {
  const requirements = quotes.map((quote, index) => packRequirement({ id: `line-${index}`, quote }));
  return checkQuoteFidelity({ pack: makePack({ requirements }), adText, files: [] });
}

test.each([
  ['a whole line', 'Five years of Python (3.10+), e.g. FastAPI'],
  ['a part of a line', 'Five years of Python'],
  ['a line with signs that mean something elsewhere', 'SQL – “window functions”'],
  ['signs of a pattern', '(3.10+)'],
])('passes %s', (_, quote) => {
  expect(findings([quote], AD)).toEqual([]);
});

test.each([
  ['another word', 'Six years of Python'],
  ['another case', 'five years of python'],
  ['straight quotation marks', 'SQL – "window functions"'],
  ['a hyphen instead of a dash', 'SQL - “window functions”'],
  ['two lines as one', 'FastAPI SQL'],
  ['HTML instead of the sign', 'C++ &amp; Rust'],
])('catches a quote with %s', (_, quote) => {
  expect(findings(['SQL', quote, 'Rust'], AD)).toEqual([
    {
      code: 'quote-fidelity',
      severity: 'error',
      path: 'requirements[1].quote',
      message: `expected exact words of jobs/acme.txt, found ${JSON.stringify(quote)}`,
      remedy: 'Make the pack anew: the ad has changed, or the quote was edited.',
    },
  ]);
});

test('catches each of several', () => {
  expect(findings(['one', 'SQL', 'two', 'three'], AD).map(({ path }) => path)).toEqual([
    'requirements[0].quote',
    'requirements[2].quote',
    'requirements[3].quote',
  ]);
});

test('cannot say anything when the ad is gone', () => {
  expect(findings(['anything at all'], undefined)).toEqual([]);
});
