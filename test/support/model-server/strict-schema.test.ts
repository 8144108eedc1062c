import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ask, chatBody, LIST_SCHEMA, objectSchema } from './client.ts';
import { startModelServer } from './server.ts';
import { findSchemaViolation } from './strict-schema.ts';

const text = { type: 'string' };

function violation(schema: unknown, name = 'reply'): string | undefined {
  return findSchemaViolation({ name, strict: true, schema });
}

function nested(levels: number): Record<string, unknown> {
  return levels === 1 ? objectSchema({ leaf: text }) : objectSchema({ inner: nested(levels - 1) });
}

function wide(properties: number): Record<string, unknown> {
  return objectSchema(Object.fromEntries(Array.from({ length: properties }, (_, index) => [`p${index}`, text])));
}

describe('a strict schema is taken when it', () => {
  test.each<[string, unknown]>([
    ['holds lists of objects', LIST_SCHEMA],
    ['has ten levels', nested(10)],
    ['has five thousand properties', wide(5000)],
    ['bounds numbers and lists', objectSchema({ n: { type: 'integer', minimum: 1, multipleOf: 2 } })],
    ['has a nullable field', objectSchema({ n: { type: ['string', 'null'] } })],
    ['has a choice below the root', objectSchema({ n: { anyOf: [text, { type: 'null' }] } })],
    ['points at a definition', { ...objectSchema({ n: { $ref: '#/$defs/leaf' } }), $defs: { leaf: text } }],
    ['points at itself', objectSchema({ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } })],
    ['is what zod makes', z.toJSONSchema(z.strictObject({ a: z.array(z.strictObject({ b: z.enum(['c']) })) }))],
  ])('%s', (_, schema) => {
    expect(violation(schema)).toBeUndefined();
  });
});

const KEYWORDS = `
  allOf oneOf not if then else dependentRequired dependentSchemas
  patternProperties propertyNames minProperties maxProperties unevaluatedProperties uniqueItems prefixItems contains
  minContains maxContains unevaluatedItems minLength maxLength default
`;

describe('a strict schema is refused when it', () => {
  test.each(KEYWORDS.trim().split(/\s+/))('uses %s', (keyword) => {
    expect(violation(objectSchema({ field: { ...text, [keyword]: [] } }))).toContain(
      `In context=('properties', 'field'), '${keyword}' is not permitted.`,
    );
  });

  test.each<[string, unknown, string]>([
    ['is a list', { type: 'array', items: text }, `got 'type: "array"'`],
    ['is a choice', { type: 'object', anyOf: [LIST_SCHEMA] }, "'anyOf' is not permitted at the root"],
    ['is no object at all', 'object', "'response_format.json_schema.schema'"],
    ['lets other fields in', { ...LIST_SCHEMA, additionalProperties: undefined }, "'additionalProperties' is required"],
    ['says so of an inner object', objectSchema({ a: { type: 'object', properties: {}, required: [] } }), "'a'"],
    ['leaves a field optional', { ...objectSchema({ a: text, b: text }), required: ['a'] }, "Missing 'b'"],
    ['requires nothing', { ...objectSchema({}), required: undefined }, "'required' is required"],
    ['requires what is not there', { ...objectSchema({ a: text }), required: ['a', 'b'] }, 'Extra required key "b"'],
    ['has eleven levels', nested(11), '11 levels of nesting'],
    ['has 5001 properties', wide(5001), '5001 properties'],
    [
      'has 1001 enum values',
      objectSchema({ a: { ...text, enum: Array.from({ length: 1001 }, String) } }),
      '1001 enum values',
    ],
    ['has endless names', objectSchema({ ['a'.repeat(120_001)]: text }), '120001 characters'],
    ['has a list of nothing', objectSchema({ a: { type: 'array' } }), 'missing items'],
    ['has a field without a type', objectSchema({ a: {} }), "must have a 'type' key"],
    ['has a type nobody knows', objectSchema({ a: { type: 'text' } }), '"text" is not a valid type'],
    ['has a format nobody knows', objectSchema({ a: { ...text, format: 'uri' } }), '"uri" is not a valid format'],
    ['has an empty enum', objectSchema({ a: { ...text, enum: [] } }), 'must not be empty'],
    ['has an empty choice', objectSchema({ a: { anyOf: [] } }), 'at least one schema'],
    ['points nowhere', objectSchema({ a: { $ref: '#/$defs/none' } }), 'cannot be resolved'],
    ['has a boolean for a schema', objectSchema({ a: true }), 'schema must be an object'],
  ])('%s', (_, schema, message) => {
    expect(violation(schema)).toContain(message);
  });

  test.each(['', 'two words', 'a'.repeat(65), 'ümlaut'])('is named "%s"', (name) => {
    expect(violation(LIST_SCHEMA, name)).toContain('json_schema.name');
  });
});

test('a schema that is not strict is not looked into', () => {
  expect(findSchemaViolation({ name: 'reply', schema: { type: 'array' } })).toBeUndefined();
});

test('a client gets a 400 that names response_format', async () => {
  await using server = await startModelServer();
  const json_schema = { name: 'reply', strict: true, schema: objectSchema({ a: { ...text, allOf: [] } }) };
  const received = await ask(server, chatBody({ response_format: { type: 'json_schema', json_schema } }));
  expect(received).toMatchObject({
    status: 400,
    json: { error: { param: 'response_format', type: 'invalid_request_error' } },
  });
});
