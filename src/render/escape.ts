/**
 * Text of ads and models → Markdown that shows it and nothing else: no HTML, no links, no
 * headings that would break the outline of the file.
 */

/** One line of text: Markdown's signs are escaped, `code` spans are kept as they are. */
export function escapeInline(text: string): string {
  return mapOutsideCodeSpans(text.replace(/\s+/g, ' ').trim(), (plain) =>
    plain
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      // Escaped only where the sign could mean something: "_" inside a word and "." in "e.g." cannot.
      .replace(/[\\[\]*|~]/g, String.raw`\$&`)
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
      .replace(/\b(https?|ftp):\/\//gi, '$1:&#8203;//')
      .replace(/\bwww\./gi, 'www&#46;'),
  ).replace(/^(#{1,6}|[-+]|\d+[.)])(?= )/, String.raw`\$1`);
}

/** For a cell of a table, where a bar ends the cell even inside code. */
export function escapeCell(text: string): string {
  return escapeInline(text).replace(/(?<!\\)\|/g, String.raw`\|`);
}

/**
 * Several paragraphs of Markdown: code, lists, tables and emphasis stay; HTML is shown as text
 * and headings become bold lines, because the outline belongs to the template.
 */
export function safeBody(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.replace(/\r\n?/g, '\n').trimEnd().split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      // "python needs=numpy" is a note to the tests; a reader only needs the language.
      lines.push(line.replace(/^( {0,3}(?:`{3,}|~{3,})\w+) .*$/, '$1'));
      continue;
    }
    if (fence !== undefined) {
      if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) fence = undefined;
      lines.push(line);
      continue;
    }
    lines.push(safeLine(line));
  }
  // A reply that was cut inside a code block must not swallow the rest of the file.
  if (fence !== undefined) lines.push(fence);
  return lines.join('\n');
}

function safeLine(line: string): string {
  const heading = /^ {0,3}#{1,6} +(.*?)(?: +#+)?$/.exec(line)?.[1];
  const text = heading === undefined ? line : `**${heading}**`;
  return mapOutsideCodeSpans(text, (plain) =>
    plain.replace(/<(?=[a-z/!?])/gi, '&lt;').replace(/\]\((?!https?:\/\/)/gi, String.raw`]\(`),
  );
}

/** Applies `change` to everything but the `code` spans. */
function mapOutsideCodeSpans(text: string, change: (plain: string) => string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part.replace(/`/g, '\\`'))))
    .join('');
}

/** The text of a heading as GitHub sees it when it makes the fragment: without Markdown's signs. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/`/g, '');
}
