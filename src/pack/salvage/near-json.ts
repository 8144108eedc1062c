/**
 * JSON as models really write it → a tree with a note on every departure from the standard. What
 * strict JSON means is never changed. A value that makes no sense costs the item that it stands in
 * and no more: reading goes on where the next item begins.
 */
import { meaningOf } from './bare-word.ts';
import { findNextItem, type BrokenItem, type Effort } from './resume.ts';
import { afterBlanks, isQuote, readText } from './read-text.ts';
import { Scanner, Stop } from './scanner.ts';
import { MAX_DEPTH, leafOf, type Gap, type Group, type Leaf, type List, type Node } from './tree.ts';

export interface NearJson {
  node: Node;
  /** Offset after the last character that belongs to it. */
  end: number;
  /** `broken`: made no sense from `end` on; `cut`: the source ended first. */
  ending: 'complete' | 'cut' | 'broken';
}

/** Reads the one value whose bracket stands at `start`. Never throws. */
export function readNearJson(source: string, start: number, effort: Effort): NearJson {
  return new Reader(source, start, effort).read();
}

type Put = (node: Node) => void;

class Reader extends Scanner {
  depth = 0;
  isInList = false;
  readonly effort: Effort;

  constructor(source: string, start: number, effort: Effort) {
    super(source, start);
    this.effort = effort;
  }

  read(): NearJson {
    let root: Node = { kind: 'gap', isCut: false, notes: [] };
    try {
      this.readValue((node) => (root = node), 'element');
      return { node: root, end: this.at, ending: 'complete' };
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      if (!stop.isCut) root.notes.push(`could not be read beyond a place where ${stop.message}`);
      return { node: root, end: this.at, ending: stop.isCut ? 'cut' : 'broken' };
    }
  }

  /** A container is put into its place before it is read, so that what was read stays when reading stops. */
  private readValue(put: Put, place: 'member' | 'element'): void {
    const sign = this.source[this.at];
    if (sign === '{' || sign === '[') {
      if (this.depth >= MAX_DEPTH) throw new Stop(false, `brackets stand more than ${MAX_DEPTH} deep`);
      const container = sign === '{' ? this.newGroup() : this.newList();
      put(container);
      this.at += 1;
      this.depth += 1;
      if (container.kind === 'group') this.readMembers(container);
      else this.readElements(container);
      this.depth -= 1;
      container.isOpen = false;
    } else if (isQuote(sign)) put(this.readQuoted(put, place));
    else put(this.readBare(put));
  }

  private newGroup(): Group {
    return { kind: 'group', members: [], isOpen: true, notes: [] };
  }

  private newList(): List {
    return { kind: 'list', elements: [], isOpen: true, notes: [] };
  }

  private readQuoted(put: Put, place: 'member' | 'element'): Leaf {
    const reading = readText(this.source, this.at, place);
    if (reading.kind === 'text') {
      this.at = reading.end;
      return leafOf(reading.text, reading.notes);
    }
    if (reading.kind === 'cut') return this.cutInside(put);
    this.at = reading.end;
    throw new Stop(false, reading.why);
  }

  private cutInside(put: Put): never {
    put({ kind: 'gap', isCut: true, notes: [] });
    this.at = this.source.length;
    throw new Stop(true);
  }

  /** Numbers, the words of JSON and Python, and single words that lost their quotes. */
  private readBare(put: Put): Leaf | Gap {
    const word = this.takeWord(BARE_WORD);
    if (word === undefined) throw new Stop(false, 'a value was expected');
    if (this.at >= this.source.length) return this.cutInside(put);
    const meant = meaningOf(word);
    if (meant !== undefined) return meant;
    const next = this.source[afterBlanks(this.source, this.at)];
    if (next !== undefined && !',}]/#'.includes(next)) throw new Stop(false, 'text stands without quotation marks');
    return leafOf(word, [`read the bare word ${word} as text`]);
  }

  private readMembers(group: Group): void {
    for (;;) {
      const separators = this.skipSeparators(group);
      const sign = this.source[this.at];
      if (sign === '}') {
        this.at += 1;
        return;
      }
      if (sign === ']' || (sign === '{' && this.isInList)) {
        if (group.members.length === 0 || !this.isInList) throw new Stop(false, 'a closing brace is missing');
        group.notes.push('closed a brace that was left open');
        return;
      }
      const key = this.readKey(group);
      if (separators === 0 && isReadable(group.members.at(-1)?.value)) group.notes.push(MISSING_COMMA);
      this.readMember(group, key);
    }
  }

  private readMember(group: Group, key: string): void {
    const start = this.at;
    const index = group.members.length;
    const put: Put = (node) => (group.members[index] = { key, value: node });
    const canResume = !this.isInList && (this.depth === 1 || /\d/.test(key));
    // So that the name is known when the source ends before the value.
    put({ kind: 'gap', isCut: true, notes: [] });
    this.skipBlanks(group);
    this.withResume(() => this.readValue(put, 'member'), put, canResume ? { key, start, isMember: true } : undefined);
  }

  private readKey(group: Group): string {
    if (isQuote(this.source[this.at])) {
      const reading = readText(this.source, this.at, 'key');
      if (reading.kind === 'cut') throw this.endOfSource();
      if (reading.kind === 'unclear') throw new Stop(false, 'a name was expected');
      this.at = reading.end;
      if (reading.notes.length > 0) group.notes.push(...reading.notes);
      this.expectColon();
      return reading.text;
    }
    const word = this.takeWord(BARE_KEY);
    if (word === undefined) throw new Stop(false, 'a name was expected');
    if (this.at >= this.source.length) throw this.endOfSource();
    this.expectColon();
    group.notes.push(`read ${word} as a name without quotation marks`);
    return word;
  }

  private readElements(list: List): void {
    const isOuter = !this.isInList;
    this.isInList = true;
    for (;;) {
      const separators = this.skipSeparators(list);
      const sign = this.source[this.at];
      if (sign === ']' || sign === '}') {
        if (sign === ']') this.at += 1;
        else if (this.depth === 1) throw new Stop(false, 'a closing bracket is missing');
        else list.notes.push('closed a bracket that was left open');
        if (isOuter) this.isInList = false;
        return;
      }
      if (separators === 0 && isReadable(list.elements.at(-1))) list.notes.push(MISSING_COMMA);
      const index = list.elements.length;
      const put: Put = (node) => (list.elements[index] = node);
      const item = isOuter ? { start: this.at, isMember: false } : undefined;
      this.withResume(() => this.readValue(put, 'element'), put, item);
    }
  }

  /** Reads one item; when it makes no sense, leaves a gap and goes on at the next. */
  private withResume(readItem: () => void, put: Put, item: BrokenItem | undefined): void {
    if (item === undefined) {
      readItem();
      return;
    }
    const { depth, isInList } = this;
    try {
      readItem();
    } catch (stop) {
      if (!(stop instanceof Stop) || stop.isCut) throw stop;
      const next = findNextItem(this.source, item, this.at, this.effort);
      if (next === undefined) throw stop;
      put({ kind: 'gap', isCut: false, notes: [`could not be read: ${stop.message}`] });
      this.at = next;
      this.depth = depth;
      this.isInList = isInList;
    }
  }
}

/** What stands between an unreadable item and the next has been skipped with it. */
function isReadable(previous: Node | undefined): boolean {
  return previous !== undefined && previous.kind !== 'gap';
}

const MISSING_COMMA = 'read on where a comma is missing';

const BARE_WORD = /[\w.+-]{1,200}/y;
const BARE_KEY = /[\p{L}_$][\p{L}\p{N}_$-]{0,60}/uy;
