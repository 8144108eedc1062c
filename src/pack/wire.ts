/**
 * What a model is asked to return, as zod schemas that stay inside the subset of JSON Schema which
 * strict structured output takes: objects with every field required, lists, text, numbers, enums.
 * Lengths and other rules are checked afterwards (`ladder/check-item.ts`): the wire carries a shape,
 * the domain decides whether it will do.
 */
import { z } from 'zod';
import { LEVELS, QUESTION_KINDS } from '../bank/schema.ts';
import { SECTIONS, type SectionName } from './draft.ts';
import { REQUIREMENT_KINDS } from './schema.ts';

const rubric = z.strictObject({ weak: z.string(), good: z.string(), strong: z.string() });

const question = z.strictObject({
  topic: z.string(),
  question: z.string(),
  spoken: z.string(),
  answer: z.string(),
  why: z.string(),
  mistake: z.string(),
  minutes: z.number(),
  rubric,
  followUps: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
});

const task = z.strictObject({
  topic: z.string(),
  name: z.string(),
  objective: z.string(),
  problemStatement: z.string(),
  requirements: z.array(z.string()),
  deliverables: z.array(z.string()),
  minutes: z.number(),
  rubric,
  hints: z.array(z.string()),
});

const behavioural = z.strictObject({
  topic: z.string(),
  question: z.string(),
  intent: z.string(),
  worksheet: z.strictObject({ situation: z.string(), task: z.string(), action: z.string(), result: z.string() }),
});

/** One item of each section as it travels; `topic` says which of the wanted items it is. */
export const WIRE_ITEMS = { tasks: task, questions: question, behavioural } as const satisfies Record<
  SectionName,
  z.ZodObject
>;

export type WireItem<S extends SectionName = SectionName> = z.infer<(typeof WIRE_ITEMS)[S]>;

/** The first request: what the ad is read for. */
export const wireReading = z.strictObject({
  topics: z.array(
    z.strictObject({
      section: z.enum(SECTIONS),
      /** Id of a requirement, or `baseline`. */
      line: z.string(),
      intent: z.string(),
      kind: z.enum(QUESTION_KINDS),
      level: z.enum(LEVELS),
    }),
  ),
  missed: z.array(z.strictObject({ quote: z.string(), kind: z.enum(REQUIREMENT_KINDS) })),
});

const WIRE_SECTIONS: Record<SectionName, z.ZodObject> = {
  tasks: z.strictObject({ tasks: z.array(task) }),
  questions: z.strictObject({ questions: z.array(question) }),
  behavioural: z.strictObject({ behavioural: z.array(behavioural) }),
};

/** `{"questions": [...]}`. */
export function wireSection(section: SectionName): z.ZodObject {
  return WIRE_SECTIONS[section];
}

/**
 * A targeted re-ask: of each item only the fields that did not hold.
 * @param fields item key (`item_3`) → names of its fields.
 */
export function wireRepair(section: SectionName, fields: ReadonlyMap<string, readonly string[]>): z.ZodObject {
  const shape = WIRE_ITEMS[section].shape as Record<string, z.ZodType>;
  const items = [...fields].map(([key, names]) => {
    const wanted = names.flatMap((name) => (shape[name] === undefined ? [] : [[name, shape[name]] as const]));
    return [key, z.strictObject(Object.fromEntries(wanted))] as const;
  });
  return z.strictObject(Object.fromEntries(items));
}

export type JsonSchema = Record<string, unknown>;

/** The same few schemas go with every request. */
const converted = new WeakMap<z.ZodObject, JsonSchema>();

/** JSON Schema (draft 7) as strict mode takes it; without `$schema`, which some servers refuse. */
export function toStrictJsonSchema(schema: z.ZodObject): JsonSchema {
  const known = converted.get(schema);
  if (known !== undefined) return known;
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  converted.set(schema, rest);
  return rest;
}
