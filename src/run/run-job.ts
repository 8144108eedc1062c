/**
 * One job from its plan to its result: ask, read, assemble, gate, render, publish. Whatever goes
 * wrong in here is this job's failed result and nobody else's.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { failureRecord, PrepsmithError, STOPS_THE_RUN } from '../errors.ts';
import type { DrillShelf } from '../drills/shelf.ts';
import { cleanAd } from '../job/clean.ts';
import { parseJob } from '../job/parse.ts';
import { assemblePack, type CoverageRules } from '../pack/assemble.ts';
import { formatPack, isAsWritten, PACK_FILE, parsePack } from '../pack/file.ts';
import { hasErrors, runGate } from '../pack/gate/gate.ts';
import type { Finding } from '../pack/gate/types.ts';
import type { Pack } from '../pack/schema.ts';
import { summarise } from '../render/render-index.ts';
import { renderPack, taskFile } from '../render/render-pack.ts';
import { gapFor, prepares } from '../skills/coverage-rules.ts';
import type { Knowledge } from './content.ts';
import { makeDraft } from './make-draft.ts';
import { writeManifest } from './manifest.ts';
import type { PlannedJob } from './plan.ts';
import { packDir, publishedPath, shownPath, type Project } from './project.ts';
import { publish } from './publish.ts';
import { emptyResult, type JobResult } from './report.ts';
import type { RunContext } from './run-context.ts';

/** Never throws. */
export async function runJob(context: RunContext, planned: PlannedJob): Promise<JobResult> {
  const startedMs = context.host.now();
  const result = emptyResult(planned.id, 'current', planned.reasons);
  try {
    await carryOut(context, planned, result);
  } catch (error) {
    if (context.signal.aborted) result.state = 'not-reached';
    else if (error instanceof PrepsmithError && STOPS_THE_RUN.has(error.code)) {
      result.state = 'not-reached';
      result.failure = failureRecord(error);
    } else {
      result.state = 'failed';
      result.failure = failureRecord(error);
    }
  }
  result.durationMs = Math.round(context.host.now() - startedMs);
  return result;
}

async function carryOut(context: RunContext, planned: PlannedJob, result: JobResult): Promise<void> {
  switch (planned.action) {
    case 'none':
      if (planned.manifest !== undefined) result.summary = planned.manifest.summary;
      return;
    case 'fail':
      result.state = 'failed';
      if (planned.failure !== undefined) result.failure = planned.failure;
      return;
    case 'keep':
      throw editedByHand(context.project, planned);
    case 'render':
      return publishPack(context, planned, await readPublishedPack(context.project, planned.id), result, 'rendered');
    case 'make':
      return makePack(context, planned, result);
  }
}

function editedByHand(project: Project, planned: PlannedJob): PrepsmithError {
  return new PrepsmithError('pack-edited', {
    message: `${shownPath(project, path.join(packDir(project, planned.id), PACK_FILE))}: edited by hand, and ${planned.reasons[0] ?? 'it is stale'}; it was left as it is`,
    remedy: `Keep it and run \`npx prepsmith render ${planned.id}\`, or let it go with \`npx prepsmith generate ${planned.id} --force\` (a copy is kept under .prepsmith/replaced/).`,
  });
}

async function makePack(context: RunContext, planned: PlannedJob, result: JobResult): Promise<void> {
  if (planned.source === undefined) throw new Error('a job to be made has no source');
  const knowledge = await context.content.knowledge();
  const opened = await context.provider();
  const parsed = {
    ...parseJob(planned.source, knowledge.matchSkills),
    source: publishedPath(context.project, planned.source.file),
  };
  const { job, draft, dropped } = await makeDraft(context, opened, knowledge, parsed, result);
  result.dropped = dropped;
  const { name, model, promptVersion, bankVersion } = opened.provider;
  const provenance = {
    provider: name,
    model,
    promptVersion,
    bankVersion: bankVersion?.slice(0, 12) ?? null,
    salvaged: result.writing?.repairs.length ?? 0,
    reasked: result.writing?.reasked ?? 0,
  };
  const rules = coverageRules(knowledge, await context.content.drills());
  const pack = assemblePack(job, draft, provenance, rules);
  await publishPack(context, planned, pack, result, 'made', job.text);
}

function coverageRules({ taxonomy }: Knowledge, drills: DrillShelf): CoverageRules {
  return {
    prepares: (offered, wanted) => prepares(taxonomy, offered, wanted),
    gapFor: (requirement) => gapFor(taxonomy, requirement),
    drillsFor: (skills) => drills.drillsFor(skills),
  };
}

