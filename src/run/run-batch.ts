/** A folder of jobs → a report. The only loop over jobs; a job that fails is one line of it. */
import path from 'node:path';
import fsExtra from 'fs-extra';
import pLimit from 'p-limit';
import writeFileAtomic from 'write-file-atomic';
import { lstat, readFile, readdir } from 'node:fs/promises';
import { PrepsmithError, STOPS_THE_RUN, type FailureRecord } from '../errors.ts';
import { isJobId } from '../job/discover.ts';
import { stateDir, type Project } from './project.ts';
import { renderPack } from '../render/render-pack.ts';
import { SAMPLE_PACK } from '../render/sample.ts';
import { renderIndex, summarise, type PackSummary } from '../render/render-index.ts';
import { readManifest, sha256 } from './manifest.ts';
import { planJob, type PlannedJob, type PlanOptions } from './plan.ts';
import { recoverPublishes } from './staging.ts';
import { addForecast, noForecast } from './forecast.ts';
import type { OpenProvider } from './open-provider.ts';
import { emptyResult, type JobResult, type RunReport, type Spending } from './report.ts';
import { readPublishedPack, runJob } from './run-job.ts';
import type { RunContext } from './run-context.ts';

export interface BatchOptions extends PlanOptions {
  concurrency: number;
  /** `render`: from the published packs, whatever is stale. */
  only: 'what-is-stale' | 'render';
  budgetUsd?: number | null;
}

/** Told as it happens; nothing it does can change the run. */
export interface BatchEvents {
  started(count: number): void;
  finished(result: JobResult): void;
}

export async function runBatch(
  context: RunContext,
  ids: readonly string[],
  options: BatchOptions,
  events: BatchEvents,
): Promise<RunReport> {
  const startedMs = context.host.now();
  const recovered = await recoverPublishes(context.project, context.host);
  const limit = pLimit(options.concurrency);
  const planned = await limit.map([...ids], (id) => planFor(context, id, options));
  await openWhatIsNeeded(context, planned);
  tell(() => events.started(planned.length));
  let stoppedBy: FailureRecord | undefined;
  const jobs = await limit.map(planned, async (job) => {
    const mayStart = !context.signal.aborted && (stoppedBy === undefined || !asksProvider(job));
    const result = mayStart ? await runJob(context, job) : emptyResult(job.id, 'not-reached', []);
    if (result.failure !== undefined && STOPS_THE_RUN.has(result.failure.code)) stoppedBy ??= result.failure;
    tell(() => events.finished(result));
    return result;
  });
  const opened = planned.some(asksProvider) ? await context.provider() : undefined;
  await opened?.close(endOf(context, stoppedBy));
  if (jobs.some((job) => job.state === 'made' || job.state === 'rendered' || job.state === 'same'))
    await publishIndex(context, jobs);
  const wasMade = jobs.some((job) => job.state === 'made' || job.state === 'same');
  const bankDefects = wasMade ? (await context.content.knowledge()).bank.defects : [];
  return {
    version: 1,
    provider: options.provider,
    durationMs: Math.round(context.host.now() - startedMs),
    isInterrupted: context.signal.aborted,
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
    ...spendingOf(opened, options, jobs),
    jobs,
    bankDefects,
    recovered,
  };
}

function asksProvider(planned: PlannedJob): boolean {
  return planned.action === 'make';
}

function endOf({ signal }: RunContext, stoppedBy: FailureRecord | undefined): string {
  if (signal.aborted) return 'interrupted';
  return stoppedBy === undefined ? 'done' : `stopped: ${stoppedBy.code}`;
}

function spendingOf(
  opened: OpenProvider | undefined,
  { model = '', budgetUsd = null }: BatchOptions,
  jobs: readonly JobResult[],
): { spending?: Spending } {
  const { activity } = opened ?? {};
  if (opened === undefined || activity === undefined) return {};
  const { requests, fromVault, inputTokens, outputTokens, rateLimited } = activity;
  return {
    spending: {
      model,
      requests,
      fromVault,
      inputTokens,
      outputTokens,
      costUsd: opened.forecast?.price === null ? null : activity.costUsd,
      unknownCosts: activity.unknownCosts,
      spentBeforeUsd: opened.spentBeforeUsd,
      budgetUsd,
      rateLimited,
      forecast: jobs.reduce(
        (sum, job) => (job.forecast === undefined ? sum : addForecast(sum, job.forecast)),
        noForecast(),
      ),
    },
  };
}

