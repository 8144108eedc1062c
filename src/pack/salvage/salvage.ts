/**
 * A reply of a model, which should have been JSON of one shape and often is not → a plain value in
 * that shape as far as possible, with a log of every departure. Nothing is invented, no item goes
 * without a word, and an item that was cut off is never taken for a whole one. Whether the value
 * is any good is for the validator to say.
 */
import type { z } from 'zod';
import { findEnvelope } from './envelope.ts';
import { readExact } from './exact.ts';
import { Fitter, type Repair } from './fit.ts';
import { joinSpans, type Joined } from './join.ts';
import { readMarkdown } from './markdown.ts';
import { groupShapeOf, type GroupShape } from './shape.ts';
import { findSpans, withoutThinking } from './spans.ts';

export type { Repair } from './fit.ts';

export interface Salvaged {
  /** In the shape of the schema as far as possible, not validated; an item that could not be read is null. */
  value: unknown;
  /** In the order of the value; empty when the text was strict JSON in the right shape already. */
  repairs: Repair[];
  /** The text ended before the document did. */
  isCutOff: boolean;
  /** Paths of items that were cut off and are not in `value`, by their place among all items of the text. */
  incomplete: string[];
}

/**
 * Reads what a reply holds of the schema's fields. Deterministic, linear in the length of the text,
 * and never throws.
 * @param schema an object of lists (`{questions: […]}`) or of groups (`{item_3: {…}}`)
 * @returns `undefined` when nothing in the text resembles the schema.
 */
export function salvage(text: string, schema: z.ZodObject): Salvaged | undefined {
  const exact = readExact(text, schema);
  if (exact !== undefined) return { ...exact, repairs: [], isCutOff: false, incomplete: [] };
  const shape = groupShapeOf(schema);
  return salvageJson(text, shape) ?? salvageQuotedJson(text, shape) ?? salvageMarkdown(text, shape);
}

function salvageJson(text: string, shape: GroupShape): Salvaged | undefined {
  const joined = joinSpans(
    findSpans(text, (node) => findEnvelope(node, shape) !== undefined),
    shape,
  );
  if (joined === undefined) return undefined;
  return finish(joined, shape, surroundings(text, joined));
}

function finish({ group, isCut }: Pick<Joined, 'group' | 'isCut'>, shape: GroupShape, notes: string[]): Salvaged {
  const fitter = new Fitter();
  fitter.log([], ...notes);
  const value = fitter.group(group, shape, []);
  if (isCut) fitter.log([], 'the text ends before the document does');
  for (const path of fitter.incomplete) fitter.repairs.push({ path, what: 'left out what is not complete' });
  return { value, repairs: fitter.repairs, isCutOff: isCut, incomplete: fitter.incomplete };
}

/** A byte order mark and blanks are nobody's departure. */
function surroundings(text: string, { start, end }: Joined): string[] {
  const before = text.slice(0, start).trim();
  const after = text.slice(end).trim();
  if (before === '' && after === '') return [];
  const isFenced = /(?:`{3,}|~{3,})[^\n]*$/.test(before.slice(-200));
  return [isFenced ? 'taken out of a fenced block' : 'left out the text around the JSON'];
}

/** A whole document as one JSON text: `"{\"questions\": […]}"`. */
function salvageQuotedJson(text: string, shape: GroupShape): Salvaged | undefined {
  const inner = quotedText(text.trim());
  const salvaged = inner === undefined ? undefined : salvageJson(inner, shape);
  salvaged?.repairs.unshift({ path: '', what: 'read JSON that stood in a JSON text' });
  return salvaged;
}

function quotedText(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined; // not a JSON text, so perhaps Markdown
  }
}

function salvageMarkdown(text: string, shape: GroupShape): Salvaged | undefined {
  const reading = readMarkdown(withoutThinking(text), shape);
  if (reading === undefined) return undefined;
  return finish(reading, shape, ['read Markdown instead of JSON']);
}
