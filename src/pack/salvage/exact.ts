/**
 * Most replies of an endpoint that is held to the schema: strict JSON in the very shape, with
 * nothing to mend and so nothing to search for.
 */
import type { z } from 'zod';
import { groupShapeOf, type Shape } from './shape.ts';

/**
 * @returns the value of a text that comes out of `JSON.parse` as it went in; any other text may hide
 * something from it, such as a key that stands twice.
 */
export function readExact(text: string, schema: z.ZodObject): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return fits(value, shapeOfSchema(schema)) && JSON.stringify(value) === text ? { value } : undefined;
  } catch {
    return undefined; // a rung further down reads it
  }
}

const shapes = new WeakMap<z.ZodObject, Shape>();

/** Walking a schema takes longer than walking a reply; there are few of them. */
function shapeOfSchema(schema: z.ZodObject): Shape {
  const known = shapes.get(schema) ?? groupShapeOf(schema);
  shapes.set(schema, known);
  return known;
}

function fits(value: unknown, shape: Shape): boolean {
  if (value === null) return shape.isNullable;
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'choice':
      return typeof value === 'string' && shape.values.includes(value);
    case 'list':
      return Array.isArray(value) && value.every((element) => fits(element, shape.element));
    case 'group':
      return fitsGroup(value, shape);
    default:
      // What is not known cannot be vouched for.
      return false;
  }
}

function fitsGroup(value: unknown, { fields }: Extract<Shape, { kind: 'group' }>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if (entries.length !== fields.size) return false;
  return entries.every(([name, entry]) => {
    const field = fields.get(name);
    return field !== undefined && fits(entry, field);
  });
}
