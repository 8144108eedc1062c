/** Words that mean a value without quotation marks: those of JSON, and what Python and JavaScript print. */
import { leafOf, type Gap, type Leaf } from './tree.ts';

/** RFC 8259, section 6. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const PYTHON_WORDS = /^(?:True|False|None)$/;
const NO_NUMBERS = /^(?:NaN|undefined|[+-]?Infinity)$/;
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** @returns `undefined` for a word that is none of them; `1_000` is one of those. */
export function meaningOf(word: string): Leaf | Gap | undefined {
  if (JSON_NUMBER.test(word)) return leafOf(Number(word));
  const known = WORDS.get(word);
  if (known !== undefined) return leafOf(known, PYTHON_WORDS.test(word) ? [`read ${word} as JSON`] : []);
  if (NO_NUMBERS.test(word)) return { kind: 'gap', isCut: false, notes: [`${word} is no value and was left out`] };
  return undefined;
}
