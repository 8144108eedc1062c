/** What a machine can tell about the text of the bank; each finding names the entry it is about. */
import type { Bank } from '../../src/bank/load.ts';
import { codeBlocks, type CodeBlock } from './code-blocks.ts';

const WORDS = { min: 90, max: 260 };
/** Two questions that share so much of their words ask the same thing. */
const MAX_LIKENESS = 0.5;

export interface EntryFinding {
  id: string;
  message: string;
}

const FORBIDDEN: [RegExp, string][] = [
  [/\b(I|I'm|I've|I'd|my|me|we|we're|our|us)\b/, 'first person'],
  [
    /\b(it is (important|worth) (to note|noting)|in today's|delve|leverag(e|es|ing)|crucial|plays a (vital|key) role|robust and scalable|game.changer|seamless(ly)?|in conclusion|furthermore|moreover)\b/i,
    'filler',
  ],
  [/\banswer to question\b/i, 'leftover of a transcript'],
  [/\b(lorem ipsum|TODO|TBD|FIXME|placeholder text)\b/, 'placeholder'],
  [/[‚Ä√Ã]\S|\uFFFD/, 'damaged text'],
];

/** Everything but the running of code. */
export function checkText(bank: Bank): EntryFinding[] {
  const findings: EntryFinding[] = [];
  const forbid = (id: string, ...texts: string[]) => {
    for (const [pattern, name] of FORBIDDEN) {
      const hit = pattern.exec(withoutQuotations(texts.join('\n')));
      if (hit) findings.push({ id, message: `${name}: "${hit[0]}"` });
    }
  };
  for (const entry of bank.questions) {
    forbid(entry.id, entry.question, entry.why, entry.spoken, entry.answer, entry.mistake, ...Object.values(entry.rubric), ...entry.followUps.flatMap((one) => [one.question, one.answer]));
    const words = proseWords(entry.answer);
    if (words < WORDS.min || words > WORDS.max) findings.push({ id: entry.id, message: `answer of ${words} words, expected ${WORDS.min} to ${WORDS.max} outside code` });
    if (!/\d|```/.test(entry.answer)) findings.push({ id: entry.id, message: 'answer without a number or code' });
  }
  for (const entry of bank.tasks) {
    forbid(entry.id, entry.name, entry.objective, entry.problemStatement, ...entry.requirements, ...entry.deliverables, ...Object.values(entry.rubric), ...entry.hints);
  }
  for (const entry of bank.prompts) forbid(entry.id, entry.intent);
  for (const entry of bank.examples) forbid(entry.id, entry.situation, entry.task, entry.action, entry.result, entry.lesson);
  return [...findings, ...repeatedQuestions(bank)];
}

/** Every code block with the entry it stands in. */
export function blocksOf(bank: Bank): { id: string; block: CodeBlock }[] {
  return [
    ...bank.questions.flatMap((entry) => codeBlocks(entry.answer).map((block) => ({ id: entry.id, block }))),
    ...bank.tasks.flatMap((entry) => codeBlocks(entry.problemStatement).map((block) => ({ id: entry.id, block }))),
  ];
}

/** Every claim with the entry it stands in, as a program that fails when the claim does not hold. */
export function claimsOf(bank: Bank): { id: string; says: string; block: CodeBlock }[] {
  return bank.questions.flatMap((entry) =>
    entry.claims.map(({ says, python }) => ({
      id: entry.id,
      says,
      block: { language: 'python', needs: [], code: python },
    })),
  );
}

function repeatedQuestions(bank: Bank): EntryFinding[] {
  const findings: EntryFinding[] = [];
  const sets = bank.questions.map((entry) => ({ id: entry.id, words: contentWords(entry.question) }));
  for (const [index, one] of sets.entries()) {
    for (const other of sets.slice(index + 1)) {
      const likeness = jaccard(one.words, other.words);
      if (likeness >= MAX_LIKENESS) findings.push({ id: one.id, message: `asks nearly what ${other.id} asks (${likeness.toFixed(2)})` });
    }
  }
  return findings;
}

/** Words of a Markdown text without its code blocks. */
export function proseWords(markdown: string): number {
  return withoutBlocks(markdown)
    .split(/\s+/)
    .filter((word) => /\w/.test(word)).length;
}

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^ *```[\s\S]*?^ *```/gm, ' ');
}

/** Code, quotations and names such as "type I" or "I/O" may hold what prose may not. */
function withoutQuotations(text: string): string {
  return withoutBlocks(text)
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/"[^"\n]*"|“[^”]*”/g, ' ')
    .replace(/\b[A-Z]\/[A-Z]\b|\btype (?:I|II)\b/gi, ' ');
}

const COMMON_WORDS = new Set(
  'a an the of to in on for and or is are what why how does do when which with it its that this be by from as at not than then into between would should can one two'.split(' '),
);

function contentWords(text: string): Set<string> {
  const words = text.toLowerCase().replace(/[^a-z0-9+# ]/g, ' ').split(/\s+/);
  return new Set(words.filter((word) => word.length > 1 && !COMMON_WORDS.has(word)));
}

function jaccard(one: Set<string>, other: Set<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared / (one.size + other.size - shared);
}