/** A listener that fails (a terminal that went away) must not fail the run. */
function tell(listen: () => void): void {
  try {
    listen();
  } catch {
    // the report at the end says the same
  }
}

async function planFor(context: RunContext, id: string, options: BatchOptions): Promise<PlannedJob> {
  const planned = await planJob(context.project, context.content, id, options);
  return options.only === 'render' ? asRender(planned) : planned;
}

/** How every index of ours begins. */
const INDEX_HEADING = '# Interview prep packs\n';

/** A broken bank or template is said before any job starts: every job would trip over it. */
async function openWhatIsNeeded(context: RunContext, planned: readonly PlannedJob[]): Promise<void> {
  if (planned.some((job) => job.action === 'make' || job.action === 'render')) {
    await context.content.knowledge();
    if (planned.some(asksProvider)) await context.provider();
    // What a template lacks has to be known before the first job.
    const templates = await context.content.templates();
    renderPack(SAMPLE_PACK, templates, await context.content.drills());
    renderIndex(
      [
        summarise(SAMPLE_PACK),
        { ...summarise(SAMPLE_PACK), skills: ['skill'] },
        { ...summarise(SAMPLE_PACK), skills: ['skill'] },
      ],
      (skill) => skill,
      templates,
    );
  }
}

function asRender(planned: PlannedJob): PlannedJob {
  // The manifest keeps what the content was made from: rendering again makes nothing newer.
  const inputs =
    planned.inputs === undefined
      ? undefined
      : planned.manifest !== undefined
        ? { ...planned.manifest.inputs, template: planned.inputs.template }
        : // An edited pack of another machine becomes this one's; one that nobody edited is made again.
          planned.action === 'keep'
          ? planned.inputs
          : undefined;
  const { inputs: _, failure: __, ...rest } = planned;
  return { ...rest, ...(inputs === undefined ? {} : { inputs }), action: 'render', reasons: ['asked for'] };
}

/** `output/README.md`, written only when it differs. */
async function publishIndex(context: RunContext, jobs: readonly JobResult[]): Promise<void> {
  const { project, content } = context;
  const known = new Map(jobs.flatMap((job) => (job.summary === undefined ? [] : [[job.id, job.summary] as const])));
  const folders = (await readdir(project.outDir, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && isJobId(entry.name),
  );
  const summaries = await Promise.all(
    folders.map(async ({ name }) => known.get(name) ?? (await publishedSummary(context, name))),
  );
  const { taxonomy } = await content.knowledge();
  const index = renderIndex(
    summaries.filter((summary): summary is PackSummary => summary !== undefined),
    (skill) => taxonomy.skill(skill)?.name ?? skill,
    await content.templates(),
  );
  const file = path.join(project.outDir, index.path);
  await replaceIndex(project, file, index.text);
}

/** A file of that name that is not ours is copied aside; a link or a folder is refused. */
async function replaceIndex(project: Project, file: string, text: string): Promise<void> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats !== undefined && !stats.isFile()) {
    throw new PrepsmithError('publish', {
      message: `${file}: expected a file or nothing, found something else; the packs are published, the index is not`,
      remedy: 'Move it away and run the command again.',
    });
  }
  const before = stats === undefined ? undefined : await readFile(file, 'utf8');
  if (before === text) return;
  if (before !== undefined && !before.startsWith(INDEX_HEADING)) {
    await fsExtra.outputFile(
      path.join(stateDir(project), 'replaced', `${sha256(before).slice(0, 8)}-README.md`),
      before,
    );
  }
  await fsExtra.ensureDir(project.outDir);
  await writeFileAtomic(file, text);
}

async function publishedSummary(context: RunContext, id: string): Promise<PackSummary | undefined> {
  const manifest = await readManifest(context.project, id);
  if (manifest !== undefined) return manifest.summary;
  return readPublishedPack(context.project, id).then(summarise, () => undefined);
}
