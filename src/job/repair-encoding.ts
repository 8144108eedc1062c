/**
 * Undoes "mojibake": UTF-8 bytes that somebody once read as Mac Roman or Windows-1252, so that
 * ’ became ‚Äô or â€™. Works sequence by sequence, because damaged and healthy characters stand
 * side by side in one text, and only believes a repair that gives a character ads really use.
 */

import iconv from 'iconv-lite';

/** A single-byte code page, upper half, read backwards. */
interface CodePage {
  name: 'macintosh' | 'windows-1252';
  byteOf: ReadonlyMap<string, number>;
}

/** Characters that other tables put at the same byte. */
const VARIANTS: Record<CodePage['name'], readonly (readonly [string, number])[]> = {
  macintosh: [
    ['\uf8ff', 0xf0],
    ['\u2126', 0xbd],
    ['\u03a9', 0xbd],
    ['\u00a4', 0xdb],
    ['\u20ac', 0xdb],
  ],
  // Bytes that the page leaves undefined are passed through as control characters by browsers.
  'windows-1252': Array.from(
    { length: 0x20 },
    (_, index) => [String.fromCodePoint(0x80 + index), 0x80 + index] as const,
  ),
};

function readBackwards(name: CodePage['name']): CodePage {
  const byteOf = new Map<string, number>(VARIANTS[name]);
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    const character = iconv.decode(Buffer.of(byte), name);
    if (character !== '\ufffd' && character !== '?') byteOf.set(character, byte);
  }
  return { name, byteOf };
}

let codePages: CodePage[] | undefined;

export interface Repair {
  text: string;
  /** Runs of damaged characters that were mended. */
  repairedRuns: number;
}

const MAX_ROUNDS = 3;

/** Text that was damaged twice is mended twice; healthy text comes back as it is. */
export function repairEncoding(text: string): Repair {
  codePages ??= [readBackwards('macintosh'), readBackwards('windows-1252')];
  let repaired: Repair = { text, repairedRuns: 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = repairOnce(repaired.text, codePages);
    if (next.repairedRuns === 0) break;
    repaired = { text: next.text, repairedRuns: Math.max(repaired.repairedRuns, next.repairedRuns) };
  }
  return repaired;
}

function repairOnce(text: string, pages: readonly CodePage[]): Repair {
  // oxlint-disable-next-line no-control-regex -- C1 controls are what undefined bytes decode to
  const runs = /[\u0080-\u{10ffff}]{2,}/gu;
  let repairedRuns = 0;
  const repaired = text.replace(runs, (run) => {
    const characters = Array.from(run);
    const readings = pages.map((page) => readRun(characters, page, pages));
    // The page that explains more of the run is the one it was misread with.
    const best = readings.reduce((one, other) => (other.explained > one.explained ? other : one));
    if (best.explained === 0) return run;
    repairedRuns += 1;
    return best.text;
  });
  return { text: repaired, repairedRuns };
}

interface Chain {
  text: string;
  /** Characters that it takes up. */
  length: number;
  isForeign: boolean;
}

interface Reading {
  text: string;
  /** Characters that turned out to be bytes of others; twice where they give common ones. */
  explained: number;
}

/** From how many on a chain of sequences in another script is a text and no coincidence. */
const MIN_FOREIGN_CHAIN = 3;

function readRun(characters: readonly string[], page: CodePage, pages: readonly CodePage[]): Reading {
  const reading: Reading = { text: '', explained: 0 };
  let index = 0;
  while (index < characters.length) {
    const chain = chainAt(characters, index, page, pages);
    if (chain === undefined) {
      reading.text += characters[index];
      index += 1;
      continue;
    }
    reading.text += chain.text;
    reading.explained += chain.isForeign ? chain.length : 2 * chain.length;
    index += chain.length;
  }
  return reading;
}

/**
 * The sequences from `start` on that can be believed: one that gives a common character, or
 * several in a row that give letters of another script. A single odd one may be a coincidence of
 * healthy characters: “é reads as a Cyrillic letter.
 */
function chainAt(
  characters: readonly string[],
  start: number,
  page: CodePage,
  pages: readonly CodePage[],
): Chain | undefined {
  let text = '';
  let length = 0;
  for (let count = 1; ; count += 1) {
    const sequence = sequenceAt(characters, start + length, page);
    if (sequence === undefined) return count > MIN_FOREIGN_CHAIN ? { text, length, isForeign: true } : undefined;
    text += sequence.character;
    length += sequence.length;
    if (count === 1 && isCommon(sequence.character, page, pages)) return { text, length, isForeign: false };
  }
}

function sequenceAt(
  characters: readonly string[],
  start: number,
  page: CodePage,
): { character: string; length: number } | undefined {
  const lead = page.byteOf.get(characters[start] ?? '');
  const length = lead === undefined ? 0 : sequenceLength(lead);
  if (lead === undefined || length === 0) return undefined;
  const bytes = [lead];
  for (let offset = 1; offset < length; offset += 1) {
    const byte = page.byteOf.get(characters[start + offset] ?? '');
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return undefined;
    bytes.push(byte);
  }
  try {
    return { character: new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)), length };
  } catch {
    return undefined; // overlong forms and surrogates are not UTF-8
  }
}

/** Bytes of a UTF-8 sequence by its lead byte (RFC 3629, section 4); 0 when it leads none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/**
 * Latin letters and signs, typographic punctuation, currency, arrows, emoji; and whatever stands in
 * one of the pages, which is what a text that was damaged twice looks like after one repair.
 */
function isCommon(character: string, page: CodePage, pages: readonly CodePage[]): boolean {
  const code = character.codePointAt(0) ?? 0;
  // »ö reads as Ț under Mac Roman and is healthy German.
  if (code >= 0x218 && code <= 0x21b) return page.name === 'windows-1252';
  return (
    (code >= 0x80 && code <= 0x17f) ||
    (code >= 0x2000 && code <= 0x27bf) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0x1f000 && code <= 0x1faff) ||
    pages.some(({ byteOf }) => byteOf.has(character))
  );
}
