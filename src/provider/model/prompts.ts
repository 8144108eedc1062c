/**
 * What is asked, as messages. The parts that never change come first (so that the endpoint can
 * reuse its work on them), then what is the same for the whole section of a job, then what this one
 * request wants. The ad goes in as data: between marks that carry a code made of the ad itself,
 * which it therefore cannot contain.
 */
import { createHash } from 'node:crypto';
import type { Job, Requirement } from '../../job/types.ts';
import type { SectionName } from '../../pack/draft.ts';
import type { Ask, FailingItem, Part } from '../../pack/ladder/types.ts';
import { isAboutPeople, type Topic } from '../../pack/topics.ts';
import { toStrictJsonSchema, type JsonSchema } from '../../pack/wire.ts';
import { formatProblem } from '../../problem.ts';
import { compileTemplates, type Templates } from '../../templates/compile.ts';
import type { TemplateFile } from '../../templates/files.ts';
import type { ModelRequest } from '../types.ts';
import type { Prompt } from './types.ts';

export const PROMPT_TEMPLATES = 'prompts';

/** What goes along from outside the job. */
export interface PromptSources {
  /** Entries of the bank near the job, as the standard to meet; the same for every request of a section. */
  examplesFor(job: Job, section: SectionName): readonly object[];
  /** Questions that other packs ask about the same skills. */
  askedElsewhere(job: Job, topics: readonly Topic[]): readonly string[];
}

export interface PromptWriter {
  /** @param advice what was sent along before; without it, what other packs ask now. */
  write(request: ModelRequest, advice?: readonly string[]): Prompt;
  /** Everything that is sent whatever the job: an answer made of it is an echo. */
  constantTexts: readonly string[];
}

/**
 * @param maxOutputTokens usual room for one reply; a larger one has twice that.
 * @throws PrepsmithError `template-broken`.
 */
export function createPromptWriter(
  files: readonly TemplateFile[],
  sources: PromptSources,
  maxOutputTokens: number,
): PromptWriter {
  const templates = compileTemplates(files, {
    folder: PROMPT_TEMPLATES,
    helpers: { text: withoutControls },
    finish: (output) => output.trim(),
  });
  const system = templates.render('system', {});
  const guides = Object.fromEntries(PARTS.map((part) => [part, templates.render(part, {})])) as Record<Part, string>;
  return {
    constantTexts: [system, ...Object.values(guides)],
    write({ job, ask }, given) {
      const core = [guides[ask.part], aboutJob(templates, job, ask.part, sources), wantedText(templates, job, ask)];
      const advice = given ?? adviceFor(job, ask, sources);
      const avoid = advice.length === 0 ? [] : [templates.render('avoid', { questions: advice })];
      const schema = toStrictJsonSchema(ask.schema);
      return {
        jobId: job.id,
        adSha256: job.sha256,
        part: ask.part,
        turn: ask.turn,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: [...core, ...avoid].join('\n\n') },
        ],
        advice,
        identity: [system, ...core],
        schemaName: ask.schemaName,
        schema,
        schemaText: schemaTextOf(schema),
        maxOutputTokens: ask.room === 'larger' ? maxOutputTokens * 2 : maxOutputTokens,
      };
    },
  };
}

const schemaTexts = new WeakMap<JsonSchema, string>();

function schemaTextOf(schema: JsonSchema): string {
  const text = schemaTexts.get(schema) ?? JSON.stringify(schema);
  schemaTexts.set(schema, text);
  return text;
}

const PARTS: readonly Part[] = ['reading', 'tasks', 'questions', 'behavioural'];

/** Control characters other than line breaks and tabs have no meaning in an ad, and some in a terminal. */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''));
}

function aboutJob(templates: Templates, job: Job, part: Part, sources: PromptSources): string {
  // The reading is asked about the lines one by one: there they are what is wanted.
  if (part === 'reading') return jobText(templates, job, [], []);
  const lines = job.requirements.map(({ id, quote, kind, skills }) => ({ id, quote, kind, skills }));
  return jobText(templates, job, sources.examplesFor(job, part), lines);
}

function jobText(templates: Templates, job: Job, examples: readonly object[], lines: readonly object[]): string {
  return templates.render('job', {
    examples: examples.map((example) => JSON.stringify(example)),
    mark: createHash('sha256').update(job.text).digest('hex').slice(0, 16),
    ad: job.text,
    title: oneLine(job.title),
    company: oneLine(job.company ?? ''),
    level: job.level,
    lines: lines.map((line) => JSON.stringify(line)),
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function wantedText(templates: Templates, job: Job, ask: Ask): string {
  if (ask.turn === 'repair') return templates.render('repair', { items: ask.failing.map(failingView) });
  const items =
    ask.part === 'reading' ? job.requirements.map(lineToRead) : ask.topics.map((topic) => wantedItem(job, topic));
  const last = items.length - 1;
  return templates.render('wanted', {
    because: ask.because,
    title: ask.part === 'reading' ? 'Lines of the ad' : 'Wanted items',
    items: items.map((item, index) => `${JSON.stringify(item)}${index < last ? ',' : ''}`),
  });
}

/** `section` is where such a line usually belongs; the reader of the ad may know better. */
function lineToRead(line: Requirement): object {
  const { id, quote, kind, skills } = line;
  return { line: id, quote, importance: kind, skills, section: isAboutPeople(line) ? 'behavioural' : 'questions' };
}

function wantedItem(job: Job, { id, serves, intent, kind, level, section }: Topic): object {
  const quote = job.requirements.find((requirement) => requirement.id === serves)?.quote;
  return { topic: id, serves: quote ?? 'every interview', intent, ...(section === 'questions' ? { kind } : {}), level };
}

/** Long items are cut: the fields to write are named, the rest is there for the connection alone. */
const MAX_CURRENT_LENGTH = 6000;

function failingView({ key, topic, fields, problems, current }: FailingItem): object {
  return {
    key,
    topic: JSON.stringify({ topic: topic.id, intent: topic.intent, kind: topic.kind, level: topic.level }),
    fields: fields.join(', '),
    problems: problems.map(formatProblem),
    current: current === undefined ? '(it never came)' : JSON.stringify(current).slice(0, MAX_CURRENT_LENGTH),
  };
}

function adviceFor(job: Job, ask: Ask, sources: PromptSources): readonly string[] {
  return ask.part !== 'questions' || ask.turn === 'repair' ? [] : sources.askedElsewhere(job, ask.topics);
}
