/** A zod schema → the little of it that salvage needs: where lists, groups, texts and numbers stand. */
import { z } from 'zod';

export interface GroupShape {
  kind: 'group';
  fields: ReadonlyMap<string, Shape>;
  /** Unknown fields are part of it. */
  isLoose: boolean;
}

export interface ListShape {
  kind: 'list';
  element: Shape;
}

/** `other`: whatever a repair could only spoil. */
export type Shape = (GroupShape | ListShape | { kind: 'choice'; values: readonly string[] } | { kind: Plain }) & {
  isNullable: boolean;
};
type Plain = 'text' | 'number' | 'other';

/** Never throws; a schema of a kind that is not known here is `other`. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodObject) return groupShapeOf(schema);
  if (schema instanceof z.ZodArray) return { kind: 'list', element: shapeOf(schema.element), isNullable: false };
  if (schema instanceof z.ZodString) return { kind: 'text', isNullable: false };
  if (schema instanceof z.ZodNumber) return { kind: 'number', isNullable: false };
  if (schema instanceof z.ZodNullable) return { ...shapeOf(schema.unwrap()), isNullable: true };
  if (schema instanceof z.ZodPipe) return shapeOf(schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch
  )
    return shapeOf(schema.unwrap());
  return choiceOf(schema);
}

/** The root of what is asked for. */
export function groupShapeOf(schema: z.ZodObject): GroupShape & { isNullable: boolean } {
  const fields = new Map(Object.entries(schema.shape).map(([name, field]) => [name, shapeOf(field)]));
  const { catchall } = schema.def;
  return {
    kind: 'group',
    fields,
    isLoose: catchall !== undefined && !(catchall instanceof z.ZodNever),
    isNullable: false,
  };
}

function choiceOf(schema: z.core.$ZodType): Shape {
  const values =
    schema instanceof z.ZodEnum
      ? schema.options
      : schema instanceof z.ZodLiteral
        ? [...(schema.values as Set<unknown>)]
        : [];
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0 || texts.length < values.length) return { kind: 'other', isNullable: false };
  return { kind: 'choice', values: texts, isNullable: false };
}
