/**
 * Where JSON stands in a reply: alone, in fences, in prose, after a model's thinking. Fences need no
 * search of their own, because a value knows where it ends better than its fence does: a text in
 * it may hold fences too.
 */
import { readNearJson, type NearJson } from './near-json.ts';
import { READING_EFFORT, type Effort } from './resume.ts';

export interface Span {
  node: NearJson['node'];
  ending: NearJson['ending'];
  start: number;
  end: number;
}

/** Readings of one reply together may look at this many times its characters. */
const EFFORT_FACTOR = 2;
const BASE_EFFORT = 100_000;
/** Enough for any real reply; a text of brackets alone must not become a list of readings. */
const MAX_FAILURES = 300;

/**
 * All bracketed values of a reply, in their order; what stands between them is prose.
 * @param resembles whether a value has anything to do with what is asked for
 */
export function findSpans(reply: string, resembles: (node: Span['node']) => boolean): Span[] {
  const effort: Effort = { characters: BASE_EFFORT + EFFORT_FACTOR * reply.length };
  let spans: Span[] = [];
  let failures = 0;
  const lastClose = lastThinkingEnd(reply);
  const mark = /[{[]|<(\/?)(?:think|thinking|thought|reasoning)>/gi;
  for (let match = mark.exec(reply); match !== null && failures < MAX_FAILURES; match = mark.exec(reply)) {
    if (match[0].startsWith('<')) {
      // A closing mark alone: the template of the model has eaten the opening one.
      if (match[1] === '/') spans = [];
      else if (match.index < lastClose) mark.lastIndex = thinkingEnd(reply, match.index);
      continue;
    }
    if (!mayBegin(reply, match.index)) continue;
    const reading = readNearJson(reply, match.index, effort);
    if (reading.ending !== 'complete') failures += 1;
    const isWorthless = reading.ending !== 'complete' && !resembles(reading.node);
    if (isWorthless) {
      // It may have swallowed the real one; what is read again is paid for.
      effort.characters -= READING_EFFORT + reading.end - match.index;
      if (effort.characters < 0) mark.lastIndex = Math.max(reading.end, match.index + 1);
      continue;
    }
    spans.push({ node: reading.node, ending: reading.ending, start: match.index, end: reading.end });
    mark.lastIndex = Math.max(reading.end, match.index + 1);
  }
  return spans;
}

const THINKING_END = /<\/(?:think|thinking|thought|reasoning)>/gi;

function lastThinkingEnd(reply: string): number {
  let last = -1;
  for (const match of reply.matchAll(THINKING_END)) last = match.index;
  return last;
}

function thinkingEnd(reply: string, from: number): number {
  THINKING_END.lastIndex = from;
  const match = THINKING_END.exec(reply);
  THINKING_END.lastIndex = 0;
  return match === null ? from + 1 : match.index + match[0].length;
}

/** The reply without the thinking at its beginning; what is quoted later on is left alone. */
export function withoutThinking(reply: string): string {
  const opening = /^\s*<(?:think|thinking|thought|reasoning)>/i.exec(reply);
  if (opening === null) return reply;
  const end = thinkingEnd(reply, opening[0].length);
  return end > opening[0].length + 1 ? reply.slice(end) : reply;
}

/** Not `[1]`, `[a link](…)`, `{x}` or LaTeX. */
function mayBegin(reply: string, at: number): boolean {
  const following = reply.slice(at + 1, at + 1 + LOOK_AHEAD).replace(COMMENTS, '');
  return (reply[at] === '{' ? GROUP_BEGINS : LIST_BEGINS).test(following);
}

const LOOK_AHEAD = 400;
const COMMENTS = /^\s*(?:(?:\/\/|#)[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*/;
const GROUP_BEGINS = /^(?:$|\}|["'“”„‘’«]|[\p{L}_$][\p{L}\p{N}_$-]{0,60}\s*:)/u;
const LIST_BEGINS = /^(?:$|[\]{["'“”„‘’«])/;
