/**
 * A tree → a plain value in the asked-for shape, as far as that needs no guess. What does not fit
 * stays as it is, for the validator to name.
 */
import { formatPath } from '../../problem.ts';
import { choiceIn, listIn, numberIn } from './fit-leaf.ts';
import { nameMembers, type NamedMember } from './fit-names.ts';
import { elementsOf, knownFields } from './resemblance.ts';
import type { GroupShape, ListShape, Shape } from './shape.ts';
import { isUnfinished, listOf, plainValue, type Group, type Node } from './tree.ts';

/** One departure of a reply from what was asked for, mended or at least seen. */
export interface Repair {
  /** `questions[2].name`; empty for the document. */
  path: string;
  /** `renamed "Task Name" to "name"` */
  what: string;
}

type Path = readonly (string | number)[];

export class Fitter {
  readonly repairs: Repair[] = [];
  readonly incomplete: string[] = [];
  readonly #seen = new Set<string>();

  log(path: Path, ...whats: readonly string[]): void {
    for (const what of whats) {
      const repair = { path: formatPath(path), what };
      const key = `${repair.path}\n${what}`;
      if (!this.#seen.has(key)) this.repairs.push(repair);
      this.#seen.add(key);
    }
  }

  group(group: Group, shape: GroupShape, path: Path): unknown {
    const { taken, extra, what } = nameMembers(group, shape);
    this.log(path, ...group.notes, ...what);
    if (extra.length > 0) this.log(path, `left out ${extra.map((key) => JSON.stringify(shorten(key))).join(', ')}`);
    const entries = new Map<string, unknown>();
    for (const [field, members] of groupByField(taken)) {
      const fitted = this.#member(this.#oneOf(members, shape, [...path, field]), shape, [...path, field]);
      if (fitted !== undefined) entries.set(field, fitted.value);
    }
    return Object.fromEntries(entries);
  }

  /** Members of one name: lists are parts of one list, of anything else the last one counts, as in JSON. */
  #oneOf(members: readonly NamedMember[], shape: GroupShape, path: Path): NamedMember {
    const last = members.at(-1) as NamedMember;
    if (members.length === 1) return last;
    const lists = members.map(({ value }) => value).filter((value) => value.kind === 'list');
    if (shape.fields.get(last.field)?.kind === 'list' && lists.length === members.length) {
      this.log(path, `joined ${members.length} lists of one name`);
      return { ...last, value: listOf(lists.flatMap(({ elements }) => elements)) };
    }
    this.log(path, `stands in its group ${members.length} times: kept the last`);
    return last;
  }

  #member(member: NamedMember, parent: GroupShape, path: Path): { value: unknown } | undefined {
    const { value } = member;
    const shape = parent.fields.get(member.field);
    if (shape === undefined) return { value: this.#asIs(value, path) };
    const isListLike = shape.kind === 'list' && (value.kind === 'list' || value.kind === 'group');
    if (isUnfinished(value) && !isListLike) {
      this.incomplete.push(formatPath(path));
      return undefined;
    }
    if (value.kind === 'gap') {
      this.log(path, ...value.notes);
      return undefined;
    }
    if (shape.kind === 'list' && !shape.isNullable && value.kind === 'leaf' && value.value === null) {
      this.log(path, 'left out a list that is null');
      return undefined;
    }
    return { value: this.value(value, shape, path) };
  }

  value(node: Node, shape: Shape, path: Path): unknown {
    switch (shape.kind) {
      case 'group':
        return this.#groupValue(node, shape, path);
      case 'list':
        return this.#list(node, shape, path);
      case 'text':
        return this.#asIs(this.#onlyText(node, path), path);
      case 'number':
        return this.#mended(node, path, numberIn);
      case 'choice':
        return this.#mended(node, path, (text) => choiceIn(text, shape.values));
      default:
        return this.#asIs(node, path);
    }
  }

