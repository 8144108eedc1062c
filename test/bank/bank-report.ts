/** What the bank holds, by area, leaf, level and kind: printed by `npm run bank:check`. */
import type { Bank } from '../../src/bank/load.ts';
import { LEVELS, QUESTION_KINDS } from '../../src/bank/schema.ts';

/** A leaf with fewer is asked the same things in every pack. */
const ENOUGH = 3;

export interface BankReport {
  counts: { questions: number; tasks: number; prompts: number; examples: number };
  /** Leaves of the taxonomy that too few questions (or, for conduct, prompts) are about. */
  thinLeaves: { id: string; entries: number }[];
  leaves: number;
  areas: { area: string; questions: number; tasks: number; prompts: number }[];
  levels: Record<string, number>;
  kinds: Record<string, number>;
}

export function bankReport(bank: Bank): BankReport {
  const parents = new Set(bank.skills.flatMap((skill) => skill.parent ?? []));
  // What is shown on paper is no subject of a question.
  const leaves = bank.skills.filter(({ id }) => !parents.has(id) && !id.startsWith('paper'));
  const about = (id: string) =>
    (id.startsWith('people') ? bank.prompts : bank.questions).filter(({ skills }) => skills.includes(id)).length;
  const areas = [...new Set(bank.skills.map(({ id }) => areaOf(id)))].filter((area) => area !== 'paper');
  return {
    counts: {
      questions: bank.questions.length,
      tasks: bank.tasks.length,
      prompts: bank.prompts.length,
      examples: bank.examples.length,
    },
    leaves: leaves.length,
    thinLeaves: leaves.map(({ id }) => ({ id, entries: about(id) })).filter(({ entries }) => entries < ENOUGH),
    areas: areas.map((area) => ({
      area,
      questions: inArea(bank.questions, area),
      tasks: inArea(bank.tasks, area),
      prompts: inArea(bank.prompts, area),
    })),
    levels: countBy(bank.questions, LEVELS, ({ level }) => level),
    kinds: countBy(bank.questions, QUESTION_KINDS, ({ kind }) => kind),
  };
}

export function formatBankReport(bank: Bank): string {
  const { areas, leaves, thinLeaves, levels, kinds } = bankReport(bank);
  return [
    `${'area'.padEnd(16)} questions  tasks  prompts`,
    ...areas.map(
      ({ area, questions, tasks, prompts }) =>
        `${area.padEnd(16)} ${String(questions).padStart(9)}  ${String(tasks).padStart(5)}  ${String(prompts).padStart(7)}`,
    ),
    '',
    `levels of questions: ${cells(levels)}`,
    `kinds of questions: ${cells(kinds)}`,
    `${leaves} leaves; fewer than ${ENOUGH} entries: ${thinLeaves.length === 0 ? 'none' : thinLeaves.map(({ id, entries }) => `${id} (${entries})`).join(', ')}`,
  ].join('\n');
}

function inArea(entries: readonly { skills: string[] }[], area: string): number {
  return entries.filter(({ skills }) => areaOf(skills[0] ?? '') === area).length;
}

function cells(record: Record<string, number>): string {
  return Object.entries(record)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function areaOf(skill: string): string {
  return skill.split('.')[0] ?? skill;
}

function countBy<E, N extends string>(entries: readonly E[], names: readonly N[], of: (entry: E) => N): Record<N, number> {
  return Object.fromEntries(names.map((name) => [name, entries.filter((entry) => of(entry) === name).length])) as Record<N, number>;
}
