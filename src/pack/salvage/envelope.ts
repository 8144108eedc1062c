/** Finds what was asked for inside the value that came: in the right envelope, another, or none. */
import { fieldNamed } from './aliases.ts';
import { knownFields, listScore } from './resemblance.ts';
import type { GroupShape, ListShape } from './shape.ts';
import { groupOf, type Group, type Member, type Node } from './tree.ts';

/** `{"data": {"result": {"questions": …}}}` is as deep as replies hide it. */
const MAX_WRAPPERS = 3;

/**
 * The group of the asked-for fields.
 * @returns `undefined` when the value has nothing to do with the shape.
 */
export function findEnvelope(node: Node, shape: GroupShape): Group | undefined {
  return findWithin(node, shape, MAX_WRAPPERS);
}

function findWithin(node: Node, shape: GroupShape, depth: number): Group | undefined {
  if (node.kind === 'group' && holdsAsked(node, shape)) return node;
  const bare = asBareList(node, shape) ?? asOnlyGroup(node, shape);
  if (bare !== undefined) return bare;
  if (depth === 0) return undefined;
  const inner = node.kind === 'group' ? node.members : onlyElement(node);
  let best: { group: Group; score: number } | undefined;
  for (const { key, value } of inner) {
    const group = findWithin(value, shape, depth - 1);
    if (group === undefined) continue;
    const score = envelopeScore(group, shape);
    if (best === undefined || score > best.score) best = { group: withNote(group, `taken out of "${key}"`), score };
  }
  return best?.group;
}

/** `[{"questions": …}]` */
function onlyElement(node: Node): Member[] {
  if (node.kind !== 'list') return [];
  const [only, ...others] = node.elements;
  return only === undefined || others.length > 0 ? [] : [{ key: '0', value: only }];
}

/** `{"task": {…}}` names the list of tasks; `{"task": "…", "action": "…"}` is a part of a story. */
function holdsAsked(group: Group, shape: GroupShape): boolean {
  if (knownFields(group, shape) === 0) return false;
  const names = [...shape.fields.keys()];
  return group.members.some(({ key, value }) => {
    const field = fieldNamed(key, names);
    if (field === undefined) return false;
    return field === key || value.kind !== 'leaf';
  });
}

function asBareList(node: Node, shape: GroupShape): Group | undefined {
  const lists = [...shape.fields].filter(
    (entry): entry is [string, ListShape & GroupShape] => entry[1].kind === 'list',
  );
  const scored = lists
    .map(([name, list]) => ({ name, score: listScore(node, list) }))
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  if (best === undefined) return undefined;
  const isEmptyList = node.kind === 'list' && node.elements.length === 0 && lists.length === 1;
  if (!isEmptyList && (best.score === 0 || best.score === second?.score)) return undefined;
  return groupOf([{ key: best.name, value: node }], [`put into "${best.name}"`]);
}

/** One group is asked for, and its content came without its name. */
function asOnlyGroup(node: Node, shape: GroupShape): Group | undefined {
  const [only, ...others] = shape.fields;
  if (only === undefined || others.length > 0 || node.kind !== 'group') return undefined;
  const [name, field] = only;
  if (field.kind !== 'group' || knownFields(node, field) === 0) return undefined;
  return groupOf([{ key: name, value: node }], [`put into "${name}"`]);
}

function withNote(group: Group, note: string): Group {
  return { ...group, notes: [...group.notes, note] };
}

/** Known fields of the envelope and of all that is in its lists and groups. */
export function envelopeScore(group: Group, shape: GroupShape): number {
  const names = [...shape.fields.keys()];
  let score = 0;
  for (const { key, value } of group.members) {
    const name = fieldNamed(key, names);
    const field = name === undefined ? undefined : shape.fields.get(name);
    if (field === undefined) continue;
    score += 1;
    if (field.kind === 'list') score += listScore(value, field);
    else if (field.kind === 'group' && value.kind === 'group') score += knownFields(value, field);
  }
  return score;
}