  #groupValue(node: Node, shape: GroupShape, path: Path): unknown {
    if (node.kind === 'group') return this.group(node, shape, path);
    const fields = [...shape.fields];
    const isPair = fields.length === 2 && fields.every(([, field]) => field.kind === 'text');
    if (!isPair || node.kind !== 'list' || node.elements.length !== 2 || !node.elements.every(isText)) {
      return this.#asIs(node, path);
    }
    const names = fields.map(([name]) => name);
    this.log(path, `read a list of two as ${names.map((name) => `"${name}"`).join(' and ')}`);
    return Object.fromEntries(node.elements.map((element, index) => [names[index], this.#asIs(element, path)]));
  }

  #list(node: Node, shape: ListShape, path: Path): unknown {
    if (node.kind === 'leaf' && typeof node.value === 'string' && shape.element.kind === 'text') {
      const texts = listIn(node.value);
      this.log(path, ...node.notes, texts.length === 1 ? 'made a list of one text' : 'split a text into its lines');
      return texts;
    }
    const listed = elementsOf(node, shape);
    if (listed !== undefined) {
      this.log(path, ...node.notes);
      if (listed.keys !== undefined) this.log(path, `read as a list what has the names ${quoted(listed.keys)}`);
      if (listed.isFlattened) this.log(path, 'took the items out of lists inside the list');
      return this.#elements(listed.elements, shape.element, path);
    }
    if (node.kind === 'group' && shape.element.kind === 'group' && knownFields(node, shape.element) > 0) {
      this.log(path, 'made a list of a single item');
      return this.#elements([node], shape.element, path);
    }
    if (!isUnfinished(node)) return this.#asIs(node, path);
    this.incomplete.push(formatPath(path));
    return [];
  }

  #elements(elements: readonly Node[], shape: Shape, path: Path): unknown[] {
    const values: unknown[] = [];
    for (const [index, element] of elements.entries()) {
      const place = [...path, index];
      if (isUnfinished(element)) this.incomplete.push(formatPath(place));
      else if (element.kind === 'gap') values.push(this.#asIs(element, place));
      else values.push(this.value(element, shape, place));
    }
    return values;
  }

  #onlyText(node: Node, path: Path): Node {
    const only = node.kind === 'list' && node.elements.length === 1 ? node.elements[0] : undefined;
    if (only === undefined || !isText(only)) return node;
    this.log(path, ...node.notes, 'took the text out of a list of one');
    return only;
  }

  #mended(node: Node, path: Path, mend: (text: string) => unknown): unknown {
    const text = node.kind === 'leaf' && typeof node.value === 'string' ? node.value : undefined;
    const mended = text === undefined ? undefined : mend(text);
    if (mended === undefined || mended === text) return this.#asIs(node, path);
    this.log(path, ...node.notes, `read ${JSON.stringify(text)} as ${JSON.stringify(mended)}`);
    return mended;
  }

  #asIs(node: Node, path: Path): unknown {
    this.#logWithin(node, path);
    return plainValue(node);
  }

  #logWithin(node: Node, path: Path): void {
    this.log(path, ...node.notes);
    if (node.kind === 'list')
      for (const [index, element] of node.elements.entries()) this.#logWithin(element, [...path, index]);
    if (node.kind === 'group') for (const { key, value } of node.members) this.#logWithin(value, [...path, key]);
  }
}

function groupByField(members: readonly NamedMember[]): Map<string, NamedMember[]> {
  const byField = new Map<string, NamedMember[]>();
  for (const member of members) {
    const others = byField.get(member.field);
    if (others === undefined) byField.set(member.field, [member]);
    else others.push(member);
  }
  return byField;
}

function isText(node: Node): boolean {
  return node.kind === 'leaf' && typeof node.value === 'string';
}

function quoted(keys: readonly string[]): string {
  const shown = keys.slice(0, 20).map((key) => JSON.stringify(shorten(key)));
  return keys.length > 20 ? `${shown.join(', ')} and ${keys.length - 20} more` : shown.join(', ');
}

function shorten(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}
