/** The offline provider: answers every request from the bank, the same way every time. */
import type { Bank } from '../../bank/load.ts';
import type { BankPrompt, BankQuestion, BankTask } from '../../bank/schema.ts';
import type { Job, Requirement, RequirementKind } from '../../job/types.ts';
import { BASELINE, type PackBehavioural, type PackQuestion, type PackTask } from '../../pack/schema.ts';
import { boundsOf } from '../../pack/counts.ts';
import type { SectionName } from '../../pack/draft.ts';
import type { Taxonomy } from '../../skills/taxonomy.ts';
import type { BankProvider } from '../types.ts';
import { choose, levelFactor, shareFactor, unitHash, type Chosen } from './choose.ts';
import { findCandidates, type Entry } from './fit.ts';

/** Of the prompts, those that every recruiter asks: at least one, two where there is room. */
const BASELINE_PROMPTS = { min: 1, usual: 2 };
/** Share of questions that may ask for an explanation only. */
const MAX_CONCEPT_SHARE = 0.4;
const MAX_LEVEL_SHARE = 0.6;

/** @param bank whole: entries with defects are already left out. */
export function createOfflineProvider(bank: Bank, taxonomy: Taxonomy): BankProvider {
  const sections: Record<SectionName, (job: Job) => unknown[]> = {
    questions: (job) => chooseQuestions(bank, job, taxonomy),
    tasks: (job) => chooseTasks(bank, job, taxonomy),
    behavioural: (job) => choosePrompts(bank, job, taxonomy),
  };
  return {
    kind: 'bank',
    name: 'offline',
    model: null,
    promptVersion: null,
    bankVersion: bank.version,
    ask: ({ job, section }) => Promise.resolve({ text: JSON.stringify({ [section]: sections[section](job) }) }),
  };
}

function chooseQuestions(bank: Bank, job: Job, taxonomy: Taxonomy): PackQuestion[] {
  const chosen = choose<BankQuestion>(findCandidates(bank.questions, job, taxonomy), {
    jobId: job.id,
    unservedFirst: true,
    ...boundsOf(job.counts, 'questions'),
    balance: (entry, picked) =>
      levelFactor(entry.level, job.level) *
      shareFactor(picked.filter((other) => other.level === entry.level).length, picked.length, MAX_LEVEL_SHARE) *
      shareFactor(picked.filter((other) => other.kind === entry.kind).length, picked.length, MAX_CONCEPT_SHARE),
  });
  return inReadingOrder(chosen, job).map(({ entry, serves }) => ({
    id: entry.id,
    question: entry.question,
    spoken: entry.spoken,
    answer: entry.answer,
    kind: entry.kind,
    level: entry.level,
    minutes: entry.minutes,
    skills: entry.skills,
    serves: serves.id,
    why: entry.why,
    rubric: entry.rubric,
    followUps: entry.followUps,
    mistake: entry.mistake,
    origin: `bank:${entry.id}`,
  }));
}

function chooseTasks(bank: Bank, job: Job, taxonomy: Taxonomy): PackTask[] {
  const chosen = choose<BankTask>(findCandidates(bank.tasks, job, taxonomy), {
    jobId: job.id,
    // Five tasks cannot serve every line; they go where they practise most.
    unservedFirst: false,
    ...boundsOf(job.counts, 'tasks'),
    balance: (entry, picked) => levelFactor(entry.level, job.level) * (sharesMainSkill(entry, picked) ? 0.3 : 1),
  });
  return inReadingOrder(chosen, job).map(({ entry, serves }) => ({ ...entry, serves: serves.id }));
}

/** Two tasks on one skill practise one thing twice. */
function sharesMainSkill(entry: Entry, picked: readonly Entry[]): boolean {
  return picked.some((other) => other.skills[0] === entry.skills[0]);
}

function choosePrompts(bank: Bank, job: Job, taxonomy: Taxonomy): PackBehavioural[] {
  const { min, max } = boundsOf(job.counts, 'behavioural');
  const tied = choose<BankPrompt>(
    findCandidates(
      bank.prompts.filter((prompt) => !prompt.baseline),
      job,
      taxonomy,
    ),
    {
      jobId: job.id,
      unservedFirst: true,
      // A number asked for is filled up; otherwise only what an ad asks for is worth a prompt.
      min: job.counts.behavioural === undefined ? 0 : Math.max(0, max - BASELINE_PROMPTS.min),
      max: Math.max(0, max - BASELINE_PROMPTS.min),
      balance: (entry, picked) => (sharesMainSkill(entry, picked) ? 0.3 : 1),
    },
  );
  const baseline = bank.prompts.filter((prompt) => prompt.baseline).sort((one, other) => (one.id < other.id ? -1 : 1));
  const wanted = Math.min(
    baseline.length,
    Math.max(Math.min(BASELINE_PROMPTS.usual, max - tied.length), min - tied.length),
  );
  // Which of the baseline set a pack shows turns with the job, so that a reader of several sees more.
  const offset = Math.floor(unitHash(job.id) * baseline.length);
  const rotated = [...baseline.slice(offset), ...baseline.slice(0, offset)].slice(0, wanted);
  return [
    ...inReadingOrder(tied, job).map(({ entry, serves }) => promptItem(entry, serves.id, bank)),
    ...rotated.map((entry) => promptItem(entry, BASELINE, bank)),
  ];
}

function promptItem(entry: BankPrompt, serves: string, bank: Bank): PackBehavioural {
  const item: PackBehavioural = {
    id: entry.id,
    question: entry.question,
    skills: entry.skills,
    serves,
    intent: entry.intent,
    worksheet: entry.worksheet,
  };
  const example = bank.examples.find((candidate) => candidate.id === entry.example);
  if (example === undefined) return item;
  const { id: _, ...story } = example;
  return { ...item, example: story };
}

const KIND_ORDER: readonly RequirementKind[] = ['must', 'duty', 'nice', 'culture'];

/** By what is served: musts first, then in the order of the ad. */
function inReadingOrder<E extends Entry>(chosen: readonly Chosen<E>[], job: Job): Chosen<E>[] {
  const rank = (requirement: Requirement) =>
    KIND_ORDER.indexOf(requirement.kind) * job.requirements.length + job.requirements.indexOf(requirement);
  return [...chosen].sort(
    (one, other) => rank(one.serves) - rank(other.serves) || (one.entry.id < other.entry.id ? -1 : 1),
  );
}
