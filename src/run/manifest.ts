/** What each published file was made from. Losing a manifest costs a run, never content. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import fsExtra from 'fs-extra';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { PackSummary } from '../render/render-index.ts';
import { innerPathSchema } from './inner-path.ts';
import { manifestFile, packDir, type Project } from './project.ts';

const fileRecordSchema = z.strictObject({ sha256: z.string(), size: z.number(), mtimeMs: z.number() });
const manifestSchema = z.strictObject({
  format: z.literal('prepsmith.manifest/1'),
  jobId: z.string(),
  /** What went in; each is compared by name to say why a pack is stale. */
  inputs: z.strictObject({
    text: z.string(),
    overrides: z.string(),
    bank: z.string(),
    template: z.string(),
    program: z.string(),
    provider: z.string(),
    schema: z.string(),
    /** Empty where no model is asked. */
    model: z.string().default(''),
    prompts: z.string().default(''),
  }),
  files: z.record(innerPathSchema, fileRecordSchema),
  summary: z.strictObject({
    id: z.string(),
    title: z.string(),
    company: z.string().nullable(),
    questions: z.number(),
    tasks: z.number(),
    behavioural: z.number(),
    requirements: z.number(),
    covered: z.number(),
    skills: z.array(z.string()),
  }),
  /** What the pack asks, so that other packs ask something else. */
  asked: z.array(z.strictObject({ question: z.string(), skills: z.array(z.string()) })).default([]),
  /** US dollars that making it took; `null`: not known. */
  costUsd: z.number().nullable().default(0),
  /** Findings of the gate when it was published. */
  findings: z.number(),
  /** True once a person changed pack.yaml and it was rendered from that: it is theirs from then on. */
  isEdited: z.boolean(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Inputs = Manifest['inputs'];
type FileRecord = z.infer<typeof fileRecordSchema>;

/** `undefined` when there is none that can be believed. */
export async function readManifest(project: Project, jobId: string): Promise<Manifest | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(manifestFile(project, jobId), 'utf8'));
    const parsed = manifestSchema.safeParse(value);
    return parsed.success && parsed.data.jobId === jobId ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export interface Publication {
  jobId: string;
  inputs: Inputs;
  files: readonly { path: string; text: string }[];
  summary: PackSummary;
  asked: Manifest['asked'];
  costUsd: number | null;
  findings: number;
  isEdited: boolean;
}

export async function writeManifest(project: Project, { jobId, inputs, files, ...rest }: Publication): Promise<void> {
  const records: Record<string, FileRecord> = {};
  for (const file of files) {
    const stats = await stat(path.join(packDir(project, jobId), file.path));
    records[file.path] = { sha256: sha256(file.text), size: stats.size, mtimeMs: stats.mtimeMs };
  }
  const manifest: Manifest = {
    format: 'prepsmith.manifest/1',
    jobId,
    inputs,
    files: records,
    ...rest,
  };
  const target = manifestFile(project, jobId);
  await fsExtra.ensureDir(path.dirname(target));
  await writeFileAtomic(target, `${JSON.stringify(manifest, undefined, 1)}\n`);
}

/** Published files that are no longer what was published; size and time decide where they can. */
export async function changedFiles(project: Project, manifest: Manifest): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, record] of Object.entries(manifest.files)) {
    const file = path.join(packDir(project, manifest.jobId), name);
    const stats = await stat(file).catch(() => undefined);
    if (stats?.size === record.size && stats.mtimeMs === record.mtimeMs) continue;
    const text = stats?.isFile() === true ? await readFile(file) : undefined;
    if (text === undefined || sha256(text) !== record.sha256) changed.push(name);
  }
  return changed;
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
