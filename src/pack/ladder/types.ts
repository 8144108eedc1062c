/**
 * The ladder from a reply to items that hold. Its rungs, in order: the reply fits as it came
 * (`direct`, when the endpoint was held to the schema; `parsed`, when it was not) → it is salvaged
 * → only the failing fields are asked for again → the failing items are written once more → the
 * section is given up and nothing is published. A climb says what to ask next and takes replies; it
 * knows nothing of who answers, so a model, a stored reply or a person with a chat window all do.
 */
import type { z } from 'zod';
import type { Problem } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import type { Repair } from '../salvage/salvage.ts';
import type { Topic } from '../topics.ts';

export const RUNGS = ['direct', 'parsed', 'salvaged', 're-asked', 'regenerated', 'quarantined'] as const;
export type Rung = (typeof RUNGS)[number];

export type Part = 'reading' | SectionName;

/** An item of which some fields do not hold. */
export interface FailingItem {
  /** Its key in the reply to a repair: `item_3`. */
  key: string;
  topic: Topic;
  /** Fields to write again. */
  fields: string[];
  problems: Problem[];
  /** What it holds now; `undefined` when it never came. */
  current: Readonly<Record<string, unknown>> | undefined;
}

/** What the next request is to bring. */
export interface Ask {
  part: Part;
  /** `first`: the whole list · `repair`: the failing fields alone · `again`: anew, after the first one failed. */
  turn: 'first' | 'repair' | 'again';
  /** Wanted items; empty for the reading and for a repair. */
  topics: readonly Topic[];
  /** For a repair. */
  failing: readonly FailingItem[];
  /** Why it is asked anew, for `again`; a request is never sent twice the same. */
  because: string;
  schemaName: string;
  schema: z.ZodObject;
  /** Room for the reply: the usual limit, or twice that after a reply that was cut off. */
  room: 'usual' | 'larger';
}

export type Finish = 'stop' | 'length' | 'refusal' | 'filtered' | 'unknown';

/** A reply as far as the ladder is concerned. */
export interface Answer {
  text: string;
  finish: Finish;
  /** The model's words when it refuses. */
  refusal: string | null;
  /** Whether the endpoint was held to the schema while it wrote. */
  isConstrained: boolean;
}

/** What a climb is worth telling afterwards, whether it came to the top or not. */
export interface ClimbLog {
  rung: Rung;
  /** Every mend of the salvage. */
  repairs: Repair[];
  /** Items whose fields were asked for again. */
  reasked: number;
  /** Things of a reply that have no place: an item that nobody asked for. */
  leftOut: Problem[];
}

/** Why a climb was given up. */
export type Defeat = 'refused' | 'filtered' | 'unusable';
