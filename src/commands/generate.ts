/** `prepsmith generate [job…]`: brings packs up to date. */
import { EXIT_CODES } from '../errors.ts';
import { openContent } from '../run/content.ts';
import { openProvider } from '../run/open-provider.ts';
import { needsAttention, type RunReport } from '../run/report.ts';
import { runBatch, type BatchOptions } from '../run/run-batch.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';
import { showProgress } from './progress.ts';
import { showReport } from './show-report.ts';

export interface GenerateFlags extends CommonFlags {
  force?: boolean | undefined;
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
  const progress = showProgress(environment);
  const context = {
    project,
    host: environment.host,
    content,
    provider: () => openProvider(options.provider, content),
    signal: environment.signal,
  };
  const report = await runBatch(
    context,
    ids,
    { isForced: flags.force === true, provider: options.provider, concurrency: options.concurrency, only },
    progress,
  );
  progress.clear();
  if (flags.json === true) printJson(environment, report);
  else showReport(environment, report, project.outDir);
  return exitCode(report);
}

function exitCode(report: RunReport): number {
  if (report.isInterrupted) return EXIT_CODES.interrupted;
  return needsAttention(report) ? EXIT_CODES.findings : EXIT_CODES.done;
}
