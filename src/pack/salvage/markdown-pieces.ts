/**
 * Markdown → its lines, each with what it is (a heading, the begin of a list item, a row of a table)
 * and where it stands, so that what lies between two labels can be taken from the source as it was
 * written. Code and quotations are one piece: no line of them is a label.
 */
import type { List, ListItem, Nodes, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { markdownLines } from '../../markdown/code.ts';

export interface Piece {
  kind: 'heading' | 'item' | 'line' | 'block' | 'row';
  /** Without the mark of the heading or list item. */
  text: string;
  /** Smaller is further out: headings below zero by their level, then text, then lists by nesting. */
  depth: number;
  isNumbered: boolean;
  /** Offsets of `text` in the source. */
  start: number;
  end: number;
  /** Blanks before it on its line. */
  indent: number;
  /** Rows of a table: their cells and those of the head; the head is a row too. */
  cells?: string[];
  head?: string[];
}

/** Above any real reply. */
const MAX_LENGTH = 200_000;
/** The parser is quick with many paragraphs and slow with one that is long and full of marks. */
const MAX_CHUNK = 20_000;
const MIN_CHUNK = 2000;
const PATHOLOGICAL = /(?:[[\]*_~`(<!&\\|:]\s?){100}|^(?:[\t ]*(?:[>*+-]|\d{1,9}[.)])[\t ]*){24}/m;
const MAX_HEADING = 10;

/** @returns nothing for text that neither a person nor a model writes. */
export function piecesOf(markdown: string): Piece[] {
  if (markdown.length > MAX_LENGTH || PATHOLOGICAL.test(markdown)) return [];
  const chunks = chunksOf(markdown);
  if (chunks.some((chunk) => chunk.text.length > MAX_CHUNK)) return [];
  return chunks.flatMap(({ text, start }) => {
    const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const pieces = tree.children.flatMap((node) => nodePieces(node, text, 0));
    return pieces.map((piece) => Object.assign(piece, { start: piece.start + start, end: piece.end + start }));
  });
}

/** Parts that can be read one by one: cut where a line at the margin, no list item, follows a blank one. */
function chunksOf(markdown: string): { text: string; start: number }[] {
  const chunks: { text: string; start: number }[] = [];
  let start = 0;
  let at = 0;
  let isAfterBlank = false;
  for (const { text, isCode } of markdownLines(markdown)) {
    const mayCut = isAfterBlank && !isCode && /^[^\s>*+\d-]|^\*\*\S/.test(text);
    if (mayCut && at - start >= MIN_CHUNK) {
      chunks.push({ text: markdown.slice(start, at), start });
      start = at;
    }
    isAfterBlank = !isCode && text.trim() === '';
    at += text.length + 1;
  }
  chunks.push({ text: markdown.slice(start), start });
  return chunks;
}

function nodePieces(node: RootContent, source: string, depth: number): Piece[] {
  switch (node.type) {
    case 'heading': {
      const start = node.children[0]?.position?.start.offset ?? 0;
      const end = node.children.at(-1)?.position?.end.offset ?? start;
      return [pieceAt(source, 'heading', start, end, node.depth - MAX_HEADING)];
    }
    case 'list':
      return listPieces(node, source, depth + 1);
    case 'paragraph':
      return linePieces(node, source, depth);
    case 'table':
      return tablePieces(node, source, depth);
    case 'thematicBreak':
      return [];
    default: {
      const [start, end] = rangeOf(node);
      return [pieceAt(source, 'block', start, end, depth)];
    }
  }
}

function pieceAt(source: string, kind: Piece['kind'], start: number, end: number, depth: number): Piece {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart, start))?.[0].length ?? 0;
  return { kind, text: source.slice(start, end).trim(), depth, isNumbered: false, start, end, indent };
}

function rangeOf(node: Nodes): [number, number] {
  return [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
}

function linePieces(node: Nodes, source: string, depth: number): Piece[] {
  const [start, end] = rangeOf(node);
  const pieces: Piece[] = [];
  for (let at = start; at < end;) {
    const lineEnd = source.indexOf('\n', at);
    const stop = lineEnd === -1 || lineEnd > end ? end : lineEnd;
    const blanks = /^[ \t]*/.exec(source.slice(at, stop))?.[0].length ?? 0;
    pieces.push(pieceAt(source, 'line', at + blanks, stop, depth));
    at = stop + 1;
  }
  return pieces;
}

function listPieces(list: List, source: string, depth: number): Piece[] {
  return list.children.flatMap((item) => itemPieces(item, list.ordered === true, source, depth));
}

function itemPieces(item: ListItem, isNumbered: boolean, source: string, depth: number): Piece[] {
  const pieces = item.children.flatMap((node) => nodePieces(node, source, depth));
  const [first, ...rest] = pieces;
  const isText = first !== undefined && item.children[0]?.type === 'paragraph';
  if (isText) return [{ ...first, kind: 'item', isNumbered }, ...rest];
  const start = first?.start ?? rangeOf(item)[1];
  return [{ ...pieceAt(source, 'item', start, start, depth), isNumbered }, ...pieces];
}

function tablePieces(table: Table, source: string, depth: number): Piece[] {
  const rows = table.children.map((row) => row.children.map((cell) => cellText(source.slice(...rangeOf(cell)))));
  return table.children.map((row, index) => {
    const [start, end] = rangeOf(row);
    return { ...pieceAt(source, 'row', start, end, depth), cells: rows[index] ?? [], head: rows[0] ?? [] };
  });
}

function cellText(source: string): string {
  return source
    .replace(/^\s*\|/, '')
    .replace(/(?<!\\)\|\s*$/, '')
    .replace(/\\\|/g, '|')
    .trim();
}
