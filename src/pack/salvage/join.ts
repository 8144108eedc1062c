/**
 * Several values in one reply → one. Two halves of a list belong together; an example from the
 * prompt, quoted before the answer, does not.
 */
import { fieldNamed } from './aliases.ts';
import { envelopeScore, findEnvelope } from './envelope.ts';
import { elementsOf } from './resemblance.ts';
import type { GroupShape, ListShape } from './shape.ts';
import type { Span } from './spans.ts';
import { groupOf, listOf, plainValue, type Group, type List, type Member, type Node } from './tree.ts';

export interface Joined {
  group: Group;
  /** The last value that belongs to it was cut off. */
  isCut: boolean;
  /** Where it begins and ends in the reply. */
  start: number;
  end: number;
}

interface Candidate {
  group: Group;
  span: Span;
  score: number;
  items: number;
}

/** Values whose items hold less than this part of what the best one's items hold are something else. */
const MIN_LIKENESS = 0.5;

/** @returns `undefined` when no value resembles the shape. */
export function joinSpans(spans: readonly Span[], shape: GroupShape): Joined | undefined {
  const candidates = spans.flatMap((span): Candidate[] => {
    const group = findEnvelope(span.node, shape);
    if (group === undefined) return [];
    return [{ group, span, score: envelopeScore(group, shape), items: countItems(group, shape) }];
  });
  const [first, ...others] = candidates;
  if (first === undefined) return undefined;
  const best = others.reduce((one, other) => (other.score > one.score ? other : one), first);
  const likeness = best.score / Math.max(1, best.items);
  const chosen = candidates.filter(
    (one) => one === best || one.items === 0 || one.score / one.items >= MIN_LIKENESS * likeness,
  );
  return joinCandidates(chosen, spans.length - chosen.length, shape);
}

function countItems(group: Group, shape: GroupShape): number {
  return group.members.reduce((sum, { key, value }) => {
    const field = fieldOf(key, shape);
    if (field?.kind === 'list') return sum + asItems(value, field).length;
    return sum + (field?.kind === 'group' ? 1 : 0);
  }, 0);
}

function fieldOf(key: string, shape: GroupShape): GroupShape | ListShape | undefined {
  const field = shape.fields.get(fieldNamed(key, shape.fields.keys()) ?? '');
  return field?.kind === 'group' || field?.kind === 'list' ? field : undefined;
}

function asItems(value: Node, shape: ListShape): Node[] {
  const elements = elementsOf(value, shape)?.elements;
  if (elements !== undefined) return elements;
  return value.kind === 'group' ? [value] : [];
}

function joinCandidates(chosen: readonly Candidate[], leftOut: number, shape: GroupShape): Joined | undefined {
  const [first] = chosen;
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const notes = leftOut > 0 ? [`left out ${leftOut} other value${leftOut === 1 ? '' : 's'} of the reply`] : [];
  const place = { isCut: last.span.ending === 'cut', start: first.span.start, end: last.span.end };
  if (chosen.length === 1) return { group: { ...first.group, notes: [...first.group.notes, ...notes] }, ...place };
  notes.push(`joined ${chosen.length} values that stand one after the other`);
  const joined = groupOf([], [...notes, ...chosen.flatMap(({ group }) => group.notes)]);
  const joiner = new Joiner(joined, shape);
  for (const { group } of chosen) joiner.add(group);
  return { group: joined, ...place };
}

class Joiner {
  readonly #joined: Group;
  readonly #shape: GroupShape;
  /** The items of each list, as text. */
  readonly #known = new Map<Node, Set<string>>();

  constructor(joined: Group, shape: GroupShape) {
    this.#joined = joined;
    this.#shape = shape;
  }

  add(group: Group): void {
    for (const member of group.members) this.#addMember(member);
  }

  #addMember(member: Member): void {
    const name = fieldNamed(member.key, this.#shape.fields.keys()) ?? member.key;
    const there = this.#joined.members.find(({ key }) => key === name);
    const field = this.#shape.fields.get(name);
    if (field?.kind === 'list' && member.value.kind !== 'leaf') {
      const list = there?.value.kind === 'list' ? there.value : listOf();
      list.notes.push(...member.value.notes);
      if (there === undefined) this.#joined.members.push({ key: name, value: list });
      else there.value = list;
      this.#addItems(list, asItems(member.value, field));
    } else if (there === undefined) this.#joined.members.push(member);
    else if (there.value.kind !== 'leaf' && member.value.kind === 'leaf') {
      this.#joined.notes.push(`left out a single value called "${member.key}"`);
    } else if (sameText(there.value) !== sameText(member.value)) {
      this.#joined.notes.push(`"${name}" stands in it twice: kept the later one`);
      there.value = member.value;
    }
  }

  /** The same item in two values is one; twice in one value it is the reply's own doing. */
  #addItems(list: List, items: readonly Node[]): void {
    const known = this.#known.get(list) ?? new Set();
    const texts = items.map(sameText);
    for (const [index, item] of items.entries()) {
      if (item.kind !== 'gap' && known.has(texts[index] ?? ''))
        list.notes.push('left out an item that stands in the reply twice');
      else list.elements.push(item);
    }
    for (const text of texts) known.add(text);
    this.#known.set(list, known);
  }
}

function sameText(node: Node): string {
  return JSON.stringify(plainValue(node));
}
