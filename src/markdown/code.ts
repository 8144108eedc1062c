/** Where code stands in Markdown (CommonMark 0.31, sections 4.5 and 6.1): nothing in it is markup. */

export interface MarkdownLine {
  text: string;
  /** Inside a fenced block, or one of its fences. */
  isCode: boolean;
}

/** Lines with the fenced blocks told apart; a block that is never closed ends with the text. */
export function markdownLines(markdown: string): MarkdownLine[] {
  return readLines(markdown).lines;
}

/** Whether a fenced block is still open where the text ends. */
export function endsInsideFence(markdown: string): boolean {
  return readLines(markdown).isOpen;
}

function readLines(markdown: string): { lines: MarkdownLine[]; isOpen: boolean } {
  let fence: string | undefined;
  const lines = markdown.split('\n').map((text) => {
    if (fence === undefined) {
      fence = OPENING_FENCE.exec(text)
        ?.slice(1)
        .find((mark) => mark !== undefined);
      return { text, isCode: fence !== undefined };
    }
    const closing = /^\s*(`{3,}|~{3,})\s*$/.exec(text)?.[1];
    if (closing?.startsWith(fence) === true) fence = undefined;
    return { text, isCode: true };
  });
  return { lines, isOpen: fence !== undefined };
}

/** Also as the first thing of a list item. */
const OPENING_FENCE = /^\s*(?:(?:[-*+]|\d+[.)]) +)?(?:(`{3,})[^`]*|(~{3,})[^\n]*)$/;

export interface InlinePiece {
  text: string;
  /** A code span with its backticks. */
  isCode: boolean;
}

/** A code span ends at the next run of exactly as many backticks as opened it. */
export function splitCodeSpans(text: string): InlinePiece[] {
  const pieces: InlinePiece[] = [];
  const runs = [...text.matchAll(/`+/g)];
  let plainStart = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    if (open === undefined || isEscaped(text, open.index)) continue;
    const closeIndex = runs.findIndex((run, other) => other > index && run[0].length === open[0].length);
    const close = runs[closeIndex];
    if (close === undefined) continue;
    const end = close.index + close[0].length;
    if (open.index > plainStart) pieces.push({ text: text.slice(plainStart, open.index), isCode: false });
    pieces.push({ text: text.slice(open.index, end), isCode: true });
    plainStart = end;
    index = closeIndex;
  }
  if (plainStart < text.length) pieces.push({ text: text.slice(plainStart), isCode: false });
  return pieces;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
