/**
 * Quoted text in near-JSON. In strict JSON the first bare quote ends it; here a bare quote may also
 * be one that should have been escaped, and only what follows it tells which.
 */
export type TextReading =
  | { kind: 'text'; text: string; end: number; notes: string[] }
  /** The source ended inside it. */
  | { kind: 'cut' }
  /** Where it ends cannot be told. */
  | { kind: 'unclear'; end: number; why: string };

/** Opening quotes with what may close them; whoever types “ may still close with ". */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”“"',
  '”': '”"',
  '„': '“”"',
  '«': '»',
  '‘': "’'",
  '’': "’'",
};

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

export function isQuote(character: string | undefined): boolean {
  return character !== undefined && character in CLOSERS;
}

/** `key`: ends before a colon; `member`, `element`: a value in a group or a list. */
export type TextPlace = 'key' | 'member' | 'element';

/** Reads the text whose opening quote stands at `start`; every character is looked at once. */
export function readText(source: string, start: number, place: TextPlace): TextReading {
  const opener = source[start] ?? '';
  const closers = CLOSERS[opener] ?? opener;
  const notes = new Set<string>();
  if (opener !== '"') notes.add(`read ${opener} as a quotation mark`);
  const bare: BareQuotes = { count: 0, isSuspect: false };
  let text = '';
  let copied = start + 1;
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === '\\') {
      text += source.slice(copied, at);
      const escape = readEscape(source, at);
      if (escape === undefined) return { kind: 'cut' };
      if (escape.note !== undefined) notes.add(escape.note);
      text += escape.text;
      at = escape.end - 1;
      copied = escape.end;
    } else if (closers.includes(character)) {
      const verdict = judgeQuote(source, at, place);
      if (verdict === 'end') return endOf(text + source.slice(copied, at), at + 1, bare, notes);
      if (verdict === 'unclear') return { kind: 'unclear', end: at, why: 'a quotation mark in it is not escaped' };
      countBare(source, at, bare);
    } else if (character < ' ') notes.add('kept line breaks and tabs that were not escaped');
  }
  return isStray(source, start)
    ? { kind: 'unclear', end: source.length, why: 'a stray quotation mark stands' }
    : { kind: 'cut' };
}

/** An opening ' or “ that never ends and runs over members in double quotes was none. */
function isStray(source: string, start: number): boolean {
  return source[start] !== '"' && /[\w)]"\s{0,40}:\s{0,40}["{[\d]/.test(source.slice(start));
}

interface BareQuotes {
  count: number;
  /** One of them stands where the next value would begin: a closing quote may be missing. */
  isSuspect: boolean;
}

function countBare(source: string, at: number, bare: BareQuotes): void {
  bare.count += 1;
  let before = at - 1;
  while (before > at - LOOK_BACK && ' \n\r\t'.includes(source[before] ?? '')) before -= 1;
  if (',:[{'.includes(source[before] ?? ' ')) bare.isSuspect = true;
}

const LOOK_BACK = 40;

function endOf(text: string, end: number, bare: BareQuotes, notes: Set<string>): TextReading {
  if (bare.isSuspect && bare.count % 2 === 1)
    return { kind: 'unclear', end, why: 'a quotation mark seems to be missing' };
  if (bare.count > 0) notes.add('kept quotation marks inside the text that were not escaped');
  return { kind: 'text', text, end, notes: [...notes] };
}

function readEscape(source: string, at: number): { text: string; end: number; note?: string } | undefined {
  const letter = source[at + 1];
  if (letter === undefined) return undefined;
  const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
  if (simple !== undefined) return { text: simple, end: at + 2 };
  if (letter === "'") return { text: "'", end: at + 2, note: String.raw`read \' as '` };
  if (letter === 'u') {
    const digits = source.slice(at + 2, at + 6);
    if (/^[\da-f]{4}$/i.test(digits)) return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
    if (at + 6 > source.length) return undefined;
  }
  return { text: `\\${letter}`, end: at + 2, note: 'kept backslashes that escape nothing' };
}

/** How far the look beyond a quote goes in search of a name or past a comment. */
const LOOK_AHEAD = 200;
const COMMENT = /^(?:\/\/[^\n]*\n|\/\*[^]*?\*\/)\s*/;
const NAME_AND_COLON = /^["'“‘][^"'“”‘’\n:]{1,60}["'”’]\s{0,40}:/;

function judgeQuote(source: string, at: number, place: TextPlace): 'end' | 'inner' | 'unclear' {
  const next = afterComment(source, afterBlanks(source, at + 1));
  const sign = source[next];
  if (place === 'key') return sign === ':' || sign === undefined ? 'end' : 'unclear';
  if (sign === undefined || ',}]'.includes(sign)) return 'end';
  if (sign === ':') return 'unclear';
  if (sign === '`' || sign === '~') return FENCE.test(source.slice(next, next + 3)) ? 'end' : 'inner';
  if (!isQuote(sign)) return 'inner';
  if (place === 'member') return NAME_AND_COLON.test(source.slice(next, next + LOOK_AHEAD)) ? 'end' : 'inner';
  return source.slice(at + 1, next).includes('\n') ? 'end' : 'inner';
}

function afterComment(source: string, at: number): number {
  if (source[at] !== '/') return at;
  const comment = COMMENT.exec(source.slice(at, at + LOOK_AHEAD))?.[0];
  return at + (comment?.length ?? 0);
}

const FENCE = /^(?:```|~~~)/;

/** The first place from `at` on that is not blank. */
export function afterBlanks(source: string, at: number): number {
  let place = at;
  while (isBlank(source.charCodeAt(place))) place += 1;
  return place;
}

/** What `\s` matches among the characters that models put between tokens. */
function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff || code === 0x200b;
}
