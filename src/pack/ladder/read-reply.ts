/** A reply's text → the items in it, each with the topic it was written for. */
import type { z } from 'zod';
import type { Problem } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import { salvage, type Repair } from '../salvage/salvage.ts';
import type { Topic } from '../topics.ts';
import { wireSection } from '../wire.ts';
import type { Answer } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface ItemReading {
  items: Map<Topic, Fields>;
  repairs: Repair[];
  leftOut: Problem[];
  isCutOff: boolean;
}

/** @returns `undefined` when nothing in the text resembles the section. */
export function readItems(section: SectionName, answer: Answer, wanted: readonly Topic[]): ItemReading | undefined {
  const salvaged = salvage(answer.text, wireSection(section));
  if (salvaged === undefined) return undefined;
  const list: unknown = Reflect.get(Object(salvaged.value), section);
  if (!Array.isArray(list)) return undefined;
  const reading: ItemReading = {
    items: new Map(),
    repairs: [...salvaged.repairs],
    leftOut: [],
    isCutOff: salvaged.isCutOff || answer.finish === 'length',
  };
  const entries = list.map((value, index) => ({ value: isFields(value) ? value : undefined, index }));
  const strangers = entries.filter(({ value, index }) => !pairByName(reading, wanted, value, `${section}[${index}]`));
  pairTheRest(reading, wanted, strangers, section);
  return reading;
}

function pairByName(reading: ItemReading, wanted: readonly Topic[], value: Fields | undefined, path: string): boolean {
  const name = value?.['topic'];
  const topic = wanted.find(({ id }) => id === name);
  if (value === undefined || topic === undefined) return false;
  if (reading.items.has(topic)) {
    reading.leftOut.push({ path, message: `expected one item for "${topic.id}", found another` });
  } else reading.items.set(topic, value);
  return true;
}

/**
 * Items that do not say what they are for go to the topics that are left, in order, when there are
 * as many of the one as of the other; otherwise nobody can tell, and they are left out by name.
 */
function pairTheRest(
  reading: ItemReading,
  wanted: readonly Topic[],
  strangers: readonly { value: Fields | undefined; index: number }[],
  section: SectionName,
): void {
  const open = wanted.filter((topic) => !reading.items.has(topic));
  const isClear = strangers.length === open.length && !reading.isCutOff;
  for (const [order, { value, index }] of strangers.entries()) {
    const path = `${section}[${index}]`;
    const topic = isClear ? open[order] : undefined;
    if (value === undefined)
      reading.leftOut.push({ path, message: 'expected a group of fields, found something else' });
    else if (topic === undefined) {
      const found = value['topic'] === undefined ? 'none' : JSON.stringify(value['topic']).slice(0, 60);
      reading.leftOut.push({ path: `${path}.topic`, message: `expected a topic that was asked for, found ${found}` });
    } else {
      reading.items.set(topic, value);
      reading.repairs.push({ path: `${path}.topic`, what: `taken for "${topic.id}", the only one left in its place` });
    }
  }
}

/** The fields of a repair by item key; a reply that cannot be read brings none. */
export function readRepair(text: string, schema: z.ZodObject): { fields: Map<string, Fields>; repairs: Repair[] } {
  const salvaged = salvage(text, schema);
  const fields = new Map<string, Fields>();
  if (salvaged === undefined) return { fields, repairs: [] };
  for (const key of Object.keys(schema.shape)) {
    const value: unknown = Reflect.get(Object(salvaged.value), key);
    if (isFields(value)) fields.set(key, value);
  }
  return { fields, repairs: salvaged.repairs };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
