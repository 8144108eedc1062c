/** How much of what is asked for a value holds: the only ground on which salvage ever chooses. */
import { fieldNamed } from './aliases.ts';
import type { GroupShape, ListShape } from './shape.ts';
import type { Group, List, Node } from './tree.ts';

/** Fields of the shape that a group holds under one name or another. */
export function knownFields(group: Group, shape: GroupShape): number {
  const names = [...shape.fields.keys()];
  const fields = new Set<string>();
  for (const { key } of group.members) {
    const field = fieldNamed(key, names);
    if (field !== undefined) fields.add(field);
  }
  return fields.size;
}

/** Names that say no more than which one it is: `1`, `Q2`, `task_3`. */
export function isIndexName(key: string): boolean {
  return /^\s*[\p{L}]{0,12}[\s_#.-]{0,3}\d{1,4}\s*[.):]?\s*$/u.test(key);
}

export interface Elements {
  elements: Node[];
  /** What the members were called, where the list was written as a group. */
  keys?: string[];
  /** Lists of items stood among the items. */
  isFlattened?: true;
}

function flatElements({ elements }: List, { element }: ListShape): Elements {
  const isItems = (node: Node): node is List =>
    element.kind === 'group' &&
    node.kind === 'list' &&
    node.elements.length > 0 &&
    node.elements.every((item) => item.kind === 'gap' || (item.kind === 'group' && knownFields(item, element) > 0));
  if (!elements.some(isItems)) return { elements };
  return { elements: elements.flatMap((node) => (isItems(node) ? node.elements : [node])), isFlattened: true };
}

/**
 * The elements of a list, also where the list was written as a group: `{"Q1": {…}, "Q2": {…}}`.
 * @returns `undefined` when the value is no list of such elements.
 */
export function elementsOf(node: Node, shape: ListShape): Elements | undefined {
  if (node.kind === 'list') return flatElements(node, shape);
  if (node.kind !== 'group' || node.members.length === 0) return undefined;
  const element = shape.element;
  if (element.kind === 'group' && knownFields(node, element) > 0) return undefined;
  const values = node.members.map(({ value }) => value);
  const isIndexed = node.members.every(({ key }) => isIndexName(key));
  const isKeyed =
    element.kind === 'group' && values.every((value) => value.kind === 'group' && knownFields(value, element) > 0);
  return isIndexed || isKeyed ? { elements: values, keys: node.members.map(({ key }) => key) } : undefined;
}

/** Known fields of all items in a value for a list; a single item counts as a list of one. */
export function listScore(node: Node, shape: ListShape): number {
  const { element } = shape;
  if (element.kind !== 'group') return 0;
  if (node.kind === 'group') {
    const own = knownFields(node, element);
    if (own > 0) return own;
  }
  const items = elementsOf(node, shape)?.elements ?? [];
  let score = 0;
  for (const item of items) if (item.kind === 'group') score += knownFields(item, element);
  return score;
}
