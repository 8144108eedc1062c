/**
 * The content of a pack before it is assembled, and how a reply that holds finished items (the
 * bank's) becomes part of it. One bad item costs that item: it is left out and named by its path,
 * the others go on. What a model writes comes another way: `wire.ts` and `ladder/`.
 */
import { z } from 'zod';
import { problemsOf, type Problem } from '../problem.ts';
import {
  behaviouralSchema,
  questionSchema,
  taskSchema,
  type PackBehavioural,
  type PackQuestion,
  type PackTask,
} from './schema.ts';

export const SECTIONS = ['tasks', 'questions', 'behavioural'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** The content of a pack before coverage, gaps and plan are worked out. */
export interface Draft {
  tasks: PackTask[];
  questions: PackQuestion[];
  behavioural: PackBehavioural[];
}

export const ITEM_SCHEMAS = {
  tasks: taskSchema,
  questions: questionSchema,
  behavioural: behaviouralSchema,
} as const satisfies Record<SectionName, z.ZodType>;

export interface SectionReading<S extends SectionName> {
  items: Draft[S];
  /** One a defect, with paths from the root of the reply: `tasks[1].name`. */
  problems: Problem[];
}

/** `{"tasks": [...]}` as text → items that hold and problems of those that do not. */
export function readSection<S extends SectionName>(section: S, replyText: string): SectionReading<S> {
  let value: unknown;
  try {
    value = JSON.parse(replyText);
  } catch (cause) {
    const message = `expected JSON, found: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { items: [], problems: [{ path: section, message }] };
  }
  const envelope = z.object({ [section]: z.array(z.unknown()) }).safeParse(value);
  if (!envelope.success)
    return { items: [], problems: problemsOf(envelope.error, value).map(({ problem }) => problem) };
  return readItems(section, envelope.data[section] ?? []);
}

function readItems<S extends SectionName>(section: S, entries: readonly unknown[]): SectionReading<S> {
  const items: unknown[] = [];
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    const result = ITEM_SCHEMAS[section].safeParse(entry);
    if (result.success) items.push(result.data);
    else {
      problems.push(...problemsOf(result.error, entry, [section, index]).map(({ problem }) => problem));
    }
  }
  return { items: items as Draft[S], problems };
}
