/**
 * Values as JSON. JSON has no NaN, no infinities and no -0: they travel as the strings "NaN",
 * "Infinity", "-Infinity" and "-0", which no drill uses as text.
 */
import type { Value } from './primitive.ts';

const NAMES = new Map<string, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

export function encodeValue(value: Value): Value {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  }
  if (isList(value)) return value.map(encodeValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encodeValue(part)]));
  }
  return value;
}

export function decodeValue(value: Value): Value {
  if (typeof value === 'string') return NAMES.get(value) ?? value;
  if (isList(value)) return value.map(decodeValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decodeValue(part)]));
  }
  return value;
}

/** `Array.isArray` does not narrow read-only arrays. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A value as a person reads it: one line, cut after `limit` characters. */
export function showValue(value: Value | undefined, limit = 160): string {
  if (value === undefined) return 'nothing';
  const text = show(value);
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`;
}

function show(value: Value): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (isList(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, part]) => `${key}: ${show(part)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
