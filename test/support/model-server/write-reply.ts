/**
 * The default content of the test model: fills the schema of the request, one object for each entry
 * of the block of items in the last user message. Same request, same text.
 *
 *     <<<ITEMS
 *     [{"topic": "window functions", "level": "senior"}]
 *     ITEMS>>>
 *
 * A field of an item takes the entry's value of the same name where the schema allows it.
 */
import type { ChatMessage } from './chat-request.ts';
import { isObject, parseJson, type JsonObject } from './json.ts';
import { hashText } from './random.ts';
import { writeName, writeText, writeTopic } from './sentences.ts';
import { resolveRef } from './strict-schema.ts';

const ITEMS_BLOCK = /<<<ITEMS\s([\s\S]*?)\sITEMS>>>/g;
const REPAIR_KEY = /^item_(\d+)$/;
const USUAL_NUMBER = 10;
/** Within what both a question and an exercise may take. */
const USUAL_MINUTES = 30;
const USUAL_LENGTH = 3;

interface Scope {
  root: JsonObject;
  entries: readonly JsonObject[];
  seed: string;
  /** Names and indexes from the root of the reply. */
  path: readonly string[];
  /** What the item around this value is about. */
  entry: JsonObject | undefined;
  /** Length of the path of that item: its fields take values of the entry, what is deeper down does not. */
  itemDepth: number;
}

export function writeReply({ schema, messages }: { schema?: JsonObject | undefined; messages: ChatMessage[] }): string {
  const prompt = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const seed = String(hashText(prompt));
  const known = schema ?? schemaInWords(prompt);
  if (known === undefined) return writeText(seed, '', { chars: 200 });
  const scope = { root: known, entries: readItems(prompt), seed, path: [], entry: undefined, itemDepth: 0 };
  return JSON.stringify(fill(known, scope));
}

/** A model that is not held to a schema follows one that the prompt states in its last line. */
function schemaInWords(prompt: string): JsonObject | undefined {
  const found = parseJson(prompt.slice(prompt.lastIndexOf('\n') + 1));
  return isObject(found) && isObject(found['properties']) ? found : undefined;
}

/** The entries of the last block of items in a prompt; none where there is no block. */
export function readItems(prompt: string): JsonObject[] {
  const found = parseJson([...prompt.matchAll(ITEMS_BLOCK)].at(-1)?.[1] ?? '');
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function fill(schema: JsonObject, scope: Scope): unknown {
  const { $ref, anyOf, enum: values, type } = schema;
  if (typeof $ref === 'string') return fill(resolveRef($ref, scope.root) ?? {}, scope);
  if (Array.isArray(anyOf)) return fill(anyOf.find(isNotNull) ?? {}, scope);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(values)) return fillEnum(values, scope);
  return fillType([type].flat().find((name) => name !== 'null') ?? 'null', schema, scope);
}

function isNotNull(option: unknown): option is JsonObject {
  return isObject(option) && option['type'] !== 'null';
}

function fillType(type: unknown, schema: JsonObject, scope: Scope): unknown {
  if (type === 'object') return fillObject(schema, scope);
  if (type === 'array') return fillList(schema, scope);
  if (type === 'string') return fillText(schema, scope);
  if (type === 'integer' || type === 'number') return fillNumber(schema, scope);
  return type === 'boolean' ? (offered(scope) ?? true) === true : null;
}

/** The entry's value for the field that is being filled. */
function offered({ entry, itemDepth, path }: Scope): unknown {
  return path.length === itemDepth + 1 ? entry?.[path.at(-1) ?? ''] : undefined;
}

function fillEnum(values: readonly unknown[], scope: Scope): unknown {
  const value = offered(scope);
  return values.includes(value) ? value : values[0];
}

function fillObject(schema: JsonObject, scope: Scope): JsonObject {
  const properties = Object.entries(schema['properties'] ?? {}).filter((pair): pair is [string, JsonObject] =>
    isObject(pair[1]),
  );
  const repaired = properties.filter(([name]) => scope.path.length === 0 && REPAIR_KEY.test(name));
  const mainList = scope.path.length === 0 ? properties.find(([, property]) => isListOfObjects(property)) : undefined;
  return Object.fromEntries(
    properties.map(([name, property]) => {
      const inner = { ...scope, path: [...scope.path, name] };
      const at = repaired.findIndex(([key]) => key === name);
      if (at >= 0) return [name, fillItem(property, inner, repairEntry(name, at, repaired.length, scope))];
      if (name === mainList?.[0]) return [name, fillMainList(property, inner)];
      return [name, fill(property, inner)];
    }),
  );
}

function isListOfObjects({ type, items }: JsonObject): boolean {
  return type === 'array' && isObject(items) && (items['type'] === 'object' || items['$ref'] !== undefined);
}

function fillMainList({ items }: JsonObject, scope: Scope): unknown[] {
  const item = isObject(items) ? items : {};
  const entries = scope.entries.length > 0 ? scope.entries : Array.from({ length: USUAL_LENGTH }, () => undefined);
  return entries.map((entry, index) => fillItem(item, { ...scope, path: [...scope.path, String(index)] }, entry));
}

/** A re-ask sends the entries of what it asks for, or all of them: then the number says which. */
function repairEntry(name: string, at: number, count: number, { entries }: Scope): JsonObject | undefined {
  return entries.length === count ? entries[at] : entries[Number(REPAIR_KEY.exec(name)?.[1])];
}

function fillItem(schema: JsonObject, scope: Scope, entry: JsonObject | undefined): unknown {
  return fill(schema, {
    ...scope,
    entry: { topic: writeTopic(seedOf(scope)), ...entry },
    itemDepth: scope.path.length,
  });
}

/** Lists of objects below the main one, and lists of anything else. */
function fillList(schema: JsonObject, scope: Scope): unknown[] {
  const { items, minItems, maxItems } = schema;
  const value = offered(scope);
  const item = isObject(items) ? items : {};
  if (Array.isArray(value) && item['type'] === 'string') return value.filter((text) => typeof text === 'string');
  // A second list at the root has no entries: what it would say of the ad would be made up.
  if (scope.entry === undefined && isListOfObjects(schema)) return [];
  const length = Math.min(Math.max(USUAL_LENGTH, Number(minItems ?? 0)), Number(maxItems ?? Infinity));
  return Array.from({ length }, (_, index) => fill(item, { ...scope, path: [...scope.path, String(index)] }));
}

function fillNumber(schema: JsonObject, scope: Scope): number {
  const value = offered(scope);
  const min = Number(schema['minimum'] ?? -Infinity);
  const max = Number(schema['maximum'] ?? Infinity);
  const usual = scope.path.at(-1) === 'minutes' ? USUAL_MINUTES : USUAL_NUMBER;
  return Math.min(max, Math.max(min, typeof value === 'number' ? value : usual));
}

function fillText(schema: JsonObject, scope: Scope): string {
  const { pattern } = schema;
  const value = offered(scope);
  const name = scope.path.at(-1) ?? '';
  const text = typeof value === 'string' ? value : write(name, scope);
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)) return text;
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

function write(name: string, scope: Scope): string {
  const seed = seedOf(scope);
  const topic = scope.entry?.['topic'];
  const about = typeof topic === 'string' ? topic : '';
  if (name === 'name' || name === 'title') return writeName(seed, about);
  // An answer that a reader takes for one has some sixty words at least.
  return writeText(seed, about, name === 'answer' ? { chars: 300, words: 65 } : { chars: 100 });
}

function seedOf({ seed, path, entry }: Scope): string {
  return `${seed} ${path.join('.')} ${JSON.stringify(entry ?? null)}`;
}
