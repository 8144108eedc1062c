/** Bank entries nearest to a job, as the standard that a model is to meet. */
import type { Bank } from '../../bank/load.ts';
import type { BankPrompt, BankQuestion, BankTask } from '../../bank/schema.ts';
import type { Job } from '../../job/types.ts';
import type { SectionName } from '../../pack/draft.ts';
import type { Taxonomy } from '../../skills/taxonomy.ts';
import { findCandidates, type Entry } from '../offline/fit.ts';

/** One tells more than a page of rules; more than two cost tokens and invite copying. */
const EXAMPLES: Record<SectionName, number> = { questions: 2, tasks: 1, behavioural: 1 };

export function examplesFrom(bank: Bank, taxonomy: Taxonomy): (job: Job, section: SectionName) => readonly object[] {
  const finders: Record<SectionName, (job: Job) => object[]> = {
    questions: (job) => nearest(bank.questions, job, taxonomy, EXAMPLES.questions).map(questionExample),
    tasks: (job) => nearest(bank.tasks, job, taxonomy, EXAMPLES.tasks).map(taskExample),
    behavioural: (job) => nearest(bank.prompts, job, taxonomy, EXAMPLES.behavioural).map(promptExample),
  };
  // Several jobs are under way at a time, each with several requests; the whole bank is searched once a section.
  const known = new WeakMap<Job, Partial<Record<SectionName, object[]>>>();
  return (job, section) => {
    const found = known.get(job) ?? {};
    known.set(job, found);
    return (found[section] ??= finders[section](job));
  };
}

function nearest<E extends Entry & { level?: string }>(
  entries: readonly E[],
  job: Job,
  taxonomy: Taxonomy,
  count: number,
): E[] {
  const scored = findCandidates(entries, job, taxonomy).map(({ entry, fits }) => ({
    entry,
    score: Math.max(...fits.map((fit) => fit.strength)) + (entry.level === job.level ? 0.1 : 0),
  }));
  scored.sort((one, other) => other.score - one.score || (one.entry.id < other.entry.id ? -1 : 1));
  const chosen: E[] = [];
  for (const { entry } of scored) {
    if (chosen.length === count) break;
    if (!chosen.some((other) => other.skills[0] === entry.skills[0])) chosen.push(entry);
  }
  return chosen;
}

function questionExample({ question, spoken, answer, why, mistake, minutes, rubric, followUps }: BankQuestion): object {
  return { question, spoken, answer, why, mistake, minutes, rubric, followUps };
}

function taskExample(task: BankTask): object {
  const { name, objective, problemStatement, requirements, deliverables, minutes, rubric, hints } = task;
  return { name, objective, problemStatement, requirements, deliverables, minutes, rubric, hints };
}

function promptExample({ question, intent, worksheet }: BankPrompt): object {
  return { question, intent, worksheet };
}
