/** What a line of Markdown says of itself before its text: a label, a number, or nothing. */
import type { Piece } from './markdown-pieces.ts';

export interface Label {
  /** As written, without marks and number: `Task Name`, `Q`. */
  name: string;
  /** What follows it on its line, and where that begins in the source. */
  rest: string;
  restStart: number;
  /** Bold, a heading or a list item of its own, as against `name: text` in running text. */
  isMarked: boolean;
}

const BOLD = /^(\*\*|__|\*|_)(?=\S)([^*\n]{1,60}?)\s*([:：]?)\s*\1\s*([:：]|[-–—](?=\s))?[ \t]*/u;
const PLAIN = /^([\p{L}][\p{L}\p{N} _/&().'’-]{0,40}?)\s*[:：](?=\s|$)[ \t]*/u;
const NUMBER_BEFORE = /^(?:#?\d{1,3}\s*[.):]\s*)/;
const NUMBER_AFTER = /\s*[#(]?\d{1,3}[.)]?$/;

/** `**Answer:** text`, `Answer: text`, `**Answer**`, a heading `Answer`. */
export function labelOf(piece: Piece): Label | undefined {
  const { text, start } = piece;
  const skipped = NUMBER_BEFORE.exec(text)?.[0].length ?? 0;
  const body = text.slice(skipped);
  const bold = BOLD.exec(body);
  const isWhole = bold !== null && bold[0].length === body.length;
  if (bold !== null && (isWhole || bold[3] !== '' || bold[4] !== undefined)) {
    return makeLabel(bold[2] ?? '', body, bold[0].length, start + skipped, true);
  }
  const plain = PLAIN.exec(body);
  if (plain !== null)
    return makeLabel(plain[1] ?? '', body, plain[0].length, start + skipped, piece.kind === 'heading');
  return piece.kind === 'heading' ? makeLabel(body, body, body.length, start + skipped, true) : undefined;
}

function makeLabel(name: string, body: string, length: number, start: number, isMarked: boolean): Label {
  const plainName = name
    .replace(NUMBER_BEFORE, '')
    .replace(/[:：]\s*$/, '')
    .trim();
  const withoutNumber = plainName.replace(NUMBER_AFTER, '');
  return {
    name: withoutNumber === '' ? plainName : withoutNumber,
    rest: body.slice(length),
    restStart: start + length,
    isMarked,
  };
}

const NUMBERED =
  /^(?:\*\*|__)?\s*(?:(?:coding |technical |interview )?(?:task|question|exercise|problem|item|topic|challenge|scenario|prompt|frage|aufgabe|zadanie|pytanie)\s*#?|[qt#])?\s?\d{1,3}\s*(?:[.:)–—-]+|\s|$|(?=\*\*|__))\s*(?:\*\*|__)?[:\s]*/iu;

/** `Task 2: Fraud detection`, `**3. SQL**`: the title without its number, and where it begins. */
export function numberedTitle(piece: Piece): { text: string; start: number } | undefined {
  const mark = NUMBERED.exec(piece.text)?.[0];
  if (mark === undefined) return undefined;
  const title = piece.text
    .slice(mark.length)
    .replace(/(?:\*\*|__)\s*$/, '')
    .trim();
  return { text: title, start: piece.start + mark.length };
}

/** `**SQL joins**` → `SQL joins` */
export function withoutEmphasis(text: string): string {
  return /^(\*\*|__)([^*]+)\1[:.]?$/.exec(text.trim())?.[2]?.trim() ?? text.trim();
}
