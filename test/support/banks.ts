/** Small banks that pass the real reader, so that a fixture cannot drift from the format. */
import { stringify } from 'yaml';
import { parseBank, type Bank, type BankFile } from '../../src/bank/load.ts';
import type { BankExample, BankPrompt, BankQuestion, BankTask, Skill } from '../../src/bank/schema.ts';
import { formatProblem } from '../../src/problem.ts';

type SkillEntry = Partial<Skill> & { id: string };

export interface BankContent {
  skills?: SkillEntry[];
  questions?: BankQuestion[];
  tasks?: BankTask[];
  prompts?: BankPrompt[];
  examples?: BankExample[];
}

/** Two branches that have nothing to do with each other, a small tree in each, and conduct. */
export const SKILLS: SkillEntry[] = [
  { id: 'programming', name: 'Programming' },
  { id: 'programming.python', name: 'Python', parent: 'programming' },
  { id: 'programming.python.typing', name: 'Type hints', parent: 'programming.python' },
  { id: 'programming.rust', name: 'Rust', parent: 'programming' },
  { id: 'databases', name: 'Databases' },
  { id: 'databases.sql', name: 'SQL', parent: 'databases' },
  { id: 'databases.mongodb', name: 'MongoDB', parent: 'databases' },
  { id: 'people', name: 'Working with people', people: true },
  { id: 'people.communication', name: 'Communication', parent: 'people', people: true },
  {
    id: 'paper.degree',
    name: 'Degree',
    advice: 'It is shown on paper: put it into the first third of your CV with its year.',
  },
];

export function bankQuestion(changes: Partial<BankQuestion> & { id: string }): BankQuestion {
  return {
    question: `What would you say when asked about ${changes.id}?`,
    kind: 'apply',
    level: 'mid',
    minutes: 6,
    skills: ['programming.python'],
    why: 'It shows how somebody goes about such a thing.',
    spoken: 'In one sentence, this is what I would say.',
    answer: 'A sentence that explains the matter at some length. '.repeat(7).trim(),
    rubric: { weak: 'Guesses and says so not.', good: 'Knows and can show it.', strong: 'Measures before and after.' },
    followUps: [
      { question: 'Why would that be so?', answer: 'Because the other way costs more.' },
      { question: 'When does it fail?', answer: 'When there is nothing to read at all.' },
    ],
    mistake: 'To answer another question than the one asked.',
    claims: [],
    ...changes,
  };
}

export function bankTask(changes: Partial<BankTask> & { id: string }): BankTask {
  return {
    name: `Build ${changes.id}`,
    objective: 'Shows that a small thing can be built whole.',
    problemStatement: 'Build a small program that reads lines and prints how often each one came. '.repeat(2).trim(),
    requirements: ['Handles an empty input.', 'Handles a million lines.', 'Prints in a fixed order.'],
    deliverables: ['A module', 'Its tests'],
    skills: ['programming.python'],
    level: 'mid',
    minutes: 60,
    rubric: { weak: 'Runs for the example alone.', good: 'Is tested on the edges.', strong: 'Is measured as well.' },
    hints: ['Start with one line.', 'Then think of two.', 'Then count the memory.'],
    ...changes,
  };
}

export function bankPrompt(changes: Partial<BankPrompt> & { id: string }): BankPrompt {
  return {
    question: `Tell me about a time of ${changes.id}.`,
    skills: ['people.communication'],
    baseline: false,
    intent: 'Listens for what you did yourself, with a figure.',
    worksheet: {
      situation: 'Where and when was it?',
      task: 'Which part was yours?',
      action: 'What did you do first?',
      result: 'What came of it, in figures?',
    },
    ...changes,
  };
}

export function bankFiles(content: BankContent): BankFile[] {
  return [
    { name: 'behavioural.yaml', text: stringify({ prompts: content.prompts ?? [], examples: content.examples ?? [] }) },
    { name: 'questions/all.yaml', text: stringify(content.questions ?? []) },
    { name: 'skills.yaml', text: stringify(content.skills ?? SKILLS) },
    { name: 'tasks/all.yaml', text: stringify(content.tasks ?? []) },
  ];
}

/** @throws when the fixture itself is not a bank without defects. */
export function makeBank(content: BankContent): Bank {
  const parsed = parseBank(bankFiles(content), 'bank');
  const problems = 'problems' in parsed ? parsed.problems : parsed.bank.defects;
  if ('problems' in parsed || problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return parsed.bank;
}
