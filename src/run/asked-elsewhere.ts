/** What the packs that are published already ask, so that a model asks something else. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Job } from '../job/types.ts';
import type { Topic } from '../pack/topics.ts';
import { manifestFile, stateDir, type Project } from './project.ts';
import { readManifest } from './manifest.ts';

export type AskedElsewhere = (job: Job, topics: readonly Topic[]) => readonly string[];

/** A list to steer by, not a library: the nearest are enough. */
const MAX_QUESTIONS = 25;
/** Packs that are looked into; a folder of thousands repeats itself. */
const MAX_PACKS = 400;

const askedSchema = z.array(z.strictObject({ job: z.string(), question: z.string(), skills: z.array(z.string()) }));
type Asked = z.infer<typeof askedSchema>;

/**
 * What was published when the run began: what is published while it goes on does not change what it
 * asks. A run that goes on from a killed one takes what that one began with, so that it asks the
 * same and gets the same packs.
 */
export async function readAskedElsewhere(project: Project, isResuming: boolean): Promise<AskedElsewhere> {
  const file = path.join(stateDir(project), 'cache', 'asked.json');
  const kept = isResuming ? await readKept(file) : undefined;
  const asked = kept ?? (await readPublished(project));
  if (kept === undefined) await keep(file, asked);
  return lookUp(asked);
}

async function readKept(file: string): Promise<Asked | undefined> {
  try {
    return askedSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A list that cannot be kept costs a resumed run some variety, nothing else. */
async function keep(file: string, asked: Asked): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, JSON.stringify(asked));
  } catch {
    // a read-only project still works
  }
}

async function readPublished(project: Project): Promise<Asked> {
  const names: string[] = await readdir(path.dirname(manifestFile(project, 'any'))).catch(() => []);
  const asked: Asked = [];
  for (const name of names.sort().slice(0, MAX_PACKS)) {
    const job = name.replace(/\.json$/, '');
    const manifest = await readManifest(project, job);
    asked.push(...(manifest?.asked ?? []).map((entry) => ({ job, ...entry })));
  }
  return asked;
}

function lookUp(asked: Asked): AskedElsewhere {
  const bySkill = new Map<string, { job: string; question: string }[]>();
  for (const { job, question, skills } of asked) {
    for (const skill of skills) bySkill.set(skill, [...(bySkill.get(skill) ?? []), { job, question }]);
  }
  return (job, topics) => {
    const lines = new Map(job.requirements.map((requirement) => [requirement.id, requirement.skills]));
    const skills = new Set(topics.flatMap((topic) => lines.get(topic.serves) ?? []));
    const found = [...skills].flatMap((skill) => bySkill.get(skill) ?? []).filter((entry) => entry.job !== job.id);
    return [...new Set(found.map(({ question }) => question))].slice(0, MAX_QUESTIONS);
  };
}
