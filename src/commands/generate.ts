/** `prepsmith generate [job…]`: brings packs up to date. */
import { EXIT_CODES } from '../errors.ts';
import { openContent } from '../run/content.ts';
import { openProvider, type OpenProvider } from '../run/open-provider.ts';
import { planOptions } from '../run/plan.ts';
import { needsAttention, type RunReport } from '../run/report.ts';
import { runBatch, type BatchOptions } from '../run/run-batch.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';
import { showProgress } from './progress.ts';
import { showReport } from './show-report.ts';

export interface GenerateFlags extends CommonFlags {
  force?: boolean | undefined;
  fresh?: boolean | undefined;
}

export async function generate(
  environment: Environment,
  jobs: readonly string[],
  flags: GenerateFlags,
): Promise<number> {
  return runJobs(environment, jobs, flags, 'what-is-stale');
}

/** Also what `render` does: the same run, from the published packs instead of a provider. */
export async function runJobs(
  environment: Environment,
  jobs: readonly string[],
  flags: GenerateFlags,
  only: BatchOptions['only'],
): Promise<number> {
  const { options, project } = await setUp(environment, flags);
  const ids = await selectJobs(project, jobs);
  const content = await openContent(project);
  let opened: Promise<OpenProvider> | undefined;
  const provider = () =>
    (opened ??= openProvider({ project, host: environment.host, content, options, isFresh: flags.fresh === true }));
  const progress = showProgress(environment, () => opened);
  const context = {
    project,
    host: environment.host,
    content,
    provider,
    jobTimeoutMs: options.model.jobTimeoutMs,
    signal: environment.signal,
  };
  const report = await runBatch(
    context,
    ids,
    {
      ...planOptions(options, flags.force === true || flags.fresh === true),
      budgetUsd: options.model.budgetUsd ?? null,
      concurrency: options.concurrency,
      only,
    },
    progress,
  );
  progress.clear();
  if (flags.json === true) printJson(environment, report);
  else showReport(environment, report, project.outDir);
  return exitCode(report);
}

function exitCode(report: RunReport): number {
  if (report.isInterrupted) return EXIT_CODES.interrupted;
  if (report.stoppedBy?.code === 'budget') return EXIT_CODES.budget;
  return needsAttention(report) ? EXIT_CODES.findings : EXIT_CODES.done;
}
