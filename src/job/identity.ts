/** Who is hiring for what: title, company, level and language of an ad. */
import { francAll } from 'franc-min';
import type { Section } from './sections.ts';
import type { Level } from './types.ts';

const ROLE = String.raw`(?:Engineers?|Developers?|Scientists?|Architects?|Analysts?|Programmers?|Administrators?|Researchers?|Managers?|Designers?|Consultants?|Specialists?|Leads?|Testers?|Interns?|Nurses?|Lawyers?|Teachers?|DevOps|SRE|\w*[Ee]ntwickler(?:in)?|\w*[Ii]ngenieur(?:in)?|\w*wissenschaftler(?:in)?|Programista|Inżynier|Specjalista|Analityk|Développeu(?:r|se)|Ingénieure?|Desarrollador|Ingeniero)`;
const LABELLED_TITLE = /^(?:job title|title|position|role|stanowisko|stelle)\s*[:–-]\s*(.+)$/im;
const ANNOUNCED = new RegExp(
  String.raw`(?:looking for|hiring|seeking|as|in the role of|join us as)\s+(?:an?|the)?\s*(?:[a-z][a-z-]+\s+){0,2}?((?:[A-Z][\w+#./-]*|on|of|and|in|\(|\)|/|&)(?:\s+(?:[A-Z][\w+#./()-]*|on|of|and|in|/|&)){0,6}?\s*${ROLE}|[A-Z]\w+ (?:developer|engineer))\b`,
);

/** From a label, the first line, or the sentence that announces the job; else from the file's name. */
export function findTitle(text: string, id: string): string {
  const labelled = LABELLED_TITLE.exec(text)?.[1]?.trim();
  if (labelled !== undefined && labelled.length <= 100) return labelled;
  const first = text.split('\n', 1)[0]?.replace(/^[#*\s]+|[*\s]+$/g, '') ?? '';
  if (isTitleLine(first)) return first;
  const announced = ANNOUNCED.exec(text)?.[1];
  if (announced !== undefined) return singular(announced.trim());
  return id.split(/[_-]+/).map(titleWord).join(' ');
}

const ACRONYMS = new Set(['ai', 'cv', 'dl', 'ml', 'nlp', 'qa', 'sre', 'ui', 'ux']);

function titleWord(word: string): string {
  return ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}

function isTitleLine(line: string): boolean {
  return (
    line.length >= 3 &&
    line.length <= 90 &&
    !/[.!?:;]$/.test(line) &&
    !/^about\b/i.test(line) &&
    new RegExp(String.raw`\b${ROLE}\b`, 'i').test(line)
  );
}

function singular(title: string): string {
  return title
    .replace(/(Engineer|Developer|Scientist|Architect|Analyst|Programmer)s$/, '$1')
    .replace(/ (developer|engineer)$/, (word) => ` ${word.trim().charAt(0).toUpperCase()}${word.trim().slice(1)}`);
}

const NAME = String.raw`[A-Z0-9][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,3}`;
const COMPANY_PATTERNS = [
  new RegExp(String.raw`^(?:company|employer|firma|unternehmen)\s*:\s*([^\n·|]{2,60})`, 'im'),
  new RegExp(String.raw`^About (?!The\b|This\b|Us\b|You\b|Our\b)(${NAME})\s*:?$`, 'm'),
  new RegExp(
    String.raw`^([A-Za-z0-9][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,3}),? (?:is (?:an?|the|one of)|helps|provides|builds|develops|was founded|a new|will empower)\b`,
    'm',
  ),
  new RegExp(String.raw`\b(?:at|At|join|joining) (?!the\b)(${NAME})(?=[.,;!?\n]| (?:you|is|we|as)\b)`),
  new RegExp(String.raw`^(${NAME}) [·|–-] [A-Z]`, 'm'),
];
const NOT_A_COMPANY =
  /^(?:This|That|The|It|There|We|You|Our|Here|Here's|Work|Python|Java|React|Experience|Knowledge|English|B2|As|In|Our team|Team|Computer Vision Team)\b/;

/** `null` when the ad does not name one: nothing is invented. */
export function findCompany(text: string): string | null {
  for (const pattern of COMPANY_PATTERNS) {
    for (const match of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      const name = match[1]
        ?.trim()
        .replace(/[.,]$/, '')
        .replace(/['’]s$/, '');
      if (name !== undefined && name !== '' && !NOT_A_COMPANY.test(name)) return name;
    }
  }
  return null;
}

const SENIOR_YEARS = 5;
const JUNIOR_YEARS = 1;

const NUMBER_WORDS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
};
const YEARS =
  /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|ten)\s*\+?\s*(?:[-–]\s*\d+\s*)?\+?\s*(?:years?|yrs|lat\b|Jahre)/gi;

/** From the title; else from the largest number of years that a must asks for. */
export function findLevel(title: string, mustQuotes: readonly string[]): Level {
  if (/\b(?:senior|sr|lead|principal|staff|head|expert|architect)\b/i.test(title)) return 'senior';
  if (/\b(?:junior|jr|intern|internship|graduate|trainee|entry[- ]level)\b/i.test(title)) return 'junior';
  const years = mustQuotes.flatMap((quote) =>
    [...quote.matchAll(YEARS)].map((match) => NUMBER_WORDS[match[1]?.toLowerCase() ?? ''] ?? Number(match[1])),
  );
  if (years.length === 0) return 'mid';
  const most = Math.max(...years);
  return most >= SENIOR_YEARS ? 'senior' : most <= JUNIOR_YEARS ? 'junior' : 'mid';
}

const LANGUAGES: Record<string, string> = {
  eng: 'en',
  pol: 'pl',
  deu: 'de',
  fra: 'fr',
  spa: 'es',
  ita: 'it',
  nld: 'nl',
  por: 'pt',
  ukr: 'uk',
  ces: 'cs',
  ron: 'ro',
  hun: 'hu',
  swe: 'sv',
  rus: 'ru',
};

const MIN_PROSE = 60;

/** Most of the prose decides; lists of product names look like any language. */
export function findLanguage(text: string, sections: readonly Section[]): string {
  const prose = sections
    .flatMap((section) => section.lines)
    .filter((line) => line.text.split(' ').length >= 8)
    .map((line) => line.text)
    .join('\n');
  // Short lists of names are near to every language; without a foreign letter they are English.
  if (prose.length < MIN_PROSE && !/[^\p{ASCII}‘’“”–—•]/u.test(text)) return 'en';
  const guesses = francAll(prose.length >= MIN_PROSE ? prose : text, { only: Object.keys(LANGUAGES), minLength: 20 });
  return LANGUAGES[guesses[0]?.[0] ?? 'eng'] ?? 'en';
}
