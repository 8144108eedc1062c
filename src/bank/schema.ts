/**
 * What a person may write into `bank/`: one question, one task, one behavioural prompt.
 *
 * These shapes are the editor's side of the contract; `src/pack/schema.ts` is the reader's side.
 * An entry holds nothing about any ad: which line it serves is decided when a pack is made.
 */
import { z } from 'zod';

export const LEVELS = ['junior', 'mid', 'senior'] as const;
export const QUESTION_KINDS = ['concept', 'apply', 'debug', 'design', 'coding'] as const;

const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected a slug such as "sql-window-functions"')
  .max(64);
const skillId = z
  .string()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/, 'expected a skill id such as "databases.sql"');

/** Text of at least `min` characters once trimmed; the message says what stands there now. */
function text(min: number, max = 4000) {
  return z.string().trim().min(min, `expected at least ${min} characters`).max(max);
}

export const rubricSchema = z.strictObject({
  weak: text(20, 600),
  good: text(20, 600),
  strong: text(20, 600),
});

/** A statement of the answer that a machine can check: the code asserts what `says` says. */
export const claimSchema = z.strictObject({ says: text(10, 300), python: text(8, 1500) });

export const followUpSchema = z.strictObject({ question: text(10, 300), answer: text(20, 900) });

export const bankQuestionSchema = z.strictObject({
  id: slug,
  question: text(15, 400),
  kind: z.enum(QUESTION_KINDS),
  level: z.enum(LEVELS),
  minutes: z.number().int().min(2).max(45),
  skills: z.array(skillId).min(1).max(5),
  why: text(20, 400),
  spoken: text(20, 300),
  answer: text(300, 6000),
  rubric: rubricSchema,
  followUps: z.array(followUpSchema).min(2).max(4),
  mistake: text(20, 500),
  claims: z.array(claimSchema).max(6).default([]),
});
export type BankQuestion = z.infer<typeof bankQuestionSchema>;

export const bankTaskSchema = z.strictObject({
  id: slug,
  name: text(5, 100),
  objective: text(20, 400),
  problemStatement: text(100, 6000),
  requirements: z.array(text(8, 500)).min(3).max(10),
  deliverables: z.array(text(5, 300)).min(2).max(6),
  skills: z.array(skillId).min(1).max(6),
  level: z.enum(LEVELS),
  minutes: z.number().int().min(20).max(90),
  rubric: rubricSchema,
  hints: z.array(text(10, 500)).length(3),
});
export type BankTask = z.infer<typeof bankTaskSchema>;

export const worksheetSchema = z.strictObject({
  situation: text(10, 300),
  task: text(10, 300),
  action: text(10, 300),
  result: text(10, 300),
});

/** Somebody else's story, told in the third person to show the shape of an answer. */
export const exampleSchema = z.strictObject({
  id: slug,
  title: text(5, 120),
  situation: text(20, 700),
  task: text(20, 700),
  action: text(20, 900),
  result: text(20, 700),
  lesson: text(20, 400),
});
export type BankExample = z.infer<typeof exampleSchema>;

export const bankPromptSchema = z.strictObject({
  id: slug,
  question: text(15, 300),
  skills: z.array(skillId).min(1).max(4),
  /** True for the set that every recruiter asks, whatever the ad says. */
  baseline: z.boolean().default(false),
  intent: text(30, 500),
  worksheet: worksheetSchema,
  /** Id of one of the `examples` of the same file. */
  example: slug.optional(),
});
export type BankPrompt = z.infer<typeof bankPromptSchema>;

export const skillSchema = z.strictObject({
  id: skillId,
  name: text(1, 80),
  parent: skillId.optional(),
  aliases: z.array(z.string().trim().min(2)).default([]),
  exact: z.array(z.string().trim().min(1)).default([]),
  related: z.array(skillId).default([]),
  people: z.boolean().default(false),
  /** True when a line that names it asks for nothing else: the subjects of a degree are no skills. */
  alone: z.boolean().default(false),
  advice: text(30, 500).optional(),
});
export type Skill = z.infer<typeof skillSchema>;
