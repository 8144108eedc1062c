/**
 * Undoes "mojibake": UTF-8 bytes that somebody once read as Mac Roman or Windows-1252, so that
 * ’ became ‚Äô or â€™. Works sequence by sequence, because damaged and healthy characters stand
 * side by side in one text, and only believes a repair that gives a character ads really use.
 */

type Inverse = ReadonlyMap<string, number>;

/** character → byte, for the upper half of a single-byte code page. */
function inverseOf(encoding: string): Inverse {
  const decoder = new TextDecoder(encoding);
  const inverse = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte += 1) inverse.set(decoder.decode(Uint8Array.of(byte)), byte);
  return inverse;
}

let tables: Inverse[] | undefined;

/** Mac Roman first: none of its lead characters starts a plausible Windows-1252 sequence. */
function codePages(): Inverse[] {
  tables ??= [inverseOf('macintosh'), inverseOf('windows-1252')];
  return tables;
}

export interface Repair {
  text: string;
  /** Runs of damaged characters that were mended. */
  repairedRuns: number;
}

const MAX_ROUNDS = 3;

/** Text that was damaged twice is mended twice; healthy text comes back as it is. */
export function repairEncoding(text: string): Repair {
  let repaired: Repair = { text, repairedRuns: 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = repairOnce(repaired.text);
    if (next.repairedRuns === 0) break;
    repaired = { text: next.text, repairedRuns: Math.max(repaired.repairedRuns, next.repairedRuns) };
  }
  return repaired;
}

function repairOnce(text: string): Repair {
  // oxlint-disable-next-line no-control-regex -- C1 controls are what undefined bytes decode to
  const runs = /[\u0080-\u{10ffff}]{2,}/gu;
  let repairedRuns = 0;
  const repaired = text.replace(runs, (run) => {
    for (const page of codePages()) {
      const mended = repairRun(Array.from(run), page);
      if (mended !== undefined) {
        repairedRuns += 1;
        return mended;
      }
    }
    return run;
  });
  return { text: repaired, repairedRuns };
}

/** The run with every damaged sequence mended, or `undefined` when there is none to believe. */
function repairRun(characters: string[], page: Inverse): string | undefined {
  let out = '';
  let index = 0;
  let foreign = 0;
  let sequences = 0;
  while (index < characters.length) {
    const sequence = sequenceAt(characters, index, page);
    if (sequence === undefined) {
      out += characters[index];
      index += 1;
      continue;
    }
    out += sequence.character;
    index += sequence.length;
    sequences += 1;
    if (!isCommon(sequence.character)) foreign += 1;
  }
  // One odd character may be a coincidence of healthy ones (“é reads as a Cyrillic letter);
  // a whole run of them is a text in another script.
  const isBelievable = sequences > 0 && (foreign === 0 || (foreign === sequences && sequences >= 3));
  return isBelievable ? out : undefined;
}

function sequenceAt(
  characters: string[],
  start: number,
  page: Inverse,
): { character: string; length: number } | undefined {
  const lead = page.get(characters[start] ?? '');
  const length = lead === undefined ? 0 : sequenceLength(lead);
  if (lead === undefined || length === 0) return undefined;
  const bytes = [lead];
  for (let offset = 1; offset < length; offset += 1) {
    const byte = page.get(characters[start + offset] ?? '');
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

/** Latin letters and signs, typographic punctuation, currency, arrows, emoji. */
function isCommon(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code >= 0xa0 && code <= 0x17f) ||
    (code >= 0x218 && code <= 0x21b) ||
    (code >= 0x2000 && code <= 0x27bf) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0x1f000 && code <= 0x1faff)
  );
}
