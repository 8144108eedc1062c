/** Where the next item begins after one that makes no sense. */

/** What is left of the effort for reading things again; shared by all readings of one reply. */
export interface Effort {
  characters: number;
}

/** What beginning anew costs, in characters. */
export const READING_EFFORT = 1000;

export interface BrokenItem {
  start: number;
  /** A member of a group, `"item_3": {…}`, as against an element of a list. */
  isMember: boolean;
  key?: string;
}

const FIRST_NAME = /["'“„‘]?([\p{L}_][^"'“”‘’:{}[\],\n]{0,60})["'”’]?\s{0,20}:/u;

/**
 * Items of one list begin with the same name, and a list that was printed with indentation begins
 * them all in one column. Where a list inside the item begins its elements with that name too and
 * no column tells them apart, nothing is guessed.
 * @param brokenAt where the reading stopped; items that it ran over begin before that place
 * @returns `undefined` when no next item can be told.
 */
export function findNextItem(source: string, item: BrokenItem, brokenAt: number, effort: Effort): number | undefined {
  const pattern = item.isMember ? memberPattern(item.key ?? '') : elementPattern(source, item.start);
  if (pattern === undefined || effort.characters <= 0) return undefined;
  // Where the opening brace itself is missing, the column is that of a name inside the item.
  const column = item.isMember || source[item.start] === '{' ? columnOf(source, item.start) : undefined;
  pattern.lastIndex = item.start + 1;
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    if (column !== undefined && columnOf(source, match.index) !== column) continue;
    if (!item.isMember && /\[\s{0,40}$/.test(source.slice(Math.max(0, match.index - 40), match.index))) break;
    return spend(effort, READING_EFFORT + Math.max(0, brokenAt - match.index)) ? match.index : undefined;
  }
  spend(effort, source.length - item.start);
  return undefined;
}

function spend(effort: Effort, characters: number): boolean {
  effort.characters -= characters;
  return effort.characters >= 0;
}

function elementPattern(source: string, start: number): RegExp | undefined {
  const name = FIRST_NAME.exec(source.slice(start, start + 200))?.[1];
  return name === undefined
    ? undefined
    : new RegExp(String.raw`\{\s{0,200}["'“„‘]?${escaped(name)}["'”’]?\s{0,20}:`, 'g');
}

/** `item_3` is followed by `item_4`. */
function memberPattern(key: string): RegExp | undefined {
  if (!/\d/.test(key)) return undefined;
  return new RegExp(String.raw`["'“„‘]${escaped(key).replace(/\d+/g, String.raw`\d+`)}["'”’]\s{0,20}:`, 'g');
}

function escaped(name: string): string {
  return name.trim().replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** `undefined` when something else stands before it on its line. */
function columnOf(source: string, at: number): number | undefined {
  let lineStart = at;
  while (lineStart > 0 && at - lineStart < 200 && ' \t'.includes(source[lineStart - 1] ?? '')) lineStart -= 1;
  return source[lineStart - 1] === '\n' ? at - lineStart : undefined;
}
