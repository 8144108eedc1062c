/**
 * Cleaned text → lines and sections. A heading says what the lines below it are; headings are
 * recognised by their words, in the many wordings that ads use, not by their typography alone.
 */
import { BULLET_LINE } from './bullets.ts';
import type { RequirementKind } from './types.ts';

/** `prose`: about the role, may state requirements in sentences. `aside`: asks nothing of the reader. */
export type SectionKind = RequirementKind | 'prose' | 'aside';

export interface Line {
  /** Without bullet mark and surrounding blanks. */
  text: string;
  /** Offsets of `text` in the cleaned ad. */
  start: number;
  end: number;
  isBullet: boolean;
  /** The mark is a number. */
  isNumbered: boolean;
  followsBlank: boolean;
}

export interface Section {
  heading: string;
  kind: SectionKind;
  lines: Line[];
}

/** Wordings by kind; the first kind with a match wins, so narrower meanings stand first. */
const HEADINGS: [SectionKind, RegExp][] = [
  [
    'aside',
    /\b(what (we|our company) (offer|provide|can offer)|we offer|benefits|perks|remuneration|compensation|salary|what'?s in it for you|what you'?(ll| will)? (get|receive)|why (join|us|work|people|you'?ll (love|enjoy))|what our (colleagues|people|employees) (like|love|value)|how to apply|(recruitment|hiring|interview|application) process|equal opportunit(y|ies)( employer)?|diversity|privacy|our stack at a glance|location|contact|(co )?oferujemy|benefity|das bieten wir|(was )?wir bieten( dir)?|unser angebot|nous offrons|ofrecemos|about (?!(the|this|your)\b|you\b)[\w.&'-]+( [\w.&'-]+){0,2}$|about (the|our) (company|team)|(company|team) (description|overview|profile)|meet the team|who we are|our (story|mission)|the company|o nas|uber uns|wer wir sind|qui sommes-nous|sobre nosotros)/i,
  ],
  [
    'culture',
    /\b(our (culture|values)|team'?s culture|(company|team) culture|fit (well )?(in )?with (our|the)|fit our team|who (fits|thrives)|values we|people who (fit|thrive)|what we value|how we behave|nasze wartosci|unsere werte|feel at home)/i,
  ],
  [
    'nice',
    /\b(nice[- ]to[- ]haves?|would be (a )?(big |great |nice |real )?(plus|bonus|advantage)|(is|are|as) (a )?(plus|bonus|advantage)|pluses|a plus|bonus( points| skills)?( for)?|preferred( (qualifications|skills|experience))?|desir(ed|able)( (skills|experience|criteria))?|good[- ]to[- ]have|great to have|you (may|might) (also )?have|you could also have|what would (also )?(help|be nice)|extra (skills|points)|optional(ly)?( skills)?|additional (skills|qualifications|assets)|assets?$|advantageous|mile widziane|dodatkowe atuty|even better if|brownie points|pref'?d|(desirable|preferred) criteria|wunschenswert|von vorteil|un plus|atouts|se valorar[aa]|deseable|welcome extras|also welcome|helpful|not required|happy if)/i,
  ],
  [
    'duty',
    /\b(responsibilit(y|ies)|scope of work|responsible for|your (daily |main |key )?(tasks|duties|role|work|mission)|tasks|duties|what (will you|you('?ll| will| would| are going to)?)( be)? (doing|do|work(ing)? on|build(ing)?|own)\b|you('?ll| will) (be )?(doing|do|work(ing)?|build(ing)?)\b|you can expect|what to expect|what (awaits|expects) you|(the|your) day[- ]to[- ]day|day to day|in this role you|role overview|work(ing)? method(ology|s)?|way of working|how we work|(our )?(tech(nology)? )?stack|tools we use|(twoje |twoj |glowne )?(zadania|zakres obowiazkow|obowiazki|rola)|twoja rola|(deine|ihre|die)? ?aufgaben|technologies we use|deine rolle|vos missions|tus responsabilidades|funciones)/i,
  ],
  [
    'must',
    /\b((minimum|basic|minimal) (requirements?|qualifications?)|(essential|selection) criteria|competenc(y|ies)|(you'?re |you are )?(a )?(great |good )?fit if( you)?|mandatory( requirements)?|requirements?|require[ds]?|qualifications?|must[- ]haves?|you (must|should|need to) have|(what )?you('?ll| will| should| could|'d)? (also )?(need|bring( to the table)?|have|know)|background (we|you)|what we'?(d| would)? (like|love) (to see|you)|what (we|we'?re|we are|you) (look(ing)? for|need|expect|require|want)|we('?re| are) looking for|looking for|who (you are|we(’|')?re looking for|we are looking for)|about you|skills( and| &)? (qualifications|experience|requirements)|(required|key|essential|core|technical|necessary) (skills|experience|qualifications|competenc(ies|e))|skills|experience|background|your (profile|skills|experience|background)|the (ideal )?candidate|ideal(ly)?,? you|essentials?|expectations|what it takes|you are|(nasze )?(wymagania|oczekiwania)|oczekujemy|was du mitbringst|czego oczekujemy|nasze oczekiwania|twoj profil|anforderungen|dein profil|ihr profil|das bringst du mit|profil recherch[ee]|requisitos|perfil)/i,
  ],
  [
    'prose',
    /\b((about|what|the) (the |this |your )?(role|job|position|work)|role|position|opportunity|summary|overview|the job|job description|opis stanowiska|stellenbeschreibung|le poste|el puesto)/i,
  ],
];

const MAX_HEADING_LENGTH = 90;

export function splitLines(text: string): (Line | null)[] {
  const lines: (Line | null)[] = [];
  let offset = 0;
  let followsBlank = true;
  for (const raw of text.split('\n')) {
    const bullet = BULLET_LINE.exec(raw);
    const lead = bullet ? bullet[0].length : raw.length - raw.trimStart().length;
    const body = raw.slice(lead).trimEnd();
    if (body === '') lines.push(null);
    else
      lines.push({
        text: body,
        start: offset + lead,
        end: offset + lead + body.length,
        isBullet: bullet !== null,
        isNumbered: /\d/.test(bullet?.[2] ?? ''),
        followsBlank,
      });
    followsBlank = body === '';
    offset += raw.length + 1;
  }
  return lines;
}

/** Lines before the first heading form a section of kind `prose` with an empty heading. */
export function splitSections(text: string): Section[] {
  const lines = splitLines(text);
  const sections: Section[] = [{ heading: '', kind: 'prose', lines: [] }];
  for (const [index, line] of lines.entries()) {
    if (line === null) continue;
    const current = sections.at(-1) as Section;
    const kind = headingKind(line, lines.slice(index + 1), current);
    if (kind === undefined) current.lines.push(line);
    else sections.push({ heading: line.text.replace(/\s*:$/, ''), kind, lines: [] });
  }
  return sections;
}

/** The kind of section that this line opens, or `undefined` when it opens none. */
function headingKind(line: Line, following: readonly (Line | null)[], current: Section): SectionKind | undefined {
  if (line.text.length > MAX_HEADING_LENGTH) return undefined;
  // "2. Requirements" numbers a section; other marks make an item.
  if (line.isBullet && !(line.isNumbered && knownHeading(line.text)?.isWhole === true)) return undefined;
  const endsWithColon = line.text.endsWith(':');
  const next = following.find((candidate) => candidate !== null) ?? undefined;
  if (!endsWithColon && (next === undefined || !isHeadingShaped(line.text))) return undefined;
  const known = knownHeading(line.text);
  if (known?.isWhole) return known.kind;
  if (endsWithColon) {
    // "Technologies and frameworks:" inside a list divides the list; it does not end it.
    const isInsideList = current.kind !== 'prose' && current.kind !== 'aside';
    return isInsideList ? current.kind : (known?.kind ?? 'prose');
  }
  const opensProse = isTitleLike(line.text) && line.followsBlank && (next?.text.length ?? 0) > 120;
  return opensProse ? 'prose' : undefined;
}

function isHeadingShaped(text: string): boolean {
  return !/[.,;!)]$/.test(text) && !/[.!?]\s+\p{Lu}/u.test(text) && text.split(/\s+/).length <= 10;
}

/** Words that a heading may have around the words that make it one. */
const GENERIC_WORDS = new Set(
  'a also and are level levels as at be been being by can could count do from good great have here heres hope hoping hey i if in into is it its key like main me more most of on or our out per see some skills experience qualifications requirements responsibilities so technical team that thats the them there these this to us we wed well were what whats who will with work working would youd you youll youre your role job position professional personal candidate for fit s d re ll'.split(
    ' ',
  ),
);

/**
 * The kind whose wording the line holds. `isWhole`: nothing but generic words is left of the line
 * besides, so it can be nothing else than a heading.
 */
function knownHeading(line: string): { kind: SectionKind; isWhole: boolean } | undefined {
  const words = foldLetters(line)
    .replace(/[’‘]/g, "'")
    .replace(/[*_#:?!]|\p{Extended_Pictographic}|\uFE0F/gu, '')
    .trim();
  const matching = HEADINGS.filter(([, pattern]) => pattern.test(words));
  // A narrow kind that matches only in passing must not hide a wider one that fits whole.
  const whole = matching.find(([, pattern]) => hasOnlyGenericWordsBeside(words, pattern));
  if (whole !== undefined) return { kind: whole[0], isWhole: true };
  const [first] = matching;
  return first === undefined ? undefined : { kind: first[0], isWhole: false };
}

/** Letters without their marks: the wordings above are written so. */
function foldLetters(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/Ł/g, 'L').replace(/ß/g, 's');
}

function hasOnlyGenericWordsBeside(words: string, pattern: RegExp): boolean {
  const leftover = words
    .replace(new RegExp(pattern.source, 'gi'), ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return leftover.every((word) => word === '' || GENERIC_WORDS.has(word));
}

function isTitleLike(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= 6 &&
    (text === text.toUpperCase() || words.every((word) => /^\p{Lu}|^(and|of|the|for|in|to|&)$/u.test(word)))
  );
}
