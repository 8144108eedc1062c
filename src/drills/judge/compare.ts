/** Expected against got: the first place where they differ. */
import type { Value } from '../primitive.ts';
import { isList } from '../wire-value.ts';

/** Numbers agree when |expected − got| ≤ absolute + relative · |expected|. */
export interface Tolerance {
  absolute: number;
  relative: number;
}

export const EXACT: Tolerance = { absolute: 0, relative: 0 };

export interface Difference {
  /** Where: `[2][0]`, `.y[3]`; empty for the value itself. */
  path: string;
  /** `undefined`: nothing is expected there. */
  expected: Value | undefined;
  /** `undefined`: nothing is there. */
  got: Value | undefined;
}

/** `undefined` when they agree. NaN agrees with NaN, -0 with 0, an infinity with itself alone. */
export function compareValues(
  expected: Value,
  got: Value | undefined,
  tolerance: Tolerance,
  path = '',
): Difference | undefined {
  if (typeof expected === 'number' && typeof got === 'number') {
    return numbersAgree(expected, got, tolerance) ? undefined : { path, expected, got };
  }
  if (isList(expected) && isList(got)) return compareLists(expected, got, tolerance, path);
  if (isRecord(expected) && isRecord(got)) return compareRecords(expected, got, tolerance, path);
  return expected === got ? undefined : { path, expected, got };
}

function numbersAgree(expected: number, got: number, tolerance: Tolerance): boolean {
  if (expected === got || (Number.isNaN(expected) && Number.isNaN(got))) return true;
  if (!Number.isFinite(expected)) return false;
  return Math.abs(expected - got) <= tolerance.absolute + tolerance.relative * Math.abs(expected);
}

function compareLists(
  expected: readonly Value[],
  got: readonly Value[],
  tolerance: Tolerance,
  path: string,
): Difference | undefined {
  for (let index = 0; index < Math.max(expected.length, got.length); index += 1) {
    const place = `${path}[${index}]`;
    const wanted = expected[index];
    if (wanted === undefined) return { path: place, expected: undefined, got: got[index] };
    const found = compareValues(wanted, got[index], tolerance, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareRecords(
  expected: Readonly<Record<string, Value>>,
  got: Readonly<Record<string, Value>>,
  tolerance: Tolerance,
  path: string,
): Difference | undefined {
  for (const [key, wanted] of Object.entries(expected)) {
    const found = compareValues(wanted, got[key], tolerance, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  const extra = Object.keys(got).find((key) => !(key in expected));
  return extra === undefined ? undefined : { path: `${path}.${extra}`, expected: undefined, got: got[extra] };
}

function isRecord(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !isList(value);
}
