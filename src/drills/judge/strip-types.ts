/** TypeScript → the JavaScript that Node 20 runs: types become blanks, so that lines and columns stay. */
import { PrepsmithError } from '../../errors.ts';

/** @throws PrepsmithError `drill-source` with line and column. */
export async function stripTypes(text: string, shownFile: string): Promise<string> {
  // Three megabytes of WebAssembly, the same as in Node 22: loaded when they are needed.
  const { transformSync } = await import('@swc/wasm-typescript');
  try {
    return transformSync(text, { mode: 'strip-only', filename: shownFile }).code;
  } catch (cause) {
    const { message, startLine, startColumn } = cause as { message?: string; startLine?: number; startColumn?: number };
    const place = startLine === undefined ? shownFile : `${shownFile}:${startLine}:${(startColumn ?? 0) + 1}`;
    throw new PrepsmithError('drill-source', {
      message: `${place}: expected TypeScript, found: ${message ?? String(cause)}`,
      remedy: 'Correct the line; enums, namespaces and parameter properties are not taken (as in Node itself).',
      cause,
    });
  }
}
