/**
 * Requirements that stand in sentences: which sentences of a paragraph ask something of the
 * reader, and what kind of asking it is.
 */
import type { Line } from './sections.ts';
import type { RequirementKind } from './types.ts';

export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** Sentences of a line with their offsets; abbreviations such as "e.g." do not end one. */
export function splitSentences(line: Line): Sentence[] {
  const sentences: Sentence[] = [];
  let begin = 0;
  for (const match of line.text.matchAll(/[.!?]["'”’)]?\s+(?=["'“‘(]?[\p{Lu}\d])/gu)) {
    const end = match.index + match[0].trimEnd().length;
    if (/\b(e\.g|i\.e|etc|vs|approx|incl|min|max|Mr|Ms|Dr|Inc|Ltd|Sp|z o\.o)\.$/i.test(line.text.slice(begin, end)))
      continue;
    sentences.push(slice(line, begin, end));
    begin = match.index + match[0].length;
  }
  sentences.push(slice(line, begin, line.text.length));
  return sentences.filter((sentence) => sentence.text !== '');
}

function slice(line: Line, begin: number, end: number): Sentence {
  return { text: line.text.slice(begin, end), start: line.start + begin, end: line.start + end };
}

const HAS_OPTIONAL_MARK =
  /\b(would be|is|are|as|be) (also )?(an? |highly |very |definitely )?(big |great |strong |nice |real |added )?(plus|bonus|advantage|asset|desirable|advantageous|beneficial|preferred|welcome|optional|nice to have|great if you)\b|\b(?:it['’]s|it is|even) (?:great|nice|better|good) if\b|^(?:ideally|preferably),? you\b|\b(nice to have|not required|not (a )?must|desirable|advantageous|bonus points?|mile widziane|von vorteil|pref['’]d)\b/i;

/** A single line of a must list may say of itself that it is optional; asides in brackets do not count. */
export function isOptional(text: string): boolean {
  const plain = text.slice(0, MAX_SENTENCE).replace(/\([^)]*\)/g, '');
  const [first] = splitSentences({
    text: plain,
    start: 0,
    end: plain.length,
    isBullet: false,
    isNumbered: false,
    followsBlank: false,
  });
  return HAS_OPTIONAL_MARK.test(first?.text ?? '');
}

const SUBJECT = String.raw`(?:you(?:['’]ll| will| are going to)|the successful candidate will|this person will)`;
/** What happens to the reader, not what the reader does. */
const NOT_WORK = String.raw`(?:be (?:challenged|given|offered|part|joining|based|able|surrounded|rewarded|paid|working in|reporting|the (?:best )?place|in charge of your own)|have|receive|get|gain|grow|find|enjoy|love|see|learn|benefit|play your part|report|meet|need|want|fit)`;
const DUTY = [
  new RegExp(
    String.raw`\b${SUBJECT}(?: (?:also|then|often|closely|mainly|directly|daily|regularly))* (?!${NOT_WORK}\b)\w+`,
    'i',
  ),
  new RegExp(String.raw`\b${SUBJECT} have (?:a )?(?:key|central|leading|important|vital) (?:part|role)\b`, 'i'),
  /\b(?:your (?:main )?(?:role|job|task|mission|responsibilit(?:y|ies)) (?:is|will be|are|include)|you(?:['’]re| are) responsible for)\b/i,
  /\blooking for\b[^.]*\b(?:who|that) will (?!join|strengthen|complete|like|be part|fit)/i,
  /\b(?:looking for|need) (?:some(?:one|body)|people|a person|an engineer|engineers?|[^.]{0,60}\bengineers?\b[^.]{0,120}) (?:to|who can) (?:help )?(?:us )?(?:better )?(?:build|automate|scale|grow|design|develop|lead|own|maintain|create|drive|join [^.]* to)\b/i,
];
const MUST = [
  /\b(?:looking for|seeking|searching for|need|want)\b[^.]*\b(?:someone|somebody|people|person|individuals?|candidates?|engineers?|developers?)\b[^.]*\b(?:with|who (?:is|are|has|have|knows?|can|possess)|experienced|skilled|having)\b/i,
  /\b(?:individuals?|people|candidates?|persons?|engineers?) (?:skilled|experienced|fluent|with (?:skills|experience|a background|knowledge|expertise))\b/i,
  /\b(?:we )?(?:expect|require) (?:that )?you(?: (?:to|can|will|are)|r\b)/i,
  /\byou (?:must|should|need to|ought to) (?!apply|read|send|know that|note)/i,
  /\byou (?:come from|possess|bring (?:an? |strong|solid|experience|your)|have (?:a |an )?(?:solid|strong|good|deep|proven|at least|experience|hands-on|worked|built|\d))/i,
  /\bif you (?:have|are|know|bring|can)\b[^.]*\b(?:background|experience|knowledge|skills?|way around|algorithms)\b/i,
  /\b(?:would|will) (?:suit|fit|be ideal for)\b[^.]*\b(?:someone|somebody|person|people|candidate|with|who|experience)\b/i,
  /\byou(?:['’]ve| have) (?:already )?(?:shipped|built|worked|led|run|written|designed|deployed|used|managed|delivered|maintained|trained)\b/i,
  /\byou(?:['’]re| are) (?:an? |very |highly )?(?:fluent|comfortable|proficient|experienced|skilled|familiar|confident|expert|well versed|at home)\b/i,
  /\byou know (?!that\b|how we\b|us\b|what to expect)/i,
  /^(?:minimum|at least|min\.?) (?:of )?\d/i,
  /\b\p{Lu}[\p{L}+#.]* (?:is|are) a must\b/u,
  /\b(?:experience|knowledge|proficiency|fluency|degree|familiarity|skills|command)\b[^.]*\b(?:is|are) (?:required|essential|mandatory|needed|a must|expected)\b/i,
  /\b(?:must|should) (?:have|be (?:able|fluent|proficient|comfortable|willing))\b/i,
  /\b(?:ideal|successful|right) candidate (?:has|is|will have|brings|knows)\b/i,
  /\b\d\+? ?(?:-|–|to)? ?\d* ?(?:\+ )?(?:years?|yrs)\b[^.]*\b(?:experience|exp|working|of)\b/i,
];
const CULTURE = [/\bwe (?:want|love|look for|hire|value)\b[^.]*\bpeople\b[^.]*\b(?:who|that)\b/i];

/** A company's words about itself may still say whom it wants. */
/** No sentence of an ad is longer; the patterns below take time that grows with the square of the length. */
const MAX_SENTENCE = 2000;

export function asksForCharacter(sentence: string): boolean {
  return CULTURE.some((pattern) => pattern.test(sentence.slice(0, MAX_SENTENCE)));
}

/** "Our team has 20 years of experience" asks nothing, unless it goes on to say whom it looks for. */
function isAboutTheCompany(sentence: string): boolean {
  return (
    /^(?:we|our|the company|since)\b/i.test(sentence) &&
    !/\b(?:look(?:ing)? for|need|want|love|value|hire|seek(?:ing)?|expect|require|search(?:ing)? for|you)\b/i.test(
      sentence,
    )
  );
}

/** What a sentence of prose asks of the reader, or `undefined` when it asks nothing. */
export function askOf(whole: string): RequirementKind | undefined {
  const sentence = whole.slice(0, MAX_SENTENCE);
  if (sentence.endsWith('?') || isAboutTheCompany(sentence)) return undefined;
  const asksMust = MUST.some((pattern) => pattern.test(sentence));
  const insists = /\b(?:(?:is|are) (?:a must|required|mandatory|essential)|we (?:expect|require))\b/i.test(sentence);
  if (HAS_OPTIONAL_MARK.test(sentence) && !insists) return 'nice';
  if (asksForCharacter(sentence)) return 'culture';
  if (DUTY.some((pattern) => pattern.test(sentence)) && !asksMust) return 'duty';
  if (asksMust) return /\bresponsible for\b|\bwho will\b/i.test(sentence) ? 'duty' : 'must';
  return undefined;
}
