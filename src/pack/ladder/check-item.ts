/**
 * Whether one written item will do: the domain's bounds (the same as the bank's entries have), then
 * text that is right in shape and says nothing.
 */
import { z } from 'zod';
import { bankPromptSchema, bankQuestionSchema, bankTaskSchema } from '../../bank/schema.ts';
import { problemsOf, type Problem } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import type { WireItem } from '../wire.ts';
import { findEmptyTalk } from './empty-talk.ts';
import type { EchoSource } from './scan-text.ts';

const question = bankQuestionSchema.shape;
const task = bankTaskSchema.shape;
const prompt = bankPromptSchema.shape;
const minutes = (min: number, max: number) => z.number().min(min).max(max);

const AUTHORED = {
  questions: z.object({
    topic: z.string(),
    question: question.question,
    spoken: question.spoken,
    answer: question.answer,
    why: question.why,
    mistake: question.mistake,
    minutes: minutes(2, 45),
    rubric: question.rubric,
    followUps: question.followUps,
  }),
  tasks: z.object({
    topic: z.string(),
    name: task.name,
    objective: task.objective,
    problemStatement: task.problemStatement,
    requirements: task.requirements,
    deliverables: task.deliverables,
    minutes: minutes(20, 90),
    rubric: task.rubric,
    hints: task.hints,
  }),
  behavioural: z.object({
    topic: z.string(),
    question: prompt.question,
    intent: prompt.intent,
    worksheet: prompt.worksheet,
  }),
} as const satisfies Record<SectionName, z.ZodObject>;

export interface Checked<S extends SectionName> {
  /** Present when nothing is wrong with it. */
  item?: WireItem<S>;
  problems: Problem[];
  /** Top-level fields that the problems are about. */
  fields: string[];
}

/** @param base path of the item in its section: `['questions', 3]`. */
export function checkItem<S extends SectionName>(
  section: S,
  value: unknown,
  base: readonly [S, number],
  echoes: EchoSource,
): Checked<S> {
  const parsed = AUTHORED[section].safeParse(value);
  if (!parsed.success) {
    const found = problemsOf(parsed.error, value, base);
    return { problems: found.map(({ problem }) => problem), fields: fieldsOf(found.map(({ parts }) => parts[2])) };
  }
  const talk = findEmptyTalk(section, parsed.data, echoes);
  if (talk.length === 0) return { item: parsed.data as WireItem<S>, problems: [], fields: [] };
  const at = `${base[0]}[${base[1]}]`;
  return {
    problems: talk.map(({ path, message }) => ({ path: `${at}.${path}`, message })),
    fields: fieldsOf(talk.map(({ path }) => path.split(/[.[]/, 1)[0])),
  };
}

/** All fields of an item of this section, for one that never came. */
export function fieldsOfItem(section: SectionName): string[] {
  return Object.keys(AUTHORED[section].shape).filter((name) => name !== 'topic');
}

function fieldsOf(names: readonly (PropertyKey | undefined)[]): string[] {
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== 'topic'))];
}
