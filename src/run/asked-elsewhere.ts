/** What the packs that are published already ask, so that a model asks something else. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Job } from '../job/types.ts';
import type { Topic } from '../pack/topics.ts';
import { manifestFile, type Project } from './project.ts';
import { readManifest } from './manifest.ts';

export type AskedElsewhere = (job: Job, topics: readonly Topic[]) => readonly string[];

/** A list to steer by, not a library: the nearest are enough. */
const MAX_QUESTIONS = 25;
/** Packs that are looked into; a folder of thousands repeats itself. */
const MAX_PACKS = 400;

/** Read once: what is published while the run goes on does not change what it asks. */
export async function readAskedElsewhere(project: Project): Promise<AskedElsewhere> {
  const bySkill = new Map<string, { job: string; question: string }[]>();
  const names: string[] = await readdir(path.dirname(manifestFile(project, 'any'))).catch(() => []);
  for (const name of names.sort().slice(0, MAX_PACKS)) {
    const job = name.replace(/\.json$/, '');
    const manifest = await readManifest(project, job);
    for (const { question, skills } of manifest?.asked ?? []) {
      for (const skill of skills) bySkill.set(skill, [...(bySkill.get(skill) ?? []), { job, question }]);
    }
  }
  return (job, topics) => {
    const lines = new Map(job.requirements.map((requirement) => [requirement.id, requirement.skills]));
    const skills = new Set(topics.flatMap((topic) => lines.get(topic.serves) ?? []));
    const found = [...skills].flatMap((skill) => bySkill.get(skill) ?? []).filter((entry) => entry.job !== job.id);
    return [...new Set(found.map(({ question }) => question))].slice(0, MAX_QUESTIONS);
  };
}
