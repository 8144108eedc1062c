/**
 * What has to be done for each job, and why. Spends nothing: it hashes what a pack depends on and
 * compares that with what the published pack was made from.
 */
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Options } from '../config.ts';
import { failureRecord, type FailureRecord } from '../errors.ts';
import { readJobSource } from '../job/discover.ts';
import type { JobSource } from '../job/types.ts';
import { isAsWritten, PACK_FILE } from '../pack/file.ts';
import { PACK_FORMAT } from '../pack/schema.ts';
import type { Content } from './content.ts';
import { changedFiles, readManifest, sha256, type Inputs, type Manifest } from './manifest.ts';
import { packDir, type Project } from './project.ts';

/**
 * `make`: a provider is asked. `render`: only the files are written again from `pack.yaml`.
 * `keep`: the pack was edited by hand and something it depends on changed. `fail`: the ad cannot be read.
 */
export type Action = 'none' | 'make' | 'render' | 'keep' | 'fail';

export interface PlannedJob {
  id: string;
  action: Action;
  /** One clause a reason, such as `the text of the ad changed`; empty when nothing is to do. */
  reasons: string[];
  source?: JobSource;
  inputs?: Inputs;
  manifest?: Manifest | undefined;
  failure?: FailureRecord;
}

export interface PlanOptions {
  isForced: boolean;
  provider: string;
  /** `undefined` where no model is asked. */
  model: string | undefined;
  /** False: packs that another provider made are not made anew for that. */
  isProviderChosen?: boolean;
}

/** A replay makes what the provider that it recorded made. */
export function planOptions(options: Readonly<Options>, isForced: boolean): PlanOptions {
  const { isProviderChosen } = options;
  if (options.provider === 'offline') return { isForced, provider: 'offline', model: undefined, isProviderChosen };
  const { name, reasoningEffort } = options.model;
  return { isForced, provider: 'openai', model: [name, reasoningEffort].filter(Boolean).join(' '), isProviderChosen };
}

export async function planJob(
  project: Project,
  content: Content,
  id: string,
  options: PlanOptions,
): Promise<PlannedJob> {
  const found = await readJobSource(project.jobsDir, id);
  if ('error' in found)
    return { id, action: 'fail', reasons: ['the ad cannot be read'], failure: failureRecord(found.error) };
  const { source } = found;
  const inputs = inputsOf(project, content, source, options);
  const manifest = await readManifest(project, id);
  const planned = { id, source, inputs, manifest };
  if (options.isForced) return { ...planned, action: 'make', reasons: ['asked for with --force'] };
  const packText = await readFile(path.join(packDir(project, id), PACK_FILE), 'utf8').catch(() => undefined);
  const isPackEdited = packText !== undefined && !isAsWritten(packText);
  if (manifest === undefined)
    return { ...planned, action: isPackEdited ? 'keep' : 'make', reasons: [await firstReason(project, id)] };
  const reasons = changedInputs(manifest.inputs, inputs, options.isProviderChosen !== false);
  const changed = await changedFiles(project, manifest);
  const fileReasons = changed.map((name) => `${name} was changed or removed since it was published`);
  const needsContent = reasons.some((reason) => reason.needsContent);
  const all = [...reasons.map((reason) => reason.text), ...fileReasons];
  if (all.length === 0) return { ...planned, action: 'none', reasons: [] };
  // Gone, or written by prepsmith elsewhere: a pull, or a run that was killed before it could note what it did.
  if (changed.includes(PACK_FILE) && !isPackEdited) return { ...planned, action: 'make', reasons: all };
  if (needsContent) return { ...planned, action: isPackEdited ? 'keep' : 'make', reasons: all };
  return { ...planned, action: 'render', reasons: all };
}

function inputsOf(project: Project, content: Content, source: JobSource, options: PlanOptions): Inputs {
  return {
    text: sha256(source.bytes),
    overrides: source.overrides === undefined ? '' : sha256(source.overrides.text),
    // A model is shown entries of the bank as examples; a better example makes no pack stale.
    bank: options.model === undefined ? content.bankVersion : '',
    template: content.templatesVersion,
    program: project.buildId ?? 'source',
    provider: options.provider,
    model: options.model ?? '',
    prompts: options.model === undefined ? '' : content.promptVersion,
    schema: PACK_FORMAT,
  };
}

const REASONS: { input: keyof Inputs; text: string; needsContent: boolean }[] = [
  { input: 'text', text: 'the text of the ad changed', needsContent: true },
  { input: 'overrides', text: 'the overrides beside the ad changed', needsContent: true },
  { input: 'bank', text: 'the bank changed', needsContent: true },
  { input: 'provider', text: 'another provider is asked', needsContent: true },
  { input: 'model', text: 'another model is asked', needsContent: true },
  { input: 'prompts', text: 'the prompts changed', needsContent: true },
  { input: 'schema', text: 'the format of packs changed', needsContent: true },
  { input: 'program', text: 'prepsmith itself changed', needsContent: true },
  { input: 'template', text: 'a template changed', needsContent: false },
];

function changedInputs(
  before: Inputs,
  now: Inputs,
  isProviderChosen: boolean,
): { text: string; needsContent: boolean }[] {
  const changed = REASONS.filter(({ input }) => before[input] !== now[input]);
  // Another provider has other models, prompts and sources: one reason says it all.
  const isOther = changed.some(({ input }) => input === 'provider');
  if (!isOther) return changed;
  const ofProvider = new Set<keyof Inputs>(['model', 'prompts', 'bank']);
  if (!isProviderChosen) ofProvider.add('provider');
  return changed.filter(({ input }) => !ofProvider.has(input));
}

async function firstReason(project: Project, id: string): Promise<string> {
  return (await exists(project, id)) ? 'nothing is known of how the published pack was made' : 'there is no pack yet';
}

async function exists(project: Project, id: string): Promise<boolean> {
  return access(path.join(packDir(project, id), PACK_FILE)).then(
    () => true,
    () => false,
  );
}
