/**
 * Several paragraphs of Markdown from a bank or a model → the same with nothing active in it:
 * code, lists, tables, emphasis and https links stay; HTML and images are shown as text and
 * headings become bold lines, because the outline belongs to the template.
 */
import type { Nodes, Parents, PhrasingContent, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { gfm } from 'micromark-extension-gfm';
import { endsInsideFence, markdownLines, splitCodeSpans } from '../markdown/code.ts';

export function safeBody(markdown: string): string {
  const text = markdown.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '');
  return isPlain(text) ? withoutNotes(text) : rewrite(text);
}

/** Most bodies hold nothing to be careful about, and a parse costs a thousand times as much. */
function isPlain(text: string): boolean {
  if (endsInsideFence(text)) return false;
  return markdownLines(text).every(
    (line) => line.isCode || !splitCodeSpans(line.text).some((piece) => !piece.isCode && RISKY.test(piece.text)),
  );
}

/** What can begin HTML, an image, a link, a definition, a heading or its underline, or a stray backtick. */
const RISKY = /<|!\[|\]\(|\]\s*:|\]\[|`|^\s*(?:>\s*|[-*+]\s+|\d+[.)]\s+)*#|^\s*(?:=+|-+)\s*$|&[#\w]+;|(?<=\S )\*(?= )/;

/** "python needs=numpy" is a note to the tests; a reader only needs the language. */
function withoutNotes(text: string): string {
  return text.replace(/^(\s*(?:`{3,}|~{3,})[\w+#-]+) needs=\S*$/gm, '$1');
}

function rewrite(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  disarm(tree, markdown);
  return withoutNotes(
    toMarkdown(tree, {
      extensions: [gfmToMarkdown({ tablePipeAlign: false })],
      bullet: '-',
      emphasis: '*',
      fence: '`',
      fences: true,
      listItemIndent: 'one',
      rule: '-',
    }).trimEnd(),
  );
}

function disarm(parent: Parents, source: string): void {
  const children: Nodes[] = [];
  for (const child of parent.children as Nodes[]) {
    const replacement = harmless(child, source, parent.type === 'root' || isBlockParent(parent));
    for (const node of replacement) {
      if ('children' in node) disarm(node, source);
      children.push(node);
    }
  }
  (parent as Root).children = children as Root['children'];
}

function isBlockParent(node: Parents): boolean {
  return node.type === 'blockquote' || node.type === 'listItem' || node.type === 'footnoteDefinition';
}

function harmless(node: Nodes, source: string, isBlock: boolean): Nodes[] {
  switch (node.type) {
    case 'heading':
      return [{ type: 'paragraph', children: [{ type: 'strong', children: node.children }] }];
    case 'html':
    case 'image':
    case 'imageReference':
    case 'linkReference':
    case 'footnoteReference':
      return [asText(node, source, isBlock)];
    case 'definition':
    case 'footnoteDefinition':
      return [asText(node, source, true)];
    case 'link':
      return /^(?:https?|mailto):/i.test(node.url) ? [node] : node.children;
    default:
      return [node];
  }
}

/** The words of the source, as words. */
function asText(node: Nodes, source: string, isBlock: boolean): Nodes {
  const value = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  const text: PhrasingContent = { type: 'text', value };
  return isBlock ? { type: 'paragraph', children: [text] } : text;
}
