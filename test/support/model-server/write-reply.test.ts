import { describe, expect, test } from 'vitest';
import { WIRE_ITEMS, toStrictJsonSchema, wireRepair, wireSection } from '../../../src/pack/wire.ts';
import { ITEM_SCHEMA, itemsPrompt, LIST_SCHEMA, objectSchema } from './client.ts';
import { isObject, type JsonObject } from './json.ts';
import { readItems, writeReply } from './write-reply.ts';

const TOPICS = ['window functions', 'vacuum', 'locks', 'a query plan that changed overnight and nobody knows why'];

function reply(schema: JsonObject, ...entries: JsonObject[]): JsonObject {
  const content = writeReply({ schema, messages: [{ role: 'user', content: itemsPrompt(...entries) }] });
  return JSON.parse(content) as JsonObject;
}

function questions(...entries: JsonObject[]): JsonObject[] {
  return reply(LIST_SCHEMA, ...entries)['questions'] as JsonObject[];
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value)
    ? Object.entries(value).flatMap(([key, entry]) => (key === 'topic' ? [] : textsOf(entry)))
    : [];
}

describe('the default content', () => {
  test('is one object for each entry, with its topic', () => {
    expect(questions(...TOPICS.map((topic) => ({ topic }))).map(({ topic }) => topic)).toEqual(TOPICS);
  });

  test('is the same for the same request and another for another', () => {
    expect(questions({ topic: 'locks' })).toEqual(questions({ topic: 'locks' }));
    expect(questions({ topic: 'locks' })).not.toEqual(questions({ topic: 'locks' }, { topic: 'vacuum' }).slice(0, 1));
  });

  test('has whole sentences of some length, none of them twice', () => {
    const items = questions(...Array.from({ length: 40 }, (_, index) => ({ topic: TOPICS[index % 4], index })));
    const texts = textsOf(items);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.filter((text) => !/^[A-Z].{58,}\.$/.test(text))).toEqual([]);
    for (const { answer, name } of items) {
      expect(String(answer).length).toBeGreaterThan(300);
      expect(String(name).length).toBeLessThanOrEqual(100);
    }
  });

  test('takes from the entry what the schema allows, and only for the item itself', () => {
    const schema = objectSchema({
      items: {
        type: 'array',
        items: objectSchema({
          topic: { type: 'string' },
          level: { type: 'string', enum: ['mid', 'senior'] },
          kind: { type: 'string', enum: ['apply', 'debug'] },
          minutes: { type: 'integer', minimum: 20, maximum: 45 },
          rubric: objectSchema({ level: { type: 'string', enum: ['weak', 'senior'] } }),
        }),
      },
    });
    const entry = { topic: 'locks', level: 'senior', kind: 'unknown', minutes: 90 };
    expect(reply(schema, entry)['items']).toEqual([
      { topic: 'locks', level: 'senior', kind: 'apply', minutes: 45, rubric: { level: 'weak' } },
    ]);
  });

  test('fills every kind of schema', () => {
    const schema = {
      ...objectSchema({
        count: { type: 'integer' },
        few: { type: 'number', maximum: 3 },
        many: { type: 'number', minimum: 30 },
        minutes: { type: 'number' },
        isDone: { type: 'boolean' },
        nothing: { type: 'null' },
        maybe: { type: ['null', 'integer'] },
        either: { anyOf: [{ type: 'null' }, { type: 'integer' }] },
        fixed: { const: 'v1' },
        defined: { $ref: '#/$defs/leaf' },
        notes: { type: 'array', items: { type: 'string' } },
        five: { type: 'array', items: { type: 'integer' }, minItems: 5 },
        id: { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' },
      }),
      $defs: { leaf: { type: 'integer' } },
    };
    expect(reply(schema)).toEqual({
      count: 10,
      few: 3,
      many: 30,
      minutes: 30,
      isDone: true,
      nothing: null,
      maybe: 10,
      either: 10,
      fixed: 'v1',
      defined: 10,
      notes: [expect.any(String), expect.any(String), expect.any(String)],
      five: [10, 10, 10, 10, 10],
      id: expect.stringMatching(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
    });
  });

  test('leaves a second list of objects empty', () => {
    const list = { type: 'array', items: ITEM_SCHEMA };
    expect(reply(objectSchema({ topics: list, missed: list }), { topic: 'locks' })).toMatchObject({
      topics: [{ topic: 'locks' }],
      missed: [],
    });
  });

  test('answers a targeted re-ask by key: in order, or by number among all', () => {
    const schema = objectSchema({ item_1: ITEM_SCHEMA, item_2: ITEM_SCHEMA });
    const [first, second, third] = TOPICS.map((topic) => ({ topic }));
    const topics = (...entries: (JsonObject | undefined)[]) =>
      Object.values(reply(schema, ...entries.filter(isObject))).map((item) => isObject(item) && item['topic']);
    expect(topics(second, third)).toEqual([TOPICS[1], TOPICS[2]]);
    expect(topics(first, second, third)).toEqual([TOPICS[1], TOPICS[2]]);
  });

  test('makes three objects where nothing says how many, and text where there is no schema', () => {
    const messages = [{ role: 'user' as const, content: 'Write something.' }];
    expect(JSON.parse(writeReply({ schema: LIST_SCHEMA, messages }))).toMatchObject({ questions: [{}, {}, {}] });
    expect(writeReply({ messages })).toMatch(/^.{200,}\.$/);
  });

  test.each(Object.keys(WIRE_ITEMS) as (keyof typeof WIRE_ITEMS)[])(
    'has the shape that is asked for: %s',
    (section) => {
      const schema = wireSection(section);
      expect(schema.safeParse(reply(toStrictJsonSchema(schema), { topic: 'locks' })).error).toBeUndefined();
      const repair = wireRepair(section, new Map([['item_3', ['question', 'name']]]));
      expect(repair.safeParse(reply(toStrictJsonSchema(repair), { topic: 'locks' })).error).toBeUndefined();
    },
  );
});

test('the last block of items counts; what is no list of objects is none', () => {
  expect(readItems(`${itemsPrompt({ topic: 'a' })}\n${itemsPrompt({ topic: 'b' })}`)).toEqual([{ topic: 'b' }]);
  expect(readItems('<<<ITEMS\n{"topic": "a"}\nITEMS>>>')).toEqual([]);
  expect(readItems('no block')).toEqual([]);
});
