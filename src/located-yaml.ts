/**
 * YAML with line numbers: every problem in a document names the line it stands on.
 */
import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { problemsOf, type Problem } from './problem.ts';

/** A parsed document that still knows where each value stood. */
export interface LocatedYaml {
  file: string;
  /** Plain JavaScript values; `null` for an empty document. */
  value: unknown;
  /** 1-based line and column of the value at `path`, or of its nearest existing ancestor. */
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

/** @returns the document, or the syntax errors that keep it from being one. */
export function parseLocatedYaml(text: string, file: string): { doc: LocatedYaml } | { problems: Problem[] } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const position = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        file,
        ...position(error.pos[0]),
        path: '',
        message: `expected valid YAML, found: ${error.message}`,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    // An alias bomb or an unresolved alias: the library throws a plain ReferenceError.
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { problems: [{ file, line: 1, column: 1, path: '', message: `expected plain YAML, found: ${reason}` }] };
  }
  return { doc: { file, value, locate: (path) => position(offsetOf(document, path)) } };
}

const MAX_PROBLEMS = 50;

/** Checks the value at `base` against a schema; problems carry file, line and path. */
export function checkLocated<T extends z.ZodType>(
  doc: LocatedYaml,
  schema: T,
  value: unknown = doc.value,
  base: readonly PropertyKey[] = [],
): { value: z.infer<T> } | { problems: Problem[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return {
    // Locating costs time, and nobody reads more.
    problems: problemsOf(result.error, value, base)
      .slice(0, MAX_PROBLEMS)
      .map(({ parts, problem }) => ({
        file: doc.file,
        ...doc.locate(parts),
        ...problem,
      })),
  };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
      );
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
      continue;
    }
    const items = (node as { items?: unknown[] } | null)?.items;
    if (!items || typeof part !== 'number') break;
    node = items[part];
    offset = startOf(node) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
