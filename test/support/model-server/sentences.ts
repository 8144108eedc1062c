/** Sentences on technical matters that read like somebody's and mean nothing: seeded, never twice the same. */
import { hashText, pick, seededRandom } from './random.ts';

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}

const NOUNS = words(`
  index queue cache worker replica schema partition scheduler checkpoint ledger
  gateway pipeline snapshot consumer deadline histogram migration buffer session cursor
  manifest router registry timeout transaction dashboard backlog endpoint parser batch
`);
const ADJECTIVES = words(`
  stale idempotent bounded skewed nightly ordered shared cold narrow versioned
  partial durable noisy lazy concurrent sampled remote retried typed saturated
`);
const VERBS = words(`
  measures drains rebuilds guards replays narrows reconciles compacts throttles profiles
  isolates validates records splits merges audits warms reorders bounds traces
`);
const REASONS = [
  'since the cost shows up only under load',
  'before anybody trusts the number',
  'because nobody notices a silent failure',
  'so that a second run changes nothing',
  'while the old path still answers',
  'as the median hides what users feel',
  'until two releases agree on it',
  'and writes down what was ruled out',
];

type Word = (choices: readonly string[]) => string;

/** Names what the text is about. */
function opening(about: string, word: Word): string {
  return `With ${about}, the ${word(ADJECTIVES)} ${word(NOUNS)} ${word(VERBS)} the ${word(NOUNS)} ${word(REASONS)}.`;
}

const PATTERNS: readonly ((word: Word) => string)[] = [
  (word) =>
    `One ${word(ADJECTIVES)} ${word(NOUNS)} ${word(VERBS)} each ${word(NOUNS)}, and the ${word(NOUNS)} ${word(VERBS)} the rest.`,
  (word) =>
    `First one team ${word(VERBS)} the ${word(ADJECTIVES)} ${word(NOUNS)}, then it ${word(VERBS)} the ${word(NOUNS)} ${word(REASONS)}.`,
  (word) =>
    `Where the ${word(NOUNS)} is ${word(ADJECTIVES)}, some ${word(ADJECTIVES)} ${word(NOUNS)} ${word(VERBS)} it ${word(REASONS)}.`,
];

const POOL_SIZE = 4096;
let pool: readonly string[] = [];

/** All but the first sentence of a text are taken ready-made: a busy server writes thousands of texts a second. */
function readySentences(): readonly string[] {
  if (pool.length > 0) return pool;
  const random = seededRandom(POOL_SIZE);
  const word: Word = (choices) => pick(random, choices);
  pool = Array.from({ length: POOL_SIZE }, () => pick(random, PATTERNS)(word));
  return pool;
}

export interface Length {
  chars: number;
  words?: number;
}

/**
 * Whole sentences until both lengths are reached.
 * @param about of which four words stand in the first sentence: more would be an echo of the prompt.
 */
export function writeText(seed: string, about: string, { chars, words: count = 0 }: Length): string {
  const random = seededRandom(hashText(seed));
  const word: Word = (choices) => pick(random, choices);
  const subject = firstWords(about) || `some ${word(ADJECTIVES)} ${word(NOUNS)}`;
  const isShort = (text: string) => text.length < chars || (count > 0 && words(text).length < count);
  let text = opening(subject, word);
  while (isShort(text)) text += ` ${pick(random, readySentences())}`;
  return text;
}

/** One line of 60 to 90 characters. */
export function writeName(seed: string, about: string): string {
  let name = '';
  for (const word of words(writeText(seed, about, { chars: 120 })))
    if (name.length <= 60) name += name === '' ? word : ` ${word}`;
  return `${name.replace(/[.,]$/, '')}.`;
}

export function writeTopic(seed: string): string {
  const random = seededRandom(hashText(seed));
  return `${pick(random, ADJECTIVES)} ${pick(random, NOUNS)} ${pick(random, NOUNS)}`;
}

function firstWords(text: string): string {
  return (text.match(/[\p{L}\p{N}+#]+/gu) ?? []).slice(0, 4).join(' ').slice(0, 60);
}
