/** What stands between the tokens of near-JSON, and where a reading has come to. */
import { afterBlanks } from './read-text.ts';
import type { Group, List } from './tree.ts';

/** Ends the reading up to whoever can go on; never leaves the reader. */
export class Stop extends Error {
  readonly isCut: boolean;
  constructor(isCut: boolean, why = '') {
    super(why);
    this.isCut = isCut;
  }
}

export class Scanner {
  readonly source: string;
  at: number;

  constructor(source: string, start: number) {
    this.source = source;
    this.at = start;
  }

  /** @param pattern sticky */
  protected takeWord(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.source)?.[0];
    this.at += word?.length ?? 0;
    return word;
  }

  protected endOfSource(): Stop {
    this.at = this.source.length;
    return new Stop(true);
  }

  protected expectColon(): void {
    this.skipBlanks();
    if (this.source[this.at] !== ':') throw new Stop(false, 'a colon was expected');
    this.at += 1;
  }

  /** Blanks, comments, commas and marks of omission. @returns the number of commas. */
  protected skipSeparators(container: Group | List): number {
    let commas = 0;
    for (;;) {
      this.skipBlanks(container);
      const omission = /^(?:\.{3}|…)/.exec(this.source.slice(this.at, this.at + 3))?.[0];
      if (omission !== undefined) container.notes.push('something was left out of the reply ("...")');
      else if (this.source[this.at] !== ',') break;
      else commas += 1;
      this.at += omission?.length ?? 1;
    }
    const isFirst = (container.kind === 'group' ? container.members : container.elements).length === 0;
    const isLast = '}]'.includes(this.source[this.at] ?? ' ');
    if (commas > (isFirst || isLast ? 0 : 1)) container.notes.push('skipped a comma too many');
    return commas;
  }

  /** @throws Stop at the end of the source, and at a fence, which ends a document too. */
  protected skipBlanks(container?: Group | List): void {
    for (;;) {
      this.at = afterBlanks(this.source, this.at);
      COMMENT.lastIndex = this.at;
      const comment = COMMENT.exec(this.source)?.[0];
      if (comment === undefined) break;
      container?.notes.push('skipped a comment');
      this.at += comment.length;
    }
    if (this.at >= this.source.length || /^(?:```|~~~)/.test(this.source.slice(this.at, this.at + 3))) {
      throw new Stop(true);
    }
  }
}

/** What goes on for longer is no comment but a text that lost its quotation mark, and would swallow the rest. */
const COMMENT = /(?:\/\/|#)[^\n]{0,300}(?:\n|$)|\/\*[^]{0,2000}?\*\//y;
