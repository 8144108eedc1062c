/**
 * The pack: what `output/<id>/pack.yaml` holds and every other generated file is a render of.
 * Strict on purpose: a field that is missing, misnamed or mistyped is found here, with its path,
 * and nowhere later.
 */
import { z } from 'zod';
import { LEVELS, QUESTION_KINDS } from '../bank/schema.ts';
import { PRIMITIVE_IDS, type PrimitiveId } from '../drills/primitive-ids.ts';

export const PACK_FORMAT = 'prepsmith.pack/1';
/** What `serves` says of an item that every interview holds, whatever the ad says. */
export const BASELINE = 'baseline';
export const REQUIREMENT_KINDS = ['must', 'duty', 'nice', 'culture'] as const;
export const STUDY_TIMES = ['today', 'this week', 'the night before'] as const;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Ids become file names and fragments: nothing but a slug passes. */
const id = z.string().regex(SLUG, 'expected a slug such as "sql-window-functions"').max(80);
const text = z.string().trim().min(1);
const skills = z.array(text);
const minutes = z.number().int().positive();

const rubricSchema = z.strictObject({ weak: text, good: text, strong: text });

export const taskSchema = z.strictObject({
  id,
  name: text,
  objective: text,
  problemStatement: text,
  requirements: z.array(text).min(1),
  deliverables: z.array(text).min(1),
  skills,
  serves: id,
  level: z.enum(LEVELS),
  minutes,
  rubric: rubricSchema,
  hints: z.array(text),
});
export type PackTask = z.infer<typeof taskSchema>;

export const questionSchema = z.strictObject({
  id,
  question: text,
  spoken: text,
  answer: text,
  kind: z.enum(QUESTION_KINDS),
  level: z.enum(LEVELS),
  minutes,
  skills,
  serves: id,
  why: text,
  rubric: rubricSchema,
  followUps: z.array(z.strictObject({ question: text, answer: text })).min(2),
  mistake: text,
  /** `bank:<id>` or the provider that wrote it. */
  origin: text,
});
export type PackQuestion = z.infer<typeof questionSchema>;

const worksheetSchema = z.strictObject({ situation: text, task: text, action: text, result: text });
const storySchema = z.strictObject({
  title: text,
  situation: text,
  task: text,
  action: text,
  result: text,
  lesson: text,
});

export const behaviouralSchema = z.strictObject({
  id,
  question: text,
  skills,
  serves: id,
  intent: text,
  worksheet: worksheetSchema,
  /** Somebody else's story, to show the shape; never the reader's. */
  example: storySchema.optional(),
});
export type PackBehavioural = z.infer<typeof behaviouralSchema>;

/** A union of two shapes would say "invalid input"; one shape with a rule names the field. */
export const requirementSchema = z
  .strictObject({
    id,
    quote: text,
    kind: z.enum(REQUIREMENT_KINDS),
    skills,
    coveredBy: z.array(id).min(1).optional(),
    gap: text.optional(),
  })
  .refine((requirement) => (requirement.coveredBy === undefined) !== (requirement.gap === undefined), {
    path: ['coveredBy'],
    message: 'expected either coveredBy (ids of items) or gap (a reason), and not both',
  });
export type PackRequirement = z.infer<typeof requirementSchema>;

export const packSchema = z.strictObject({
  format: z.literal(PACK_FORMAT),
  job: z.strictObject({
    id: text,
    title: text,
    company: text.nullable(),
    level: z.enum(LEVELS),
    source: text,
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a sha256 in hex'),
    language: text,
  }),
  requirements: z.array(requirementSchema).min(1),
  tasks: z.array(taskSchema),
  questions: z.array(questionSchema),
  behavioural: z.array(behaviouralSchema),
  drills: z.array(z.enum(PRIMITIVE_IDS)),
  studyPlan: z.array(z.strictObject({ when: z.enum(STUDY_TIMES), minutes, items: z.array(id).min(1) })),
  provenance: z.strictObject({
    provider: text,
    model: text.nullable(),
    promptVersion: text.nullable(),
    bankVersion: text.nullable(),
    salvaged: z.number().int().nonnegative(),
    reasked: z.number().int().nonnegative(),
  }),
});
export type Pack = z.infer<typeof packSchema>;

export function isCovered(requirement: PackRequirement): boolean {
  return requirement.coveredBy !== undefined;
}

/** Every item of a pack with what it serves, in the order of the pack. */
export function itemsOf(
  pack: Pack,
): { id: string; serves: string; minutes: number; section: 'tasks' | 'questions' | 'behavioural' | 'drills' }[] {
  return [
    ...pack.tasks.map((task) => ({
      id: task.id,
      serves: task.serves,
      minutes: task.minutes,
      section: 'tasks' as const,
    })),
    ...pack.questions.map((question) => ({
      id: question.id,
      serves: question.serves,
      minutes: question.minutes,
      section: 'questions' as const,
    })),
    ...pack.behavioural.map((prompt) => ({
      id: prompt.id,
      serves: prompt.serves,
      minutes: WORKSHEET_MINUTES,
      section: 'behavioural' as const,
    })),
    ...pack.drills.map((drill) => ({
      id: drillItem(drill),
      serves: BASELINE,
      minutes: DRILL_MINUTES,
      section: 'drills' as const,
    })),
  ];
}

/** The id of a drill among the items of a pack, where a question may well be called `iou`. */
export function drillItem(drill: PrimitiveId): string {
  return `drill-${drill}`;
}

/** From the contract to a version that passes; making it fast is another evening. */
const DRILL_MINUTES = 40;

/** Time to fill in one STAR worksheet from memory. */
export const WORKSHEET_MINUTES = 10;
