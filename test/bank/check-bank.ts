/**
 * `npm run bank:check [-- file …]`: everything about the bank that a machine can tell.
 * Prints one line a finding with file and line; exit code 1 when there is any.
 */
import path from 'node:path';
import { parseBank, readBankFiles, type Bank } from '../../src/bank/load.ts';
import { formatProblem } from '../../src/problem.ts';
import { codeBlocks, runBlock } from './code-blocks.ts';

const BANK_DIR = 'bank';
const WORDS = { min: 90, max: 260 };

const FORBIDDEN: [RegExp, string][] = [
  [/\b(I|I'm|I've|I'd|my|me|we|we're|our|us)\b/, 'first person'],
  [/\b(it is (important|worth) (to note|noting)|in today's|delve|leverag(e|es|ing)|crucial|plays a (vital|key) role|robust and scalable|game.changer|seamless(ly)?|in conclusion|furthermore|moreover)\b/i, 'filler'],
  [/\banswer to question\b/i, 'leftover of a transcript'],
  [/\b(lorem ipsum|TODO|TBD|FIXME|placeholder text)\b/, 'placeholder'],
  [/[‚Ä√Ã]\S|\uFFFD/, 'damaged text'],
];

/** Words of a Markdown text without its code blocks. */
export function proseWords(markdown: string): number {
  return markdown.replace(/^ *```[\s\S]*?^ *```/gm, ' ').split(/\s+/).filter((word) => /\w/.test(word)).length;
}

/** Word sets without the words that every question has. */
function contentWords(text: string): Set<string> {
  const stop = new Set('a an the of to in on for and or is are what why how does do when which with it its that this be by from as at not than then into between would should can one two'.split(' '));
  return new Set(text.toLowerCase().replace(/[^a-z0-9+# ]/g, ' ').split(/\s+/).filter((word) => word.length > 1 && !stop.has(word)));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}

function check(bank: Bank, isWanted: (place: string) => boolean): string[] {
  const findings = bank.defects.filter((defect) => isWanted(defect.file ?? '')).map(formatProblem);
  const place = (id: string) => bank.places[id] ?? id;
  const report = (id: string, message: string) => {
    if (isWanted(place(id))) findings.push(`${place(id)}: ${id}: ${message}`);
  };
  const forbid = (id: string, text: string, rules = FORBIDDEN) => {
    const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, ' ').replace(/`[^`\n]*`/g, ' ').replace(/"[^"\n]*"|“[^”]*”/g, ' ').replace(/\b[A-Z]\/[A-Z]\b|\btype (I|II)\b|\bI\/O\b/gi, ' ');
    for (const [pattern, name] of rules) {
      const hit = pattern.exec(prose);
      if (hit) report(id, `${name}: "${hit[0]}"`);
    }
  };
  let blocks = 0;
  const runAll = (id: string, text: string) => {
    if (!isWanted(place(id))) return;
    for (const block of codeBlocks(text)) {
      const result = runBlock(block);
      blocks += result.outcome === 'passed' ? 1 : 0;
      if (result.outcome === 'failed') report(id, `a ${block.language} block fails:\n${result.detail}`);
    }
  };

  for (const entry of bank.questions) {
    forbid(entry.id, [entry.question, entry.why, entry.spoken, entry.answer, entry.mistake, ...Object.values(entry.rubric), ...entry.followUps.flatMap((f) => [f.question, f.answer])].join('\n'));
    const words = proseWords(entry.answer);
    if (words < WORDS.min || words > WORDS.max) report(entry.id, `answer of ${words} words, expected ${WORDS.min} to ${WORDS.max} outside code`);
    if (!/\d|```/.test(entry.answer)) report(entry.id, 'answer without a number or code');
    runAll(entry.id, entry.answer);
  }
  for (const entry of bank.tasks) {
    forbid(entry.id, [entry.name, entry.objective, entry.problemStatement, ...entry.requirements, ...entry.deliverables, ...Object.values(entry.rubric), ...entry.hints].join('\n'));
    runAll(entry.id, entry.problemStatement);
  }
  for (const entry of bank.prompts) forbid(entry.id, entry.intent);
  for (const entry of bank.examples) forbid(entry.id, [entry.situation, entry.task, entry.action, entry.result, entry.lesson].join('\n'));

  const sets = bank.questions.map((entry) => ({ id: entry.id, words: contentWords(entry.question) }));
  for (const [index, one] of sets.entries()) {
    for (const other of sets.slice(index + 1)) {
      const likeness = jaccard(one.words, other.words);
      if (likeness >= 0.5) report(one.id, `asks nearly what ${other.id} asks (${likeness.toFixed(2)})`);
    }
  }
  process.stdout.write(`${bank.questions.length} questions, ${bank.tasks.length} tasks, ${bank.prompts.length} prompts; ${blocks} code blocks run\n`);
  return findings;
}

const wanted = process.argv.slice(2).map((file) => path.normalize(file));
const parsed = parseBank(await readBankFiles(BANK_DIR), BANK_DIR);
const findings =
  'problems' in parsed
    ? parsed.problems.map(formatProblem)
    : check(parsed.bank, (place) => wanted.length === 0 || wanted.some((file) => place.startsWith(file)));
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(`${findings.length} findings\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
