/**
 * Text of ads and models → Markdown that shows it and nothing else: no HTML, no images, no links
 * that run, no headings that would break the outline of the file.
 */
import { splitCodeSpans } from '../markdown/code.ts';

/** One line of text: Markdown's signs are escaped, `code` spans are kept as they are. */
export function escapeInline(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const escaped = splitCodeSpans(line)
    .map((piece) => (piece.isCode ? piece.text : escapePlain(piece.text)))
    .join('');
  return escapeLineStart(escaped);
}

/** For a cell of a table, where a bar ends the cell even inside code. */
export function escapeCell(text: string): string {
  return escapeInline(text).replace(/(?<!\\)\|/g, String.raw`\|`);
}

function escapePlain(text: string): string {
  return (
    text
      // A sign that is escaped already would come out escaped twice, which shows what was written.
      .replace(/[\\`[\]*|~]/g, String.raw`\$&`)
      .replace(/&(?=#?\w+;)/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      // Addresses are shown, not made into links: a link inside the text of another breaks that one.
      .replace(/(https?|ftp|mailto|xmpp):(?=\S)/gi, '$1:&#8203;')
      .replace(/www\.(?=\S)/gi, (prefix) => `${prefix.slice(0, -1)}&#8203;.`)
      .replace(/(?<=[\w.+-])@(?=[\w.-])/g, '@&#8203;')
      // "_" inside a word means nothing.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
  );
}

/** Signs that only mean something at the start of a line: headings, lists, rules. */
function escapeLineStart(line: string): string {
  return line
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`)
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|={1,}\s*$|-(?:\s*-){2,}\s*$)/, String.raw`\$&`);
}
