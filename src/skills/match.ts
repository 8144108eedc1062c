/**
 * Text → skills. Aliases are matched as sequences of whole words, so that "R" is not found in
 * "React" and "go" not in "good"; the longest alias at a place wins, so that "data scientist"
 * is not also "data".
 */
import { stemmer } from 'stemmer';
import type { Skill } from '../bank/schema.ts';

interface Token {
  /** For names of one word: lower case, singular, American spelling. */
  word: string;
  /** For names of several words, where the company of the others keeps a blunt stem apart. */
  stem: string;
  start: number;
  end: number;
}

interface Entry {
  id: string;
  /** The only spelling that counts, if not any. */
  exact: string | undefined;
}

interface PhraseNode {
  next: Map<string, PhraseNode>;
  entries: Entry[];
}

interface AliasIndex {
  words: Map<string, Entry[]>;
  phrases: PhraseNode;
}

/** Text → skill ids, in the order they are named. */
export type SkillMatcher = (text: string) => string[];

/** Builds the matcher once for a taxonomy; a call costs time linear in the length of the text. */
export function buildSkillMatcher(skills: readonly Skill[]): SkillMatcher {
  const index: AliasIndex = { words: new Map(), phrases: { next: new Map(), entries: [] } };
  const alone = new Set(skills.filter((skill) => skill.alone).map((skill) => skill.id));
  for (const skill of skills) {
    for (const alias of skill.exact) insert(index, alias, { id: skill.id, exact: alias });
    for (const alias of [skill.name, ...skill.aliases]) {
      if (!skill.exact.includes(alias)) insert(index, alias, { id: skill.id, exact: undefined });
    }
  }
  return (text) => {
    const ids = findSkills(index, tokenise(text), text);
    const lonely = ids.filter((id) => alone.has(id));
    return lonely.length > 0 ? lonely : ids;
  };
}

const WORD = /c\+\+\d*|[cf]#|\.net\b|[\p{L}\p{N}]+(?:'s\b)?/giu;
/** Words that carry nothing inside a name of several words. */
const FILLERS = new Set(
  'a an and any existing for in into new of on or other our real the their these this to very with your'.split(' '),
);

function tokenise(text: string): Token[] {
  return [...text.replace(/’/g, "'").matchAll(WORD)].map((match) => {
    const word = fold(match[0]);
    return { word, stem: stemmer(word), start: match.index, end: match.index + match[0].length };
  });
}

/** Maps the spellings of one word to one form, which need not be a word itself. */
function fold(word: string): string {
  let folded = word.toLowerCase().replace(/'s$/, '');
  folded = folded
    .replace(/is(e[sdr]?|ing|ations?)$/, 'iz$1')
    .replace(/ell(ing|ed|er)$/, 'el$1')
    .replace(/our$/, 'or');
  if (folded.length > 3) folded = folded.replace(/ies$/, 'y').replace(/(?<![su])s$/, '');
  return folded;
}

function insert(index: AliasIndex, alias: string, entry: Entry): void {
  const tokens = withoutFillers(tokenise(alias));
  const [first] = tokens;
  if (first === undefined) return;
  if (tokens.length === 1) {
    const entries = index.words.get(first.word) ?? [];
    if (!entries.some((known) => known.id === entry.id && known.exact === entry.exact)) entries.push(entry);
    index.words.set(first.word, entries);
    return;
  }
  let node = index.phrases;
  for (const token of tokens) {
    const child: PhraseNode = node.next.get(token.stem) ?? { next: new Map(), entries: [] };
    node.next.set(token.stem, child);
    node = child;
  }
  if (!node.entries.some((known) => known.id === entry.id)) node.entries.push(entry);
}

/** A name of several words that would shrink to one keeps its fillers: "on edge" is not "edge". */
function withoutFillers(tokens: readonly Token[]): readonly Token[] {
  const kept = tokens.filter((token) => !FILLERS.has(token.word));
  return kept.length > 1 || tokens.length === 1 ? kept : tokens;
}

interface Match {
  ids: string[];
  from: number;
  to: number;
}

function findSkills(index: AliasIndex, tokens: readonly Token[], text: string): string[] {
  const matches: Match[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const match = longestPhrase(index.phrases, tokens, from, text) ?? singleWord(index, tokens, from, text);
    // A match inside a longer one says less than the longer one.
    if (match !== undefined && !matches.some((other) => other.from <= match.from && match.to <= other.to))
      matches.push(match);
  }
  return [...new Set(matches.flatMap((match) => match.ids))];
}

function singleWord(index: AliasIndex, tokens: readonly Token[], at: number, text: string): Match | undefined {
  const ids = idsOf(index.words.get(tokens[at]?.word ?? '') ?? [], tokens, at, at, text);
  return ids.length > 0 ? { ids, from: at, to: at } : undefined;
}

function longestPhrase(root: PhraseNode, tokens: readonly Token[], from: number, text: string): Match | undefined {
  let node: PhraseNode | undefined = root;
  let best: Match | undefined;
  for (let to = from; to < tokens.length; to += 1) {
    const token = tokens[to];
    if (token === undefined || (to > from && FILLERS.has(token.word) && !node.next.has(token.stem))) continue;
    node = node.next.get(token.stem);
    if (node === undefined) break;
    const ids = idsOf(node.entries, tokens, from, to, text);
    if (ids.length > 0) best = { ids, from, to };
  }
  return best;
}

function idsOf(entries: readonly Entry[], tokens: readonly Token[], from: number, to: number, text: string): string[] {
  return entries
    .filter((entry) => entry.exact === undefined || isWrittenAs(entry.exact, tokens, from, to, text))
    .map((entry) => entry.id);
}

/** Short names that are also words or letters; they count only among other names of languages. */
const AMBIGUOUS = new Set(['R', 'C', 'Go', 'Rust', 'TS', 'Flask']);
const LANGUAGE_CONTEXT =
  /\b(?:programming|languages?|developers?|golang|python|java(?:script)?|typescript|scala|kotlin|rust|matlab|sql|c\+\+|julia|numpy|pandas|compilers?|backend|microservices)\b|C\+\+|C#/i;

function isWrittenAs(exact: string, tokens: readonly Token[], from: number, to: number, text: string): boolean {
  const start = tokens[from]?.start ?? 0;
  const end = tokens[to]?.end ?? 0;
  const written = text.slice(start, end);
  const hasOwnCase = written === exact || (exact.length > 2 && written === `${exact}s`);
  if (!hasOwnCase || /[&]/.test(text.charAt(start - 1) + text.charAt(end))) return false;
  if (exact === 'CV' && /\b(?:your|my|a|the|send|attach(?:ed)?)\s*$/i.test(text.slice(0, start))) return false;
  if (!AMBIGUOUS.has(exact)) return true;
  if (exact === 'R' && /^ & D\b/.test(text.slice(end))) return false;
  if (/\b(?:vitamin|series|grade|class) $/i.test(text.slice(0, start))) return false;
  if (/[\w-]/.test(text.charAt(start - 1)) || /^[-+#']/.test(text.slice(end))) return false;
  const rest = `${text.slice(0, start)} ${text.slice(end)}`;
  const isVerb =
    exact === 'Go' &&
    ((/(?:^|[.!:])\s*$/.test(text.slice(0, start)) && !/^\s*(?:[,/(;.]|or\b|and\b|$)/i.test(text.slice(end))) ||
      /^\s+(?:the|to|for|above|beyond|big|after|through)\b/i.test(text.slice(end)));
  return !isVerb && LANGUAGE_CONTEXT.test(rest);
}
