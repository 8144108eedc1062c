/** Runs of a project whose provider is asked over HTTP: a test server, or its recording. */
import { loadOptions } from '../../src/config.ts';
import { listJobIds } from '../../src/job/discover.ts';
import type { Host } from '../../src/run/host.ts';
import { openForecaster, openProvider, type OpenProvider } from '../../src/run/open-provider.ts';
import { planOptions } from '../../src/run/plan.ts';
import type { RunReport } from '../../src/run/report.ts';
import { runBatch } from '../../src/run/run-batch.ts';
import type { RunContext } from '../../src/run/run-context.ts';
import { HOST, type ProjectFixture } from './projects.ts';

export interface RunSettings {
  provider: 'offline' | 'openai' | 'replay';
  /** Of the test server. */
  baseUrl?: string;
  model?: string;
  isForced?: boolean;
  /** Ask anew even where the vault has a reply. */
  isFresh?: boolean;
  budget?: string;
  signal?: AbortSignal;
}

/** Each run starts a second after the one before it. */
let runs = 0;

function nextHost(): Host {
  runs += 1;
  const epochMs = Date.UTC(2026, 0, 1) + runs * 1000;
  return { ...HOST, epochMs: () => epochMs };
}

async function openRequest(
  { fixture, project }: ProjectFixture,
  content: RunContext['content'],
  settings: RunSettings,
) {
  const { provider, baseUrl = 'http://127.0.0.1:9/v1', model = 'gpt-5-mini', budget, isFresh = false } = settings;
  const flags = { provider, model, ...(budget === undefined ? {} : { budget }) };
  const options = await loadOptions(fixture.path, flags, {
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: baseUrl,
  });
  return { project, host: nextHost(), content, options, isFresh };
}

export async function runModel(made: ProjectFixture, settings: RunSettings): Promise<RunReport> {
  const base = await made.context();
  const request = await openRequest(made, base.content, settings);
  let opened: Promise<OpenProvider> | undefined;
  const context: RunContext = {
    ...base,
    host: request.host,
    provider: () => (opened ??= openProvider(request)),
    signal: settings.signal ?? base.signal,
  };
  const options = {
    ...planOptions(request.options, settings.isForced ?? false),
    concurrency: 4,
    only: 'what-is-stale' as const,
  };
  const ids = await listJobIds(made.project.jobsDir);
  return runBatch(context, ids, options, { started: () => undefined, finished: () => undefined });
}

/** @throws when the provider asks nobody. */
export async function openForecastTools(made: ProjectFixture, settings: RunSettings) {
  const { content } = await made.context();
  const tools = await openForecaster(await openRequest(made, content, settings));
  if (tools === undefined) throw new Error('nobody is asked');
  return tools;
}

export async function openModelProvider(made: ProjectFixture, settings: RunSettings) {
  const { content } = await made.context();
  const opened = await openProvider(await openRequest(made, content, settings));
  const { provider } = opened;
  if (provider.kind !== 'model') throw new Error('no model is asked');
  return { ...opened, provider, knowledge: await content.knowledge() };
}
