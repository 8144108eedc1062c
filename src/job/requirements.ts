/** Sections → requirements: one a list line, one an asking sentence of prose, each an exact quote. */
import { createHash } from 'node:crypto';
import { askOf, asksForCharacter, isOptional, splitSentences, type Sentence } from './sentences.ts';
import type { Line, Section } from './sections.ts';
import type { Requirement, RequirementKind } from './types.ts';

export type SkillMatcher = (text: string) => string[];

/**
 * Every requirement of the ad, in the order it stands there, with ids that are unique. An ad
 * without headings or sentences that ask is read line by line: those that name a skill count.
 */
export function findRequirements(sections: readonly Section[], matchSkills: SkillMatcher): Requirement[] {
  const found = sections.flatMap((section) => requirementsOf(section)).filter((item) => /\p{L}/u.test(item.text));
  const bare = found.every((item) => item.section === '') ? bareLines(sections, matchSkills) : [];
  const items = bare.length > found.length ? bare : found;
  const ids = new Set<string>();
  return items.map((item) => {
    const quote = item.text;
    return {
      id: requirementId(quote, ids),
      quote,
      start: item.start,
      end: item.end,
      kind: item.kind,
      section: item.section,
      skills: matchSkills(quote),
    };
  });
}

const MAX_BARE_LENGTH = 120;

/** No program text, row of a table or line of a log. */
function isPlainLine({ text }: Line): boolean {
  return text.length <= MAX_BARE_LENGTH && !/[{}<>=;|]|\w\(|:\s|,\S|^\d{4}-/.test(text);
}

/** Terse ads are mostly lines that name skills; program text, tables of data and logs are not. */
function bareLines(sections: readonly Section[], matchSkills: SkillMatcher): Found[] {
  const lines = sections
    .filter((section) => section.kind !== 'aside')
    .flatMap((section) => section.lines)
    .slice(1);
  const naming = lines.filter((line) => isPlainLine(line) && matchSkills(line.text).length > 0);
  if (naming.length < 2 || naming.length * 2 < lines.length) return [];
  return naming.map((line) => ({ ...trimmed(line), kind: kindOfBareItem(line.text), section: '' }));
}

type Found = Sentence & { kind: RequirementKind; section: string };

function requirementsOf(section: Section): Found[] {
  if (section.kind === 'aside') return section.lines.flatMap((line) => fromAside(line, section));
  const found: Found[] = [];
  const isProseSection = section.kind === 'prose';
  for (const line of section.lines) {
    if (isProseSection || isParagraphAfterList(line, found.length)) found.push(...fromProse(line, section));
    else found.push(...fromList(line, section));
  }
  return found;
}

/** A company's closing words after a list: several sentences, set off by a blank line. */
function isParagraphAfterList(line: Line, itemsSoFar: number): boolean {
  return (
    itemsSoFar > 0 && line.followsBlank && !line.isBullet && line.text.length > 160 && splitSentences(line).length > 1
  );
}

function fromAside(line: Line, section: Section): Found[] {
  return splitSentences(line)
    .filter((sentence) => asksForCharacter(sentence.text))
    .map((sentence) => ({ ...trimmed(sentence), kind: 'culture', section: section.heading }));
}

function fromProse(line: Line, section: Section): Found[] {
  if (line.isBullet && section.heading === '') {
    const item = trimmed({ text: line.text, start: line.start, end: line.end });
    return [{ ...item, kind: askOf(item.text) ?? kindOfBareItem(item.text), section: '' }];
  }
  return splitSentences(line).flatMap((sentence) => {
    const kind = askOf(sentence.text);
    return kind === undefined ? [] : [{ ...trimmed(sentence), kind, section: section.heading }];
  });
}

/** Bullets of an ad without headings: verbs first are duties, all else is asked for. */
function kindOfBareItem(text: string): RequirementKind {
  if (isOptional(text)) return 'nice';
  return /^(?:build|design|develop|create|maintain|write|work|lead|own|improve|support|deliver|implement|collaborate|drive|optimi[sz]e|deploy|\w+ing\b)/i.test(
    text,
  )
    ? 'duty'
    : 'must';
}

function fromList(line: Line, section: Section): Found[] {
  const sentences = splitSentences(line);
  const kind = section.kind as RequirementKind;
  // One long paragraph under a list heading is prose that asks in every sentence.
  const isParagraph = !line.isBullet && section.lines.length === 1 && sentences.length > 2;
  const pieces: Sentence[] = isParagraph ? sentences : [{ text: line.text, start: line.start, end: line.end }];
  return pieces.map((piece) => {
    const item = trimmed(piece);
    return { ...item, kind: kind === 'must' && isOptional(item.text) ? 'nice' : kind, section: section.heading };
  });
}

/** Quotes end with a word: list punctuation belongs to the list. */
function trimmed(piece: Sentence): Sentence {
  const text = piece.text.replace(/(?<![\s.,;:])[\s.,;:]+$/, (tail) =>
    /(?:etc|e\.g|i\.e)$/.test(piece.text.slice(0, -tail.length)) && tail.startsWith('.') ? '.' : '',
  );
  return { text, start: piece.start, end: piece.start + text.length };
}

const ID_WORDS = 5;
const ID_STOP_WORDS = new Set(
  'a an and any are as at be been by can for from good have has how in into is it its knowledge experience experienced of on or our strong that the their these they this to understanding using very we what who will with you your least level such eg other ability able skills skill'.split(
    ' ',
  ),
);

/** `Knowledge of SQL (joins, CTEs, functions, etc.)` → `sql-joins-ctes-functions-etc`. */
export function requirementId(quote: string, taken: Set<string>): string {
  const words = quote
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/c\+\+/g, 'cpp')
    .replace(/c#/g, 'csharp')
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !ID_STOP_WORDS.has(word))
    .slice(0, ID_WORDS);
  // Texts without Latin letters still get a stable id.
  const base =
    words.length > 0
      ? words.join('-').slice(0, 56).replace(/-+$/, '')
      : `line-${createHash('sha256').update(quote).digest('hex').slice(0, 8)}`;
  let id = base;
  for (let copy = 2; taken.has(id); copy += 1) id = `${base}-${copy}`;
  taken.add(id);
  return id;
}
