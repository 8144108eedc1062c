/** `prepsmith status`: one line a job. */
import { EXIT_CODES } from '../errors.ts';
import { openContent } from '../run/content.ts';
import { readManifest } from '../run/manifest.ts';
import { planJob, planOptions } from '../run/plan.ts';
import { recoverPublishes } from '../run/staging.ts';
import { readPublishedPack } from '../run/run-job.ts';
import { summarise } from '../render/render-index.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';
import { formatTable, formatUsd } from './table.ts';

export async function status(environment: Environment, jobs: readonly string[], flags: CommonFlags): Promise<number> {
  const { options, project } = await setUp(environment, flags);
  const ids = await selectJobs(project, jobs);
  await recoverPublishes(project, environment.host);
  const content = await openContent(project);
  const entries = [];
  for (const id of ids) {
    const { action, reasons } = await planJob(project, content, id, planOptions(options, false));
    const manifest = await readManifest(project, id);
    const summary = manifest?.summary ?? (await readPublishedPack(project, id).then(summarise, () => undefined));
    const state =
      action === 'none'
        ? 'current'
        : action === 'fail'
          ? 'broken ad'
          : summary === undefined
            ? 'no pack'
            : action === 'keep'
              ? 'edited'
              : 'stale';
    entries.push({
      id,
      state,
      reasons,
      provider: manifest?.inputs.provider ?? null,
      summary: summary ?? null,
      findings: manifest?.findings ?? null,
      costUsd: manifest?.costUsd ?? null,
    });
  }
  if (flags.json === true) printJson(environment, { version: 1, jobs: entries });
  else {
    const columns = [
      { title: 'job' },
      { title: 'state' },
      { title: 'provider' },
      { title: 'covered', isNumber: true },
      { title: 'findings', isNumber: true },
      { title: 'cost', isNumber: true },
      { title: 'because' },
    ];
    environment.stdout(
      formatTable(
        columns,
        entries.map((entry) => [
          entry.id,
          entry.state,
          entry.provider ?? '',
          entry.summary === null ? '' : `${entry.summary.covered}/${entry.summary.requirements}`,
          String(entry.findings ?? ''),
          formatUsd(entry.costUsd),
          entry.reasons.join('; '),
        ]),
      ),
    );
  }
  return EXIT_CODES.done;
}
