/**
 * Joins lines that a terminal cut at its right edge. A cut at column 201 fell inside a word or
 * before a space that the next line still has; at column 200 the space itself was the character
 * that got lost.
 */

const TERMINAL_COLUMNS = 200;

/** @returns the text and the number of joins. */
export function joinWraps(text: string): { text: string; joins: number } {
  const out: string[] = [];
  let joins = 0;
  let tailLength: number | undefined;
  for (const line of text.split('\n')) {
    const glue = tailLength === undefined ? undefined : glueBetween(out.at(-1) ?? '', tailLength, line);
    if (glue === undefined) out.push(line);
    else {
      out[out.length - 1] += glue + line;
      joins += 1;
    }
    // The length of the piece just added decides about the next line, not that of the whole.
    tailLength = Array.from(line).length;
  }
  return { text: out.join('\n'), joins };
}

function glueBetween(line: string, length: number, next: string): string | undefined {
  if (next.trim() === '' || startsItem(next)) return undefined;
  if (length === TERMINAL_COLUMNS + 1) return looksComplete(line, next) ? undefined : '';
  if (length === TERMINAL_COLUMNS) return looksComplete(line, next) ? undefined : ' ';
  return undefined;
}

/**
 * Marks that can hardly stand inside a sentence. "s) and", "+ data" or an emoji at the start of a
 * line may be the rest of a word that was cut.
 */
function startsItem(line: string): boolean {
  return /^\s*(?:[-–—*•·▪▸■◆●○◦‣✓✔✅☑➢➤►★→]|\(?\d{1,2}[.)])\s/u.test(line);
}

/** A sentence that ends where a new one starts was broken by its writer. */
function looksComplete(line: string, next: string): boolean {
  return /[.!?:;]["'”’)]?$/.test(line) && /^\p{Lu}/u.test(next);
}
