import fc from 'fast-check';
import { zodResponseFormat } from 'openai/helpers/zod';
import { toStrictJsonSchema as toOpenAiSchema } from 'openai/lib/transform';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { findSchemaViolation } from '../../test/support/model-server/strict-schema.ts';
import { wireItem } from '../../test/support/wire-items.ts';
import { SECTIONS, type SectionName } from './draft.ts';
import { fieldsOfItem } from './ladder/check-item.ts';
import { toStrictJsonSchema, WIRE_ITEMS, wireReading, wireRepair, wireSection } from './wire.ts';

const KEYWORDS = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'description']);
const TYPES = new Set(['object', 'array', 'string', 'number']);

/** Departures from the subset of strict mode, by path. */
function departures(schema: unknown, path = '$'): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${path}: no schema`];
  const { type, properties, required, additionalProperties, items } = schema as Record<string, unknown>;
  const found = Object.keys(schema)
    .filter((name) => !KEYWORDS.has(name))
    .map((name) => `${path}: ${name}`);
  if (!TYPES.has(String(type))) found.push(`${path}: type ${String(type)}`);
  if (type === 'array') return [...found, ...departures(items, `${path}[]`)];
  if (type !== 'object') return found;
  const fields = Object.entries(properties ?? {});
  if (additionalProperties !== false) found.push(`${path}: additionalProperties`);
  if (JSON.stringify(required) !== JSON.stringify(fields.map(([name]) => name))) found.push(`${path}: required`);
  return [...found, ...fields.flatMap(([name, inner]) => departures(inner, `${path}.${name}`))];
}

function expectStrict(name: string, zod: z.ZodObject): void {
  const schema = toStrictJsonSchema(zod);
  expect({ name, departures: departures(schema) }).toEqual({ name, departures: [] });
  expect(schema).toMatchObject({ type: 'object' });
  // What OpenAI's own converter makes of it is no different, and it refuses nothing.
  expect(toOpenAiSchema(structuredClone(schema))).toEqual(schema);
  expect(() => zodResponseFormat(zod, name)).not.toThrow();
  expect(findSchemaViolation({ name, strict: true, schema })).toBeUndefined();
}

describe('every schema that is sent stays in the subset of strict mode', () => {
  test('of the reading', () => expectStrict('reading', wireReading));

  test.each(SECTIONS)('of the section %s', (section) => expectStrict(section, wireSection(section)));

  test.each(SECTIONS)('of each field of %s on its own', (section) => {
    for (const field of fieldsOfItem(section))
      expectStrict(`${section}_repair`, wireRepair(section, new Map([['item_0', [field]]])));
  });

  test('of any repair', () => {
    const repair = fc.constantFrom(...SECTIONS).chain((section) =>
      fc.tuple(
        fc.constant<SectionName>(section),
        fc.array(fc.tuple(fc.nat(40), fc.subarray(fieldsOfItem(section), { minLength: 1 })), {
          minLength: 1,
          maxLength: 6,
        }),
      ),
    );
    fc.assert(
      fc.property(repair, ([section, items]) => {
        const fields = new Map(items.map(([index, names]) => [`item_${index}`, names]));
        const zod = wireRepair(section, fields);
        expectStrict(`${section}_repair`, zod);
        expect(Object.entries(zod.shape).map(([key, item]) => [key, Object.keys((item as z.ZodObject).shape)])).toEqual(
          [...fields],
        );
      }),
      { numRuns: 50 },
    );
  });

  test('and the check itself finds what leaves it', () => {
    const schema = toStrictJsonSchema(wireReading);
    expect(departures({ ...schema, required: ['topics'] })).toEqual(['$: required']);
    expect(departures({ ...schema, additionalProperties: true, $schema: 'x' })).toEqual([
      '$: $schema',
      '$: additionalProperties',
    ]);
    expect(
      departures({
        type: 'object',
        properties: { a: { type: 'string', minLength: 1 } },
        required: ['a'],
        additionalProperties: false,
      }),
    ).toEqual(['$.a: minLength']);
  });
});

test('a repair leaves out fields that an item does not have', () => {
  const zod = wireRepair('tasks', new Map([['item_1', ['name', 'mood']]]));
  expect(toStrictJsonSchema(zod)['properties']).toMatchObject({ item_1: { required: ['name'] } });
});

test('an item fits the schema that it is asked for by', () => {
  for (const section of SECTIONS)
    expect(WIRE_ITEMS[section].safeParse(wireItem(section, 'one'))).toMatchObject({ success: true });
});
