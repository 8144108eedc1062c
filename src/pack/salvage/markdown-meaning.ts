/** What pieces of Markdown mean, seen one by one and against the asked-for shape. */
import { fieldNamed } from './aliases.ts';
import { endOf, newItem, type FieldDraft, type ItemDraft } from './markdown-draft.ts';
import { withoutEmphasis, type Label } from './markdown-labels.ts';
import type { Piece } from './markdown-pieces.ts';
import type { GroupShape, Shape } from './shape.ts';
import type { Group } from './tree.ts';

/** Without the headings that no label follows: titles of the document, closing words. */
export function realItems(items: readonly ItemDraft[], group: Group): ItemDraft[] {
  const hasLabels = items.some((item) => item.fields.size > 0);
  const isReal = (item: ItemDraft): boolean => item.fields.size > 0 || (item.isNumbered && !hasLabels);
  for (const { title = '' } of items.filter((item) => !isReal(item))) {
    group.notes.push(`left out ${JSON.stringify(title)}: no label under it is known`);
  }
  return items.filter(isReal);
}

/** A label with nothing after it so far. */
export function isEmpty(field: FieldDraft): boolean {
  return field.pieces.length === 0 && field.parts.length === 0 && field.to <= field.from;
}

export function isHeadLine(piece: Piece): boolean {
  return piece.kind === 'heading' || (piece.kind === 'line' && /^(\*\*|__).*\1$/.test(piece.text));
}

/** The last item stops in the middle of a sentence and none of the others does. */
export function stopsShort(items: readonly ItemDraft[], source: string): boolean {
  const isEnded = items.map((item) => !/[\p{L}\p{N},]/u.test(source[endOf(item) - 1] ?? '.'));
  return isEnded.length > 1 && isEnded.pop() === false && isEnded.every(Boolean);
}

export function itemShape(shape: Shape | undefined): GroupShape | undefined {
  if (shape?.kind === 'group') return shape;
  return shape?.kind === 'list' && shape.element.kind === 'group' ? shape.element : undefined;
}

export function countKnown(names: readonly string[], shape: GroupShape): number {
  return names.filter((name) => fieldNamed(withoutEmphasis(name), shape.fields.keys()) !== undefined).length;
}

/** "Time: O(n)" in an answer is no label for minutes. */
export function fits(label: Label, shape: Shape | undefined, piece: Piece): boolean {
  if (shape?.kind !== 'number') return true;
  return piece.kind === 'heading' && label.rest === '' ? true : /^\W*\d/.test(label.rest);
}

export function fieldFrom(piece: Piece, label: Label): FieldDraft {
  return { depth: piece.depth, from: label.restStart, to: piece.end, indent: piece.indent, pieces: [], parts: [] };
}

/** A row of a table whose head names fields. */
export function rowItem(piece: Piece, shape: GroupShape): ItemDraft {
  const row = newItem(piece.depth, false);
  const { start: from, end: to, depth } = piece;
  for (const [index, name] of (piece.head ?? []).entries()) {
    const field = fieldNamed(withoutEmphasis(name), shape.fields.keys());
    if (field === undefined) row.loose += 1;
    else row.fields.set(field, { depth, from, to, indent: 0, pieces: [], parts: [], text: piece.cells?.[index] ?? '' });
  }
  return row;
}
