/** `prepsmith plan [job…]`: what is stale and why; spends nothing and writes nothing. */
import { EXIT_CODES, formatFailure } from '../errors.ts';
import { openContent } from '../run/content.ts';
import { planJob, type Action } from '../run/plan.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';
import type { GenerateFlags } from './generate.ts';
import { formatTable } from './table.ts';

const ACTION_NAMES: Record<Action, string> = {
  none: 'up to date',
  make: 'make',
  render: 'render',
  keep: 'keep (edited)',
  fail: 'FAILS',
};

export async function plan(
  environment: Environment,
  jobs: readonly string[],
  flags: CommonFlags & GenerateFlags,
): Promise<number> {
  const { options, project } = await setUp(environment, flags);
  const ids = await selectJobs(project, jobs);
  const content = await openContent(project);
  const planned = [];
  for (const id of ids)
    planned.push(await planJob(project, content, id, { isForced: flags.force === true, provider: options.provider }));
  const entries = planned.map(({ id, action, reasons, failure }) => ({
    id,
    action,
    reasons,
    ...(failure === undefined ? {} : { failure }),
    calls: 0,
    tokens: 0,
    costUsd: 0,
  }));
  const stale = entries.filter((entry) => entry.action !== 'none');
  if (flags.json === true) printJson(environment, { version: 1, provider: options.provider, jobs: entries });
  else {
    environment.stdout(
      formatTable(
        [{ title: 'job' }, { title: 'action' }, { title: 'because' }],
        entries.map((entry) => [entry.id, ACTION_NAMES[entry.action], entry.reasons.join('; ')]),
      ),
    );
    environment.stdout(
      `\n${stale.length} of ${entries.length} to do; ${options.provider}: 0 calls, 0 tokens, $0.00.\n`,
    );
    for (const entry of entries)
      if (entry.failure !== undefined) environment.stderr(`${entry.id}: ${formatFailure(entry.failure).join('\n')}\n`);
  }
  return entries.some((entry) => entry.action === 'fail') ? EXIT_CODES.findings : EXIT_CODES.done;
}
