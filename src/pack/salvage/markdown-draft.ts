/** One item while it is being read out of Markdown, and how it becomes a group. */
import type { Piece } from './markdown-pieces.ts';
import type { GroupShape, Shape } from './shape.ts';
import { groupOf, leafOf, listOf, type Group, type Node } from './tree.ts';

export interface FieldDraft {
  /** The label's depth; what stands deeper belongs to it. */
  depth: number;
  /** Where its text begins and ends in the source so far. */
  from: number;
  to: number;
  indent: number;
  pieces: Piece[];
  /** Of a cell in a table, which does not stand in the source as it reads. */
  text?: string;
  /** Labelled parts: one for a group, several for a list of groups. */
  parts: ItemDraft[];
}

export interface ItemDraft {
  fields: Map<string, FieldDraft>;
  /** The words that it began with, when they were no label. */
  title?: string;
  depth: number;
  isNumbered: boolean;
  /** Text that belongs to no label. */
  loose: number;
}

export function newItem(depth: number, isNumbered: boolean, title?: string): ItemDraft {
  return { fields: new Map(), depth, isNumbered, loose: 0, ...(title === undefined || title === '' ? {} : { title }) };
}

/** Fields that the words at the head of an item are, in this order. */
const TITLE_FIELDS = ['name', 'question', 'topic', 'quote'];

/** Text is taken from the source as it stands there, without the indentation of its label. */
export function groupFrom(item: ItemDraft, shape: GroupShape, source: string): Group {
  const group = groupOf();
  const titleField = TITLE_FIELDS.find((field) => shape.fields.has(field) && !item.fields.has(field));
  if (item.title !== undefined && titleField !== undefined) {
    group.members.push({ key: titleField, value: leafOf(item.title, ['taken from the heading']) });
  } else if (item.title !== undefined) group.notes.push(`left out the heading ${JSON.stringify(item.title)}`);
  if (item.loose > 0) group.notes.push(`left out ${item.loose} lines that have no label`);
  for (const [field, draft] of item.fields) {
    const fieldShape = shape.fields.get(field);
    if (fieldShape !== undefined) group.members.push({ key: field, value: nodeFrom(draft, fieldShape, source) });
  }
  return group;
}

function nodeFrom(draft: FieldDraft, shape: Shape, source: string): Node {
  const element = shape.kind === 'list' ? shape.element : shape;
  if (draft.parts.length > 0 && element.kind === 'group') {
    const groups = draft.parts.map((part) => groupFrom(part, element, source));
    const [only] = groups;
    const notes = draft.pieces.length > 0 ? [`left out ${draft.pieces.length} lines that have no label`] : [];
    if (shape.kind === 'list' || only === undefined) return listOf(groups, notes);
    return { ...only, notes: [...only.notes, ...notes] };
  }
  if (shape.kind === 'list') return listFrom(draft, source);
  return leafOf(textOf(draft, source));
}

function textOf(draft: FieldDraft, source: string): string {
  return draft.text ?? dedent(source.slice(draft.from, draft.to), draft.indent);
}

/** The items of the list that stands under the label; without one, the text as a list of one. */
function listFrom(draft: FieldDraft, source: string): Node {
  const [first] = draft.pieces;
  const text = textOf(draft, source);
  const lead = first?.kind === 'item' ? source.slice(draft.from, first.start).replace(LIST_MARK, '').trim() : text;
  if (first === undefined || lead !== '') return text === '' ? listOf() : leafOf(text);
  const starts = draft.pieces.filter((piece) => piece.kind === 'item' && piece.depth === first.depth);
  const elements = starts.map((piece, index) => {
    const next = starts[index + 1];
    const end = next === undefined ? draft.to : source.lastIndexOf('\n', next.start);
    return leafOf(dedent(source.slice(piece.start, end), piece.indent + 2));
  });
  return listOf(elements);
}

const LIST_MARK = /\s*(?:[-*+]|\d+[.)])\s*$/;

/** Where the text of an item ends in the source. */
export function endOf(item: ItemDraft): number {
  const ends = [...item.fields.values()].flatMap((field) => [field.to, ...field.parts.map(endOf)]);
  return Math.max(0, ...ends);
}

function dedent(text: string, indent: number): string {
  if (indent === 0) return text.trim();
  return text.replace(new RegExp(String.raw`(?<=\n)[ \t]{1,${indent}}`, 'g'), '').trim();
}
