/**
 * Text that has the right shape and says nothing: a placeholder, an echo of what was sent, chatter
 * around the answer, the same sentence over and over, an answer too short to be one.
 */
import { formatPath } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import { scanText, type EchoSource } from './scan-text.ts';

export interface Talk {
  /** Path inside the item: `rubric.weak`. */
  path: string;
  message: string;
}

/** Above this share an answer is mostly made of what it was given. */
const MAX_ECHO_SHARE = 0.4;
/** Shorter texts share their words with a request by right: a name, a term. */
const MIN_ECHO_LENGTH = 80;
const MIN_ANSWER_WORDS = 60;
/** Longer texts cannot be one word alone. */
const SHORT_TEXT = 80;

const NOTHING_ELSE =
  /^[\W_]*(?:tbd|tba|todo|to do|n\/?a|none|null|undefined|placeholder|test|example|sample|string|text|answer|question|name|title|description|content|xxx+)?[\W_]*$/i;
const STAND_IN =
  /lorem ipsum|your (?:answer|text|code|question) here|\[(?:insert|your|add|fill|placeholder)\b[^\]]*\]|<(?:insert|your|add|fill|placeholder)\s[^<>,]*>|(?<!\b(?:ha[sd]|have|needs?) )\bto be (?:written|filled in|added|determined|completed)\b/i;
const CHATTER =
  /^\s*(?:sure|certainly|of course|absolutely|great question)[,!.:]|^\s*here(?:['’]s| is| are) (?:(?:the|your|an?|some) )?(?:json|answers?|questions?|tasks?|items?|list|requested|updated|corrected|revised)\b|\bas an? (?:ai|artificial intelligence|large language|language)(?: language)? model\b|^\s*answer to question\b/i;

export function findEmptyTalk(section: SectionName, item: object, echoes: EchoSource): Talk[] {
  const talk: Talk[] = [];
  lookInto(item, [], echoes, talk);
  const answer: unknown = section === 'questions' ? Reflect.get(item, 'answer') : undefined;
  if (typeof answer === 'string' && answer.length < LONG_ANSWER) {
    const { words } = scanText(answer, echoes);
    if (words < MIN_ANSWER_WORDS)
      talk.push({ path: 'answer', message: `expected at least ${MIN_ANSWER_WORDS} words, found ${words}` });
  }
  return talk;
}

/** Characters that hold sixty words in any language. */
const LONG_ANSWER = 1200;

function lookInto(value: unknown, path: readonly (string | number)[], echoes: EchoSource, talk: Talk[]): void {
  if (typeof value === 'string') {
    const message = emptiness(value, echoes);
    if (message !== undefined) talk.push({ path: formatPath(path), message });
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) lookInto(entry, [...path, index], echoes, talk);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value))
      if (key !== 'topic') lookInto(entry, [...path, key], echoes, talk);
  }
}

function emptiness(text: string, echoes: EchoSource): string | undefined {
  if ((text.length < SHORT_TEXT && NOTHING_ELSE.test(text)) || STAND_IN.test(text))
    return `expected text, found a placeholder: ${JSON.stringify(text.slice(0, 40))}`;
  if (CHATTER.test(text))
    return `expected the content alone, found talk around it: ${JSON.stringify(text.slice(0, 40))}`;
  if (FENCE.test(text) && (text.match(/^\s*(?:```|~~~)/gm)?.length ?? 0) % 2 === 1)
    return 'expected a closed code block, found one left open';
  if (text.length < MIN_ECHO_LENGTH) return undefined;
  const { shingles, echoed, repeats } = scanText(text, echoes);
  if (repeats > MAX_REPEATS) return 'expected text, found the same sentence again and again';
  return echoed > MAX_ECHO_SHARE * shingles ? 'expected new text, found words of the request repeated' : undefined;
}

const FENCE = /```|~~~/;
const MAX_REPEATS = 3;
