/** `prepsmith plan [job…]`: what is stale and why, and what it will take; sends and writes nothing. */
import { EXIT_CODES, failureRecord, formatFailure, PrepsmithError, type FailureRecord } from '../errors.ts';
import { parseJob } from '../job/parse.ts';
import { openContent, type Content } from '../run/content.ts';
import { addForecast, forecastJob, noForecast, type Forecast, type ForecastTools } from '../run/forecast.ts';
import { openForecaster } from '../run/open-provider.ts';
import { planJob, planOptions, type Action, type PlannedJob } from '../run/plan.ts';
import { publishedPath, type Project } from '../run/project.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';
import type { GenerateFlags } from './generate.ts';
import { formatCount, formatTable, formatUsd } from './table.ts';

const ACTION_NAMES: Record<Action, string> = {
  none: 'up to date',
  make: 'make',
  render: 'render',
  keep: 'keep (edited)',
  fail: 'FAILS',
};

interface Entry {
  id: string;
  action: Action;
  reasons: string[];
  failure?: FailureRecord;
  forecast: Forecast;
}

export async function plan(
  environment: Environment,
  jobs: readonly string[],
  flags: CommonFlags & GenerateFlags,
): Promise<number> {
  const { options, project } = await setUp(environment, flags);
  const ids = await selectJobs(project, jobs);
  const content = await openContent(project);
  const isFresh = flags.fresh === true;
  const planning = planOptions(options, flags.force === true || isFresh);
  let forecaster: Promise<ForecastTools | undefined> | undefined;
  const entries: Entry[] = [];
  for (const id of ids) {
    const planned = await planJob(project, content, id, planning);
    if (planned.action === 'make')
      forecaster ??= openForecaster({ project, host: environment.host, content, options, isFresh });
    entries.push(await entryOf(planned, await forecaster, content, project));
  }
  const total = entries.reduce((sum, entry) => addForecast(sum, entry.forecast), noForecast());
  if (flags.json === true)
    printJson(environment, {
      version: 1,
      provider: options.provider,
      model: planning.model ?? null,
      jobs: entries.map(({ forecast, ...entry }) => ({ ...entry, ...forecast })),
      total,
    });
  else show(environment, entries, total, options.provider, planning.model);
  return entries.some((entry) => entry.action === 'fail') ? EXIT_CODES.findings : EXIT_CODES.done;
}

/** An ad that can be read but not parsed fails here as it will in the run. */
async function entryOf(
  planned: PlannedJob,
  forecaster: ForecastTools | undefined,
  content: Content,
  project: Project,
): Promise<Entry> {
  const { id, action, reasons, failure } = planned;
  const entry: Entry = { id, action, reasons, forecast: noForecast(), ...(failure === undefined ? {} : { failure }) };
  if (action !== 'make' || planned.source === undefined || forecaster === undefined) return entry;
  try {
    const { matchSkills } = await content.knowledge();
    const source = publishedPath(project, planned.source.file);
    const job = { ...parseJob(planned.source, matchSkills), source };
    return { ...entry, forecast: forecastJob(forecaster, job) };
  } catch (error) {
    if (!(error instanceof PrepsmithError)) throw error;
    return { ...entry, action: 'fail', failure: failureRecord(error) };
  }
}

function show(
  environment: Environment,
  entries: readonly Entry[],
  total: Forecast,
  provider: string,
  model: string | undefined,
): void {
  const stale = entries.filter((entry) => entry.action !== 'none');
  const columns = [{ title: 'job' }, { title: 'action' }];
  const money = [
    { title: 'calls', isNumber: true },
    { title: 'tokens', isNumber: true },
    { title: 'cost', isNumber: true },
  ];
  environment.stdout(
    formatTable(
      [...columns, ...(model === undefined ? [] : money), { title: 'because' }],
      entries.map(({ id, action, reasons, forecast }) => [
        id,
        ACTION_NAMES[action],
        ...(model === undefined
          ? []
          : [String(forecast.calls), formatCount(tokensOf(forecast)), formatUsd(forecast.costUsd)]),
        reasons.join('; '),
      ]),
    ),
  );
  environment.stdout(`\n${stale.length} of ${entries.length} to do; ${expectation(total, provider, model)}\n`);
  for (const entry of entries)
    if (entry.failure !== undefined) environment.stderr(`${entry.id}: ${formatFailure(entry.failure).join('\n')}\n`);
}

function tokensOf({ inputTokens, outputTokens }: Forecast): number {
  return inputTokens + outputTokens;
}

function expectation(total: Forecast, provider: string, model: string | undefined): string {
  if (model === undefined) return `${provider}: 0 calls, 0 tokens, $0.00.`;
  if (total.calls === 0) return `${provider}, ${model}: 0 calls, 0 tokens, $0.00; every reply is kept already.`;
  const worse =
    total.costUsdP90 === null
      ? 'the price is not known (see `prices` in the README)'
      : `${formatUsd(total.costUsd)}, in nine of ten nights below ${formatUsd(total.costUsdP90)}`;
  return `${provider}, ${model}: ${formatCount(total.calls)} calls, ${formatCount(tokensOf(total))} tokens, ${worse}.`;
}
