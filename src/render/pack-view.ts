/** `Pack` → what the templates show: texts, counts and links, all derived here and nowhere else. */
import { PRIMITIVE_TITLES } from '../drills/primitive-ids.ts';
import { BASELINE, drillItem, isCovered, type Pack, type PackRequirement, type PackTask } from '../pack/schema.ts';

const KIND_NAMES = {
  must: 'must have',
  nice: 'nice to have',
  duty: 'what you will do',
  culture: 'how they work',
} as const;
const TOP_REQUIREMENTS = 7;

interface Link {
  text: string;
  href: string;
}

export function packView(pack: Pack) {
  const links = itemLinks(pack);
  const quoteOf = new Map(pack.requirements.map((requirement) => [requirement.id, requirement.quote]));
  const lineOf = (serves: string) => (serves === BASELINE ? undefined : quoteOf.get(serves));
  const requirements = pack.requirements.map((requirement) => requirementView(requirement, links));
  const title = pack.job.company === null ? pack.job.title : `${pack.job.title} — ${pack.job.company}`;
  return {
    title,
    job: { ...pack.job, company: pack.job.company ?? 'not named in the ad' },
    counts: {
      questions: pack.questions.length,
      tasks: pack.tasks.length,
      behavioural: pack.behavioural.length,
      drills: pack.drills.length,
      requirements: pack.requirements.length,
      covered: pack.requirements.filter(isCovered).length,
      gaps: pack.requirements.filter((requirement) => !isCovered(requirement)).length,
    },
    coverage: coverageRows(pack),
    topRequirements: topRequirements(requirements),
    moreRequirements: Math.max(
      0,
      requirements.filter((requirement) => requirement.isMust).length - topRequirements(requirements).length,
    ),
    requirements,
    plan: pack.studyPlan.map((block) => planRow(block, links)),
    questions: pack.questions.map((question, index) => ({
      ...question,
      number: index + 1,
      line: shortened(lineOf(question.serves) ?? ''),
      hasLine: lineOf(question.serves) !== undefined,
      skillList: skillList(question.skills),
      slug: `q${index + 1}`,
    })),
    tasks: pack.tasks.map((task, index) => taskView(task, index + 1, lineOf(task.serves))),
    behavioural: pack.behavioural.map((prompt, index) => ({
      ...prompt,
      number: index + 1,
      line: shortened(lineOf(prompt.serves) ?? ''),
      hasLine: lineOf(prompt.serves) !== undefined,
      story: prompt.example ?? false,
    })),
    drills: pack.drills.map((id, index) => ({
      id,
      number: index + 1,
      title: PRIMITIVE_TITLES[id],
      href: drillHref(id),
    })),
  };
}

function taskView(task: PackTask, number: number, line: string | undefined) {
  return {
    ...task,
    number,
    href: `tasks/${task.id}/README.md`,
    line: shortened(line ?? ''),
    hasLine: line !== undefined,
    skillList: skillList(task.skills),
    hints: task.hints.map((text, index) => ({ number: index + 1, text })),
  };
}

function requirementView(requirement: PackRequirement, links: ReadonlyMap<string, Link>) {
  return {
    quote: requirement.quote,
    shortQuote: shortened(requirement.quote),
    kind: KIND_NAMES[requirement.kind],
    isMust: requirement.kind === 'must',
    isCovered: isCovered(requirement),
    gap: requirement.gap ?? '',
    items: (requirement.coveredBy ?? []).flatMap((id) => links.get(id) ?? []),
  };
}

/** Musts that can be prepared for, in the order of the ad; an ad without musts shows its first lines. */
function topRequirements<R extends { isMust: boolean; isCovered: boolean }>(requirements: readonly R[]): R[] {
  const musts = requirements.filter((requirement) => requirement.isMust && requirement.isCovered);
  return (musts.length > 0 ? musts : requirements).slice(0, TOP_REQUIREMENTS);
}

function coverageRows(pack: Pack) {
  return (['must', 'nice', 'duty', 'culture'] as const).flatMap((kind) => {
    const lines = pack.requirements.filter((requirement) => requirement.kind === kind);
    const covered = lines.filter(isCovered).length;
    return lines.length === 0
      ? []
      : [{ kind: KIND_NAMES[kind], lines: lines.length, covered, gaps: lines.length - covered }];
  });
}

/** Where each item is read. Headings are numbers, so that links stay short and survive rewording. */
function itemLinks(pack: Pack): Map<string, Link> {
  const links = new Map<string, Link>();
  for (const [index, question] of pack.questions.entries()) {
    links.set(question.id, { text: `Q${index + 1}`, href: `answers.md#q${index + 1}` });
  }
  for (const [index, task] of pack.tasks.entries())
    links.set(task.id, { text: `T${index + 1}`, href: `tasks/${task.id}/README.md` });
  for (const [index, prompt] of pack.behavioural.entries()) {
    links.set(prompt.id, { text: `B${index + 1}`, href: `behavioural.md#b${index + 1}` });
  }
  for (const [index, drill] of pack.drills.entries())
    links.set(drillItem(drill), { text: `D${index + 1}`, href: drillHref(drill) });
  return links;
}

function drillHref(drill: Pack['drills'][number]): string {
  return `drills/${drill}/README.md`;
}

/** `platform.cloud.storage` → `storage`: an id ends in its own name. */
function skillList(ids: readonly string[]): string {
  return ids.map((id) => (id.split('.').at(-1) ?? id).replaceAll('-', ' ')).join(', ');
}

const GROUPS = [
  { name: 'questions', mark: 'Q' },
  { name: 'tasks', mark: 'T' },
  { name: 'stories', mark: 'B' },
  { name: 'drills', mark: 'D' },
] as const;

function planRow(block: Pack['studyPlan'][number], links: ReadonlyMap<string, Link>) {
  const items = block.items.flatMap((id) => links.get(id) ?? []);
  const groups = GROUPS.map(({ name, mark }) => ({ name, items: items.filter((item) => item.text.startsWith(mark)) }));
  return {
    when: capitalised(block.when),
    time: duration(block.minutes),
    groups: groups.filter((group) => group.items.length > 0),
  };
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ');
}

const SHORT_QUOTE = 110;

/** Whole words, so that the line is recognised; `coverage.md` has it in full. */
function shortened(quote: string): string {
  return quote.length <= SHORT_QUOTE ? quote : `${quote.slice(0, SHORT_QUOTE).replace(/[\s,;:]+\S*$/, '')} …`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
