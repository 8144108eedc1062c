/**
 * A problem in data that came from outside: where it is, what was expected, what was found.
 * Produced for bank entries, job overrides, packs and replies alike, so that every message
 * about a field reads the same: `tasks[1].name: expected text, found nothing`.
 */
import type { z } from 'zod';

export interface Problem {
  /** File as the user would type it; absent for data that never was a file. */
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Path inside the document: `tasks[1].name`; empty for the document itself. */
  path: string;
  /** `expected …, found …` */
  message: string;
}

type PathPart = PropertyKey;

/** `['tasks', 1, 'name']` → `tasks[1].name`; keys that are not plain words are quoted. */
export function formatPath(parts: readonly PathPart[]): string {
  let path = '';
  for (const part of parts) {
    if (typeof part === 'number') path += `[${part}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(String(part))) path += path ? `.${String(part)}` : String(part);
    else path += `[${JSON.stringify(String(part))}]`;
  }
  return path;
}

/** `jobs/x.yaml:3:5: level: expected …`, leaving out what is not known. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.line === undefined ? undefined : problem.column]
    .filter((part) => part !== undefined)
    .join(':');
  return [place, problem.path, problem.message].filter((part) => part !== '').join(': ');
}

/**
 * One `Problem` per zod issue, without file or line: the caller knows those.
 * @param base where `input` stands in the whole document; paths start there.
 */
export function problemsOf(
  error: z.ZodError,
  input: unknown,
  base: readonly PathPart[] = [],
): { parts: PathPart[]; problem: Problem }[] {
  return error.issues.flatMap((issue) => describeIssue(issue, input, base));
}

function describeIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  base: readonly PathPart[],
): { parts: PathPart[]; problem: Problem }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const parts = [...base, ...issue.path, key];
      return { parts, problem: { path: formatPath(parts), message: 'expected no such field; is it misspelt?' } };
    });
  }
  const found = valueAt(input, issue.path);
  const parts = [...base, ...issue.path];
  return [
    {
      parts,
      problem: { path: formatPath(parts), message: `${expectation(issue, found)}, found ${describeValue(found)}` },
    },
  ];
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
};

function expectation(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      // The field has to be there before its value can be wrong: both are said at once.
      return `expected ${issue.values.map((value) => String(value)).join(' or ')}`;
    case 'too_small':
    case 'too_big':
      return sizeExpectation(issue, found);
    default:
      return issue.message.startsWith('expected') ? issue.message : `expected ${issue.message}`;
  }
}

function sizeExpectation(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, found: unknown): string {
  const size = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const exact = issue.exact ? 'exactly' : issue.code === 'too_small' ? 'at least' : 'at most';
  const amount = Array.isArray(found)
    ? counted(size, 'item')
    : typeof found === 'string'
      ? counted(size, 'character')
      : String(size);
  return `expected ${exact} ${amount}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Follows a path without ever throwing; `undefined` where it leads nowhere. */
function valueAt(root: unknown, path: readonly PathPart[]): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

const EXCERPT_LENGTH = 40;

/** What stands there, in words, short enough for one line. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a group of fields';
  if (typeof value === 'string') {
    if (value.trim() === '') return 'empty text';
    const excerpt = value.length > EXCERPT_LENGTH ? `${Array.from(value).slice(0, EXCERPT_LENGTH).join('')}…` : value;
    return `${JSON.stringify(excerpt)} (${counted(value.length, 'character')})`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${String(value)}`;
  return typeof value;
}
