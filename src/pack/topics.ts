/**
 * What each item of a pack is to be about, decided before anything is written: which line of the
 * ad it serves, the intent in a few words, how it is asked. A model suggests topics when it reads
 * the ad; what it leaves open is filled in here, so that every must has a question and the counts
 * hold whatever it says.
 */
import type { QUESTION_KINDS } from '../bank/schema.ts';
import type { Job, Level, Requirement } from '../job/types.ts';
import { boundsOf } from './counts.ts';
import { SECTIONS, type SectionName } from './draft.ts';
import { BASELINE } from './schema.ts';

export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface Topic {
  /** The id of the item to be: made of the line and the intent, so that a new wording keeps it. */
  id: string;
  section: SectionName;
  /** Id of a requirement, or `baseline`. */
  serves: string;
  /** What is asked about, in a few words. */
  intent: string;
  kind: QuestionKind;
  level: Level;
}

export type SuggestedTopic = Omit<Topic, 'id'>;

/** How many of a section are asked for where the ad or a person leaves it open. */
const USUAL_TARGET: Record<SectionName, number> = { questions: 16, tasks: 4, behavioural: 6 };
const DEFAULT_KINDS: readonly QuestionKind[] = ['apply', 'debug', 'design', 'concept', 'coding'];
const DEFAULT_INTENTS: Record<QuestionKind, string> = {
  apply: 'choosing the right approach for a concrete case',
  debug: 'a failure in production and how its cause is found',
  design: 'a design decision and what it costs',
  concept: 'the mechanism underneath and where it stops working',
  coding: 'a small function with its edge cases',
};
const BASELINE_INTENTS = [
  'why this role and why this company',
  'a mistake and what changed after it',
  'a disagreement that was settled',
];

/**
 * @param suggested by whoever read the ad; lines that the job does not have are left out.
 * @param skillName skill id → name, for the intents that are filled in.
 */
export function planTopics(
  job: Job,
  suggested: readonly SuggestedTopic[],
  skillName: (id: string) => string,
): Record<SectionName, Topic[]> {
  const taken = new Set<string>();
  const lines = new Map(job.requirements.map((requirement) => [requirement.id, requirement]));
  const known = suggested.filter((topic) => topic.serves === BASELINE || lines.has(topic.serves));
  const plan = Object.fromEntries(
    SECTIONS.map((section) => {
      const wanted = targetOf(job, section);
      const candidates = [
        ...known.filter((topic) => topic.section === section),
        ...defaults(job, section, skillName, wanted),
      ];
      return [section, chooseTopics(job, section, distinct(candidates), wanted).map((topic) => withId(topic, taken))];
    }),
  );
  return plan as Record<SectionName, Topic[]>;
}

/** A question for every line where that fits, but never so few that the pack is thin. */
function targetOf(job: Job, section: SectionName): number {
  const { min, max } = boundsOf(job.counts, section);
  const lines = section === 'questions' ? linesToServe(job, section).length : 0;
  return Math.min(max, Math.max(min, USUAL_TARGET[section], lines));
}

/** Musts first. Degrees and years are shown on paper; no question serves them. Character is no question either. */
function linesToServe(job: Job, section: SectionName): Requirement[] {
  const isFor = (line: Requirement) =>
    section === 'behavioural' ? isAboutPeople(line) : !isAboutPeople(line) || line.kind === 'must';
  return job.requirements
    .filter((line) => !isOnPaper(line) && isFor(line))
    .sort((one, other) => KIND_ORDER.indexOf(one.kind) - KIND_ORDER.indexOf(other.kind));
}

function isOnPaper({ skills }: Requirement): boolean {
  return skills.length > 0 && skills.every((skill) => skill.startsWith('paper'));
}

/** Lines about conduct belong to worksheets, not to questions. */
export function isAboutPeople({ kind, skills }: Requirement): boolean {
  return kind === 'culture' || (skills.length > 0 && skills.every((skill) => skill.startsWith('people')));
}

/** One for each line first, the musts before the others; then the rest in the order they were suggested. */
function chooseTopics(
  job: Job,
  section: SectionName,
  candidates: readonly SuggestedTopic[],
  wanted: number,
): SuggestedTopic[] {
  const lines = section === 'tasks' ? [] : linesToServe(job, section);
  const firsts = lines.flatMap(({ id }) => candidates.find((topic) => topic.serves === id) ?? []);
  // Every interview holds a question of why; it keeps its place beside the lines.
  const baseline = section === 'behavioural' ? candidates.filter((topic) => topic.serves === BASELINE).slice(0, 1) : [];
  const others = candidates.filter((topic) => !firsts.includes(topic) && !baseline.includes(topic));
  return [...baseline, ...firsts, ...others].slice(0, wanted);
}

function distinct(topics: readonly SuggestedTopic[]): SuggestedTopic[] {
  const seen = new Set<string>();
  return topics.filter((topic) => {
    const key = `${topic.serves} ${slug(topic.intent)}`;
    return !seen.has(key) && seen.add(key);
  });
}

const KIND_ORDER = ['must', 'duty', 'nice', 'culture'];

function defaults(job: Job, section: SectionName, skillName: (id: string) => string, wanted: number): SuggestedTopic[] {
  const fitting = linesToServe(job, section);
  const lines = fitting.length > 0 ? fitting : job.requirements;
  const baseline =
    section === 'behavioural'
      ? BASELINE_INTENTS.map((intent) => ({
          section,
          serves: BASELINE,
          intent,
          kind: 'apply' as const,
          level: job.level,
        }))
      : [];
  const kinds = section === 'behavioural' ? 1 : DEFAULT_KINDS.length;
  const count = Math.max(DEFAULT_KINDS.length, Math.ceil(wanted / Math.max(1, lines.length)));
  const rounds = Array.from({ length: count }).flatMap((_, round) =>
    lines.map((line): SuggestedTopic => {
      // By the line and not by its place: another line beside it must not change its ids.
      const kind = DEFAULT_KINDS[(round + sumOf(line.id)) % DEFAULT_KINDS.length] ?? 'apply';
      const again = Math.floor(round / kinds);
      const angle = again === 0 ? '' : `, case ${again + 1}`;
      const about = line.skills.length > 0 ? line.skills.slice(0, 2).map(skillName).join(' and ') : line.quote;
      const intent =
        section === 'behavioural' ? `a situation that shows it: ${about}` : `${about}: ${DEFAULT_INTENTS[kind]}`;
      return { section, serves: line.id, intent: `${intent.slice(0, 140)}${angle}`, kind, level: job.level };
    }),
  );
  return [...rounds.slice(0, Math.max(0, USUAL_TARGET[section] - baseline.length)), ...baseline, ...rounds];
}

function sumOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
}

function withId(topic: SuggestedTopic, taken: Set<string>): Topic {
  const base = `${slug(topic.serves).split('-').slice(0, 2).join('-')}-${slug(topic.intent)}`
    .slice(0, 60)
    .replace(/-+$/, '');
  let id = base === '' ? topic.section : base;
  for (let copy = 2; taken.has(id); copy += 1) id = `${base}-${copy}`;
  taken.add(id);
  return { id, ...topic };
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
