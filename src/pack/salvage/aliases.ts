/**
 * Names that people and models use for the fields of a pack, by meaning. One name may stand for
 * several fields ("A" is an answer in a question and the action in a story): the group that it
 * stands in decides, and where two of its fields could be meant, none is taken.
 */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  tasks: [
    'coding tasks',
    'coding task',
    'task',
    'exercises',
    'assignments',
    'coding challenges',
    'aufgaben',
    'zadania',
  ],
  questions: [
    'question',
    'technical questions',
    'interview questions',
    'questions and answers',
    'technical interview questions',
    'qa',
    'fragen',
    'pytania',
  ],
  behavioural: ['behavioral', 'behavioural questions', 'behavioral questions', 'behavioural prompts', 'star questions'],
  topics: ['topic', 'plan', 'topic list', 'themen'],
  missed: ['missed requirements', 'missing', 'not covered'],

  topic: ['subject', 'theme', 'area', 'topic name', 'category', 'thema'],
  name: ['task name', 'task title', 'title', 'task', 'titel', 'nazwa'],
  objective: ['goal', 'aim', 'purpose', 'task objective', 'learning objective', 'ziel', 'cel'],
  problemStatement: [
    'problem',
    'problem description',
    'description',
    'task description',
    'statement',
    'details',
    'problemstellung',
    'beschreibung',
    'opis',
  ],
  requirements: [
    'acceptance criteria',
    'requirement',
    'task requirements',
    'constraints',
    'specifications',
    'anforderungen',
    'wymagania',
  ],
  deliverables: ['deliverable', 'expected deliverables', 'outputs', 'what to deliver', 'submission', 'ergebnisse'],
  hints: ['hint', 'tips', 'tip', 'hinweise', 'wskazowki'],
  minutes: [
    'time',
    'duration',
    'estimated time',
    'time limit',
    'time estimate',
    'time in minutes',
    'time (minutes)',
    'duration (minutes)',
    'duration in minutes',
    'estimated minutes',
    'estimated time (minutes)',
    'minuten',
    'dauer',
    'czas',
  ],
  level: ['difficulty', 'seniority', 'difficulty level', 'schwierigkeit'],

  question: ['q', 'prompt', 'question text', 'interview question', 'technical question', 'frage', 'pytanie'],
  answer: [
    'a',
    'ans',
    'model answer',
    'sample answer',
    'full answer',
    'written answer',
    'ideal answer',
    'expected answer',
    'reference answer',
    'response',
    'antwort',
    'odpowiedz',
  ],
  spoken: ['spoken answer', 'short answer', 'say', 'in one breath', 'elevator answer', 'say it out loud'],
  why: ['why asked', 'why it matters', 'why this is asked', 'why they ask', 'why this matters', 'rationale', 'reason'],
  mistake: [
    'common mistake',
    'common mistakes',
    'mistakes',
    'pitfall',
    'pitfalls',
    'common pitfall',
    'typical mistake',
  ],
  followUps: [
    'follow-up',
    'follow-up questions',
    'follow-up question',
    'further questions',
    'nachfragen',
    'folgefragen',
  ],
  rubric: ['grading', 'grading rubric', 'scoring', 'evaluation', 'evaluation criteria', 'marking', 'bewertung'],
  weak: ['weak answer', 'poor', 'bad', 'weak response', 'schwach'],
  good: ['good answer', 'solid', 'average', 'ok', 'good response', 'gut'],
  strong: ['strong answer', 'excellent', 'great', 'outstanding', 'strong response', 'stark'],

  intent: ['intention', 'what they want to hear', 'what is tested', 'assesses', 'absicht'],
  worksheet: ['star', 'star worksheet', 'star prompts', 'star answer', 'arbeitsblatt'],
  situation: ['s', 'situation (s)', 's - situation', 'context', 'sytuacja'],
  task: ['t', 'task (t)', 't - task', 'aufgabe', 'zadanie'],
  action: ['a', 'action (a)', 'a - action', 'actions', 'handlung', 'dzialanie'],
  result: ['r', 'result (r)', 'r - result', 'results', 'outcome', 'ergebnis', 'rezultat'],

  section: ['part'],
  line: ['requirement', 'requirement id', 'line id', 'serves'],
  quote: ['quotation', 'exact quote', 'excerpt', 'zitat'],
  kind: ['type', 'art', 'typ'],
};

/** `Task_Name`, `task-name`, `TASK NAME:` and `taskName` are one name; so are `Lösung` and `losung`. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ł/g, 'l')
    .replace(/Ł/g, 'L')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const FIELDS_BY_NAME = new Map<string, string[]>();
for (const [field, names] of Object.entries(ALIASES)) {
  for (const name of new Set(names.map(plainName))) {
    FIELDS_BY_NAME.set(name, [...(FIELDS_BY_NAME.get(name) ?? []), field]);
  }
}

/** Longer than any name in the table; what is longer is no name. */
const MAX_NAME_LENGTH = 60;

/**
 * The field that a name stands for among those of its group.
 * @returns `undefined` where none or more than one could be meant.
 */
export function fieldNamed(name: string, fields: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const all = [...fields];
  if (all.includes(name)) return name;
  const plain = plainName(name);
  if (plain === '') return undefined;
  const spelt = all.filter((field) => plainName(field) === plain);
  if (spelt.length > 0) return spelt.length === 1 ? spelt[0] : undefined;
  const meant = (FIELDS_BY_NAME.get(plain) ?? []).filter((field) => all.includes(field));
  return meant.length === 1 ? meant[0] : undefined;
}

/** The name itself in another spelling, as against another word for it. */
export function isSpelling(name: string, field: string): boolean {
  return plainName(name) === plainName(field);
}
