/** Single values that say the right thing in the wrong way. Each answers `undefined` when in doubt. */
import { plainName } from './aliases.ts';

const ABOUT = new Set(['about', 'approximately', 'approx', 'around', 'roughly', 'circa', 'ca', 'etwa', 'ungefahr']);
const MINUTES = new Set(['m', 'min', 'mins', 'minute', 'minutes', 'minuten', 'minut']);

const MAX_NUMBER_TEXT = 60;
const ONE_NUMBER = /^([^\d]*?)(-?\d{1,9}(?:\.\d{1,6})?)([^\d]*)$/u;

/** `"20"`, `"20 min"`, `"about 20 minutes"` → 20. Ranges, hours and `1_000` are not guessed. */
export function numberIn(text: string): number | undefined {
  const match = text.length > MAX_NUMBER_TEXT ? null : ONE_NUMBER.exec(text);
  if (match === null) return undefined;
  const isAbout = wordsOf(match[1] ?? '').every((word) => ABOUT.has(word));
  const isMinutes = wordsOf(match[3] ?? '').every((word) => MINUTES.has(word));
  return isAbout && isMinutes ? Number(match[2]) : undefined;
}

/** A word of signs stays what it is: without them it would be empty, and harmless. */
function wordsOf(text: string): string[] {
  const words = text.replace(/[~≈.()]/g, ' ').split(/\s+/);
  return words.filter((word) => word !== '').map((word) => (/^\p{L}+$/u.test(word) ? plainName(word) : word));
}

/** `"Must "` → `must` where that is one of the values. */
export function choiceIn(text: string, values: readonly string[]): string | undefined {
  if (text.length > 100) return undefined;
  const plain = plainName(text);
  const meant = values.filter((value) => plainName(value) === plain);
  return meant.length === 1 ? meant[0] : undefined;
}

const BULLET = /^\s*(?:[-*+•‣–—]|\d{1,3}[.)])\s+(.*\S)\s*$/;

/** A list that was written as one text: a line each, when every line has its mark. */
export function listIn(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const items = lines.flatMap((line) => BULLET.exec(line)?.[1] ?? []);
  return lines.length > 0 && items.length === lines.length ? items : [text];
}