/** Reads `pack.yaml` as it is published. @throws PrepsmithError `pack-file`. */
export async function readPublishedPack(project: Project, id: string): Promise<Pack> {
  const file = path.join(packDir(project, id), PACK_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PrepsmithError('pack-file', {
      message: `${shownPath(project, file)}: there is no pack`,
      remedy: `Make it with \`npx prepsmith generate ${id}\`.`,
      cause,
    });
  });
  const pack = parsePack(text, shownPath(project, file));
  if (pack.job.id === id) return pack;
  throw new PrepsmithError('pack-file', {
    message: `${shownPath(project, file)}: job.id: expected ${JSON.stringify(id)}, the name of its folder, found ${JSON.stringify(pack.job.id)}`,
    remedy: `Write \`id: ${id}\` there, or rename the folder.`,
  });
}

async function publishPack(
  context: RunContext,
  planned: PlannedJob,
  pack: Pack,
  result: JobResult,
  state: 'made' | 'rendered',
  adText?: string,
): Promise<void> {
  const { project, host, content } = context;
  const drills = await content.drills();
  const rendered = renderPack(pack, await content.templates(), drills);
  // A pack that the reader edited keeps its own bytes: comments, order, spelling.
  const packText =
    state === 'rendered'
      ? await readFile(path.join(packDir(project, planned.id), PACK_FILE), 'utf8')
      : formatPack(pack);
  const files = [...rendered, { path: PACK_FILE, text: packText }];
  result.findings = runGate({ pack, adText: adText ?? textOfSource(planned), files });
  if (hasErrors(result.findings)) throw refusedByGate(result.findings);
  const oldPaths = [
    ...Object.keys(planned.manifest?.files ?? {}),
    ...(planned.manifest === undefined ? await leftoverFiles(project, planned.id, files, drills) : []),
  ];
  context.signal.throwIfAborted();
  const outcome = await publish(project, host, { jobId: planned.id, files, manifest: planned.manifest, oldPaths });
  const summary = summarise(pack);
  if (planned.inputs !== undefined) {
    const isEdited = !isAsWritten(packText);
    await writeManifest(project, {
      jobId: planned.id,
      inputs: planned.inputs,
      files,
      summary,
      asked: pack.questions.map(({ question, skills }) => ({ question, skills })),
      // A pack that is only rendered again cost what making it did.
      costUsd: state === 'made' ? costOf(result, planned) : (planned.manifest?.costUsd ?? 0),
      findings: result.findings.length,
      isEdited,
    });
  }
  Object.assign(result, outcome, {
    summary,
    state: outcome.written.length + outcome.deleted.length === 0 ? 'same' : state,
  });
}

/** `null` stays: not known is not nothing. */
function costOf({ writing }: JobResult, { manifest }: PlannedJob): number | null {
  if (writing === undefined) return 0;
  // Made of kept replies alone: it cost what they did.
  return writing.attempts === 0 && manifest !== undefined ? manifest.costUsd : writing.costUsd;
}

function textOfSource(planned: PlannedJob): string | undefined {
  const cleaned = planned.source === undefined ? undefined : cleanAd(planned.source.bytes);
  return cleaned === undefined || 'failure' in cleaned ? undefined : cleaned.text;
}

function refusedByGate(findings: readonly Finding[]): PrepsmithError {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  return new PrepsmithError('pack-invalid', {
    message: `the gate found ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}; nothing was published: ${first?.path}: ${first?.message}`,
    problems: errors.slice(1).map(({ path: at, message }) => ({ path: at, message })),
    remedy: first?.remedy ?? 'See the findings.',
  });
}

/**
 * Without a manifest, the pack that is there tells which files of tasks and drills are generated
 * ones; it is only read when there are folders that the new pack does not have.
 */
async function leftoverFiles(
  project: Project,
  id: string,
  files: readonly { path: string }[],
  drills: DrillShelf,
): Promise<string[]> {
  const foldersIn = (name: string) => readdir(path.join(packDir(project, id), name)).catch(() => []);
  const [tasks, drillFolders] = await Promise.all([foldersIn('tasks'), foldersIn('drills')]);
  const there = [...tasks.map(taskFile), ...drillFolders.map((folder) => `drills/${folder}/README.md`)];
  const wanted = new Set(files.map((file) => file.path));
  if (there.every((file) => wanted.has(file))) return [];
  const old = await readPublishedPack(project, id).catch(() => undefined);
  return [
    ...(old?.tasks ?? []).map((task) => taskFile(task.id)),
    ...(old?.drills ?? []).flatMap((drill) => drills.filesOf(drill).map((file) => file.path)),
  ];
}
