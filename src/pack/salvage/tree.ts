/**
 * What stands in a reply, before anyone asks whether it is right: members in their order (two of
 * one name both stay), containers that were never closed, and places where a value could not be
 * read. Plain objects could say none of these, and a key such as "__proto__" would harm them.
 */
export interface Group {
  kind: 'group';
  members: Member[];
  isOpen: boolean;
  notes: string[];
}

export interface Member {
  key: string;
  value: Node;
}

export interface List {
  kind: 'list';
  elements: Node[];
  isOpen: boolean;
  notes: string[];
}

export interface Leaf {
  kind: 'leaf';
  value: string | number | boolean | null;
  notes: string[];
}

/** A value that is not there: the text ended inside it, or it made no sense. */
export interface Gap {
  kind: 'gap';
  isCut: boolean;
  notes: string[];
}

/** `notes`: what was repaired in reading it; the path is only known when it has found its place. */
export type Node = Group | List | Leaf | Gap;

/** Deeper than any shape that is asked for, and shallow enough for any stack. */
export const MAX_DEPTH = 64;

export function groupOf(members: Member[] = [], notes: string[] = []): Group {
  return { kind: 'group', members, isOpen: false, notes };
}

export function listOf(elements: Node[] = [], notes: string[] = []): List {
  return { kind: 'list', elements, isOpen: false, notes };
}

export function leafOf(value: Leaf['value'], notes: string[] = []): Leaf {
  return { kind: 'leaf', value, notes };
}

/** Whether the text ended, or stopped making sense, inside it. */
export function isUnfinished(node: Node): boolean {
  if (node.kind === 'gap') return node.isCut;
  return node.kind !== 'leaf' && node.isOpen;
}

/** As JSON would give it, without regard to any shape. */
export function plainValue(node: Node): unknown {
  if (node.kind === 'leaf') return node.value;
  if (node.kind === 'gap') return null;
  if (node.kind === 'list') return node.elements.map(plainValue);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value)]));
}
