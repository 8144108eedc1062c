import { expect, test } from 'vitest';
import { z } from 'zod';
import { groupShapeOf } from './shape.ts';

test('a schema becomes lists, groups, texts, numbers and choices, whatever wraps them', () => {
  const schema = z.looseObject({
    list: z.array(z.strictObject({ text: z.string().trim().min(1) })).min(1),
    minutes: z.number().int().positive().optional(),
    kind: z.enum(['a', 'b']).default('a'),
    one: z.literal('x').nullable(),
    piped: z.string().transform((text) => text.length),
    flag: z.boolean(),
  });
  const { fields, isLoose } = groupShapeOf(schema);
  expect(isLoose).toBe(true);
  expect(fields.get('list')).toMatchObject({ kind: 'list', element: { kind: 'group', isLoose: false } });
  expect([...fields].map(([name, { kind, isNullable }]) => [name, kind, isNullable])).toEqual([
    ['list', 'list', false],
    ['minutes', 'number', false],
    ['kind', 'choice', false],
    ['one', 'choice', true],
    ['piped', 'text', false],
    ['flag', 'other', false],
  ]);
});
