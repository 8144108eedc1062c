import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNearJson } from './near-json.ts';
import { plainValue, type Node } from './tree.ts';

function read(source: string): { value: unknown; ending: string; notes: string[] } {
  const { node, ending } = readNearJson(source, 0, { characters: 100_000 });
  return { value: plainValue(node), ending, notes: notesOf(node) };
}

function notesOf(node: Node): string[] {
  if (node.kind === 'list') return [...node.notes, ...node.elements.flatMap(notesOf)];
  if (node.kind === 'group') return [...node.notes, ...node.members.flatMap(({ value }) => notesOf(value))];
  return node.notes;
}

test('strict JSON is what JSON.parse says it is, without a note', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(fc.json()), fc.dictionary(fc.string(), fc.json())),
      fc.boolean(),
      (value, isIndented) => {
        const source = JSON.stringify(value, null, isIndented ? 2 : undefined);
        expect(read(source)).toEqual({ value: JSON.parse(source) as unknown, ending: 'complete', notes: [] });
      },
    ),
  );
});

test('JSON as text, values of every kind', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (source) => {
      expect(read(`[${source}]`)).toEqual({ value: [JSON.parse(source) as unknown], ending: 'complete', notes: [] });
    }),
  );
});

describe('near-JSON', () => {
  test.each([
    ['trailing commas', '{"a": [1, 2,], }', { a: [1, 2] }],
    ['comments', '{ // one\n"a": 1, /* two */ "b": 2 # three\n}', { a: 1, b: 2 }],
    ['single quotes', `{'a': 'it\\'s'}`, { a: "it's" }],
    ['an apostrophe in single quotes', `{'a': 'it's', 'b': 1}`, { a: "it's", b: 1 }],
    ['typographic quotes', '{“a”: “x”, „b“: "y"}', { a: 'x', b: 'y' }],
    ['names without quotes', '{a: 1, b_c: "x"}', { a: 1, b_c: 'x' }],
    ['Python words', '{"a": True, "b": False, "c": None}', { a: true, b: false, c: null }],
    ['a line break and a tab in a text', '{"a": "x\n\ty"}', { a: 'x\n\ty' }],
    ['a missing comma between members', '{"a": "x"\n "b": 2 "c": 3}', { a: 'x', b: 2, c: 3 }],
    ['a missing comma between elements', '["a"\n"b", {"c": 1} {"d": 2}]', ['a', 'b', { c: 1 }, { d: 2 }]],
    ['escapes that are none', String.raw`{"a": "\d+ C:\Windows"}`, { a: String.raw`\d+ C:\Windows` }],
    ['NaN', '{"a": NaN, "b": 1}', { a: null, b: 1 }],
    ['a number that is none', '{"a": 1_000}', { a: '1_000' }],
    ['a word without quotes', '{"a": must}', { a: 'must' }],
    ['a missing brace before a bracket', '{"a": [{"b": 1]}', { a: [{ b: 1 }] }],
    ['a missing bracket before a brace', '{"a": [1, 2}', { a: [1, 2] }],
    ['quotes that are not escaped', '{"a": "he said "yes" and left"}', { a: 'he said "yes" and left' }],
    ['inches', '{"a": "a 24" screen"}', { a: 'a 24" screen' }],
    ['an omission', '[{"a": 1}, ...]', [{ a: 1 }]],
  ])('%s', (_, source, value) => {
    const reading = read(source);
    expect(reading).toMatchObject({ value, ending: 'complete' });
    expect(reading.notes).not.toEqual([]);
  });

  test.each([
    ['a quote that may end it', '[{"t": 1, "a": "he said "foo", then"}, {"t": 2}]'],
    ['a quote before a colon', '[{"t": 1, "a": "x "b": y"}, {"t": 2}]'],
    ['a closing quote that is missing', '[{"t": 1, "a": ["x, "y"]}, {"t": 2}]'],
    ['text without quotes', '[{"t": 1, "a": so it is}, {"t": 2}]'],
    ['a stray quote', `[{"t": 1, "a": '"x", "b": "y"}, {"t": 2}]`],
    ['a missing colon', '[{"t": 1, "a" "x"}, {"t": 2}]'],
  ])('is not guessed at, and costs its item only: %s', (_, source) => {
    expect(read(source)).toMatchObject({ value: [null, { t: 2 }], ending: 'complete' });
  });

  test('does not take an element of an inner list for the next item', () => {
    const source = '[{"q": "a "b", c", "more": [{"q": "in"}, {"q": "in"}]}, {"q": "next"}]';
    expect(read(source)).toMatchObject({ ending: 'broken', value: [{}] });
  });

  test('stops where brackets stand too deep', () => {
    expect(read('['.repeat(100_000)).ending).toBe('broken');
  });
});

test.each(['{"a": [{"b": "x', '{"a": 12', '{"a": tru', '{"a"', '{"a": [1,', '{"a": "x\\', '{"a": 1 // so'])(
  'what is cut off says so: %s',
  (source) => {
    expect(read(source).ending).toBe('cut');
  },
);
