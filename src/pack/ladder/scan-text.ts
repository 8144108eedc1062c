/**
 * One pass over a text for all that looking for empty talk needs: how many words it has, which runs
 * of words it shares with what was sent, how often it repeats a sentence. Works on numbers alone,
 * because it reads every word of every reply.
 */

/** What was sent: text that comes back word by word is no answer. */
export interface EchoSource {
  /** @param shingle the hash of eight words in a row. */
  has(shingle: number): boolean;
}

export interface TextScan {
  words: number;
  /** Runs of eight words, and how many of them were sent. */
  shingles: number;
  echoed: number;
  /** How often the most frequent sentence stands there; short ones do not count. */
  repeats: number;
}

const SHINGLE_WORDS = 8;
/** Shorter sentences may well come twice: "It depends." */
const MIN_SENTENCE = 20;
/** Of the rolling hash; the oldest word of eight carries its seventh power. */
const BASE = 1_000_003;
const OLDEST = Array.from({ length: SHINGLE_WORDS - 1 }, () => BASE).reduce((power, base) => Math.imul(power, base), 1);

/** @param sent texts of the request, such as the ad and the instructions. */
export function echoSource(sent: readonly string[]): EchoSource {
  const known = new Set<number>();
  for (const text of sent) scan(text, (shingle) => known.add(shingle));
  return known;
}

export function scanText(text: string, echoes: EchoSource): TextScan {
  let shingles = 0;
  let echoed = 0;
  const { words, repeats } = scan(text, (shingle) => {
    shingles += 1;
    if (echoes.has(shingle)) echoed += 1;
  });
  return { words, shingles, echoed, repeats };
}

/** Rabin–Karp over words; a chance hit is one in some thousand million. */
function scan(text: string, onShingle: (shingle: number) => void): { words: number; repeats: number } {
  const ring = new Int32Array(SHINGLE_WORDS);
  const sentences = new Map<number, number>();
  let words = 0;
  let shingle = 0;
  let word = 0;
  let sentence = 0;
  let sentenceLength = 0;
  let repeats = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
    // Beyond ASCII nearly everything that stands in a text is a letter.
    const letter = code < 128 ? (LETTERS[code] ?? 0) : code > 191 ? code : 0;
    if (letter !== 0) {
      word = (Math.imul(word, 31) + letter) | 0;
      sentenceLength += 1;
      continue;
    }
    if (word !== 0) {
      const slot = words % SHINGLE_WORDS;
      shingle = (Math.imul(shingle - Math.imul(ring[slot] ?? 0, OLDEST), BASE) + word) | 0;
      ring[slot] = word;
      words += 1;
      sentence = (Math.imul(sentence, BASE) + word) | 0;
      word = 0;
      if (words >= SHINGLE_WORDS) onShingle(shingle);
    }
    if (!endsSentence(code)) continue;
    if (sentenceLength >= MIN_SENTENCE) {
      const count = (sentences.get(sentence) ?? 0) + 1;
      sentences.set(sentence, count);
      repeats = Math.max(repeats, count);
    }
    sentence = 0;
    sentenceLength = 0;
  }
  return { words, repeats };
}

const NEWLINE = 10;

/** A code of its own for each letter or digit of ASCII, the same for capitals; 0 for everything between words. */
const LETTERS = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/i.test(String.fromCharCode(code)) ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : 0,
);

/** `.`, `!`, `?` and the end of a line. */
function endsSentence(code: number): boolean {
  return code === 46 || code === 33 || code === 63 || code === NEWLINE;
}
