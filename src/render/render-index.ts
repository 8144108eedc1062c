/** Summaries of packs → `output/README.md`: the jobs, and what is learnt once for several of them. */
import { isCovered, type Pack } from '../pack/schema.ts';
import type { Templates } from '../templates/compile.ts';
import type { RenderedFile } from './types.ts';

/** What the index shows of one pack; kept beside the manifest so that it need not be read again. */
export interface PackSummary {
  id: string;
  title: string;
  company: string | null;
  questions: number;
  tasks: number;
  behavioural: number;
  requirements: number;
  covered: number;
  /** Skill ids that the ad asks for, without those shown on paper. */
  skills: string[];
}

export function summarise(pack: Pack): PackSummary {
  const skills = new Set(
    pack.requirements.flatMap((requirement) => requirement.skills).filter((skill) => !skill.startsWith('paper')),
  );
  return {
    id: pack.job.id,
    title: pack.job.title,
    company: pack.job.company,
    questions: pack.questions.length,
    tasks: pack.tasks.length,
    behavioural: pack.behavioural.length,
    requirements: pack.requirements.length,
    covered: pack.requirements.filter(isCovered).length,
    skills: [...skills].sort(),
  };
}

/** @param skillName name of a skill id, for people. */
export function renderIndex(
  summaries: readonly PackSummary[],
  skillName: (id: string) => string,
  templates: Templates,
): RenderedFile {
  const packs = [...summaries].sort((one, other) => (one.id < other.id ? -1 : 1));
  const rows = new Map<string, PackSummary[]>();
  for (const pack of packs) for (const skill of pack.skills) rows.set(skill, [...(rows.get(skill) ?? []), pack]);
  const shared = [...rows]
    .filter(([, list]) => list.length > 1)
    .sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1));
  const view = {
    count: packs.length,
    packs: packs.map((pack) => ({
      ...pack,
      company: pack.company ?? '',
      href: `${pack.id}/README.md`,
      gaps: pack.requirements - pack.covered,
    })),
    columns: packs.map((pack, index) => ({ number: index + 1, id: pack.id, href: `${pack.id}/README.md` })),
    hasMatrix: shared.length > 0,
    skills: shared.map(([skill, list]) => ({
      name: skillName(skill),
      count: list.length,
      marks: packs.map((pack) => (list.includes(pack) ? '●' : '·')),
    })),
  };
  return { path: 'README.md', text: templates.render('index.md', view) };
}
