/**
 * A reply in Markdown → items, by labels: headings, bold words, `**Q:**`, numbered items, tables.
 * Which label means which field is for the alias table to say; a line without a label belongs to
 * the label above it.
 */
import { fieldNamed, plainName } from './aliases.ts';
import { assemble, type MarkdownReading } from './markdown-assembly.ts';
import { newItem, type FieldDraft, type ItemDraft } from './markdown-draft.ts';
import { labelOf, numberedTitle, withoutEmphasis, type Label } from './markdown-labels.ts';
import { countKnown, fieldFrom, fits, isEmpty, isHeadLine, itemShape, rowItem } from './markdown-meaning.ts';
import { piecesOf, type Piece } from './markdown-pieces.ts';
import type { GroupShape, Shape } from './shape.ts';

/** @returns `undefined` when no label in it is known. */
export function readMarkdown(text: string, shape: GroupShape): MarkdownReading | undefined {
  const source = unwrapped(text.replace(/\r\n?/g, '\n'));
  const reader = new MarkdownReader(shape);
  for (const piece of piecesOf(source)) reader.take(piece);
  return reader.finish(source);
}

/** A whole document in a fence of its own. */
function unwrapped(text: string): string {
  const fence = /^\s*(`{3,}|~{3,})(?:markdown|md)?[ \t]*\n([^]*)$/.exec(text);
  if (fence === null) return text;
  const [, mark = '', body = ''] = fence;
  const end = body.lastIndexOf(`\n${mark}`);
  return end === -1 ? body : body.slice(0, end);
}

class MarkdownReader {
  readonly #shape: GroupShape;
  readonly #items = new Map<string, ItemDraft[]>();
  #section: string | undefined;
  #item: ItemDraft | undefined;
  #field: FieldDraft | undefined;
  #fieldShape: Shape | undefined;
  #part: FieldDraft | undefined;
  #usesMarks = false;
  /** Lines that stand in no item. */
  #outside = 0;

  constructor(shape: GroupShape) {
    this.#shape = shape;
    this.#section = [...shape.fields].find(([, field]) => itemShape(field) !== undefined)?.[0];
  }

  take(piece: Piece): void {
    if (piece.kind === 'row' && this.#takeRow(piece)) return;
    if (this.#isNumberedHead(piece) && this.#takeTitle(piece)) return;
    const label = piece.kind === 'block' || piece.kind === 'row' ? undefined : labelOf(piece);
    if (label !== undefined && (this.#takeSection(piece, label) || this.#takeLabel(piece, label))) return;
    if (this.#takeTitle(piece)) return;
    this.#takeContent(piece);
  }

  /** "Task 1: Task Name: X": the number says more than the word before it; not so in "Question 1" alone. */
  #isNumberedHead(piece: Piece): boolean {
    const title = isHeadLine(piece) ? numberedTitle(piece) : undefined;
    if (title === undefined || title.text !== '') return title !== undefined;
    const field = plainName(labelOf(piece)?.name ?? '');
    return ![...(this.#element?.fields.keys() ?? [])].some((name) => plainName(name) === field);
  }

  get #element(): GroupShape | undefined {
    const field = this.#shape.fields.get(this.#section ?? '');
    return field === undefined ? undefined : itemShape(field);
  }

  /** "### Technical Questions": what follows are items of that list. */
  #takeSection(piece: Piece, label: Label): boolean {
    const isAlone = label.rest === '' && label.isMarked && piece.kind !== 'item';
    const isDigits = /\d/.test(piece.text) && ![...this.#shape.fields.keys()].some((name) => /\d/.test(name));
    const whole = piece.kind === 'heading' ? withoutEmphasis(piece.text).replace(/:$/, '') : label.name;
    const section = isAlone && !isDigits ? fieldNamed(whole, this.#shape.fields.keys()) : undefined;
    if (section === undefined || itemShape(this.#shape.fields.get(section)) === undefined) return false;
    // "Question" is a label in an item and the name of the list: where it can be the label, it is.
    const element = this.#element;
    if (section !== whole && element !== undefined && fieldNamed(whole, element.fields.keys()) !== undefined)
      return false;
    this.#section = section;
    this.#close();
    return true;
  }

  #takeLabel(piece: Piece, label: Label): boolean {
    const element = this.#element;
    if (element === undefined || (!label.isMarked && this.#usesMarks)) return false;
    const own = fieldNamed(label.name, element.fields.keys());
    if (this.#takePart(piece, label, own)) return true;
    if (own === undefined || !fits(label, element.fields.get(own), piece)) return false;
    const earlier = this.#item?.fields.get(own);
    if (earlier !== undefined && !isEmpty(earlier)) {
      if ([...(this.#item?.fields.keys() ?? [])][0] !== own) return false;
      this.#item = undefined;
    }
    this.#usesMarks ||= label.isMarked;
    this.#item ??= this.#begin(newItem(piece.depth, piece.isNumbered));
    this.#field = fieldFrom(piece, label);
    this.#fieldShape = element.fields.get(own);
    this.#part = undefined;
    this.#item.fields.set(own, this.#field);
    return true;
  }

  /** A label inside a field that has parts: "Weak:" under "Rubric", "Q:" under "Follow-ups". */
  #takePart(piece: Piece, label: Label, own: string | undefined): boolean {
    const shape = itemShape(this.#fieldShape);
    const field = this.#field;
    const name = shape === undefined ? undefined : fieldNamed(label.name, shape.fields.keys());
    if (field === undefined || name === undefined) return false;
    const isOuter = own !== undefined && piece.depth <= field.depth;
    if (isOuter && this.#item?.fields.has(own) !== true) return false;
    if (isOuter && this.#item?.title === undefined && this.#item?.isNumbered !== true) return false;
    let part = field.parts.at(-1);
    if (part === undefined || (part.fields.has(name) && this.#fieldShape?.kind === 'list')) {
      part = newItem(piece.depth, piece.isNumbered);
      field.parts.push(part);
    }
    if (part.fields.has(name)) return false;
    this.#part = fieldFrom(piece, label);
    part.fields.set(name, this.#part);
    return true;
  }

  /** "#### Task 2: Fraud detection", "3. What is MLOps?": an item begins. */
  #takeTitle(piece: Piece): boolean {
    const isInside = this.#item !== undefined && piece.depth > this.#item.depth;
    const isLikeLast = this.#item !== undefined && piece.depth === this.#item.depth && this.#item.isNumbered;
    const isItem = piece.kind === 'item' && piece.isNumbered && (this.#item === undefined || isLikeLast);
    const isHead = isHeadLine(piece) && (piece.kind === 'heading' || numberedTitle(piece) !== undefined);
    if (this.#element === undefined || !(isItem || (isHead && (!isInside || piece.kind === 'heading')))) return false;
    const title = isItem ? { text: piece.text, start: piece.start } : (numberedTitle(piece) ?? piece);
    this.#close();
    this.#item = this.#begin(newItem(piece.depth, isItem));
    const rest: Piece = { ...piece, kind: 'line', text: title.text, start: title.start };
    const label = labelOf(rest);
    if (label === undefined || !this.#takeLabel(rest, { ...label, isMarked: true })) {
      const words = withoutEmphasis(title.text);
      if (words !== '') this.#item.title = words;
    }
    return true;
  }

  #takeContent(piece: Piece): void {
    const field = this.#part ?? this.#field;
    if (field !== undefined) {
      field.to = piece.end;
      if (piece.text !== '' || piece.kind === 'item') field.pieces.push(piece);
    } else if (this.#item !== undefined) this.#item.loose += 1;
    else this.#outside += 1;
  }

  #takeRow(piece: Piece): boolean {
    const element = this.#element;
    const { cells = [], head = [] } = piece;
    if (element === undefined) return false;
    const inner = itemShape(this.#fieldShape);
    const shape = [inner, element].find((one) => one !== undefined && countKnown(head, one) >= 2);
    if (shape === undefined) return head.length === 2 && this.#takeLabelledRow(piece);
    if (cells === head) return true;
    const row = rowItem(piece, shape);
    if (shape === inner) this.#field?.parts.push(row);
    else this.#begin(row);
    return true;
  }

  /** `| Objective | Build a cache |` */
  #takeLabelledRow(piece: Piece): boolean {
    const [name = '', text = ''] = piece.cells ?? [];
    const start = piece.start + Math.max(0, piece.text.indexOf(text, name.length));
    const label = { name: withoutEmphasis(name).replace(/:$/, ''), rest: text, restStart: start, isMarked: true };
    if (!this.#takeLabel({ ...piece, end: start + text.length }, label)) return false;
    return true;
  }

  #begin(item: ItemDraft): ItemDraft {
    const section = this.#section ?? '';
    const items = this.#items.get(section);
    if (items === undefined) this.#items.set(section, [item]);
    else items.push(item);
    return item;
  }

  #close(): void {
    this.#item = undefined;
    this.#field = undefined;
    this.#fieldShape = undefined;
    this.#part = undefined;
  }

  finish(source: string): MarkdownReading | undefined {
    const reading = assemble(this.#items, this.#shape, source);
    if (this.#outside > 0) reading?.group.notes.push(`left out ${this.#outside} lines that stand in no item`);
    return reading;
  }
}
