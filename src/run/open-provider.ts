/** Name → provider, with everything that stands around it in a run. */
import path from 'node:path';
import { OPENAI_URL, type Options } from '../config.ts';
import { PrepsmithError } from '../errors.ts';
import type { Part } from '../pack/ladder/types.ts';
import type { RateGate } from '../provider/limits/rate-gate.ts';
import type { AttemptLog } from '../provider/model/attempt-log.ts';
import { priceOf } from '../provider/model/cost.ts';
import type { Price } from '../provider/model/price-table.ts';
import type { ModelProviderParts } from '../provider/model/model-provider.ts';
import { createOfflineProvider } from '../provider/offline/offline.ts';
import type { Provider } from '../provider/types.ts';
import { countActivity, type Activity } from './activity.ts';
import { readAskedElsewhere, type AskedElsewhere } from './asked-elsewhere.ts';
import type { Content } from './content.ts';
import type { ForecastTools } from './forecast.ts';
import type { Host } from './host.ts';
import { openLedger, spentByKilledRun } from './ledger.ts';
import { learnOutputLengths, type Lengths } from './output-lengths.ts';
import { shownPath, stateDir, type Project } from './project.ts';

export interface OpenProvider {
  provider: Provider;
  /** Only where requests are sent. */
  activity?: Activity;
  /** When the endpoint lets the next request through, if that is not now. */
  waitingMs?: () => number | undefined;
  /** What forecasts are made with; absent where nothing is sent. */
  forecast?: { lengths: Record<Part, Lengths>; price: Price | null };
  /** Spent by the killed run that this one goes on from. */
  spentBeforeUsd: number;
  /** @param status how the run ended, for the ledger. */
  close(status: string): Promise<void>;
}

export interface OpenRequest {
  project: Project;
  host: Host;
  content: Content;
  options: Readonly<Options>;
  isFresh: boolean;
}

/** @throws PrepsmithError `config` for what is missing, before anything is sent. */
export async function openProvider(request: OpenRequest): Promise<OpenProvider> {
  const openers = {
    offline: openOffline,
    openai: openOpenAi,
    replay: openReplay,
  } satisfies Record<Options['provider'], (request: OpenRequest) => Promise<OpenProvider>>;
  return openers[request.options.provider](request);
}

async function openOffline({ content }: OpenRequest): Promise<OpenProvider> {
  const { bank, taxonomy } = await content.knowledge();
  return { provider: createOfflineProvider(bank, taxonomy), spentBeforeUsd: 0, close: () => Promise.resolve() };
}

async function openReplay(request: OpenRequest): Promise<OpenProvider> {
  const { createReplayProvider } = await import('../provider/model/model-provider.ts');
  const parts = await partsOf(request, SILENT, true, nothingAsked);
  return { provider: createReplayProvider(parts), spentBeforeUsd: 0, close: () => Promise.resolve() };
}

/** What is only looked up is not sent. */
const nothingAsked: AskedElsewhere = () => [];

const SILENT: AttemptLog = { begin: () => () => undefined, fromVault: () => undefined };

async function openOpenAi(request: OpenRequest): Promise<OpenProvider> {
  const { project, host, options } = request;
  const { model } = options;
  const apiKey = keyFor(options);
  const price = priceOf(model.name, model.prices);
  if (price === null && model.budgetUsd !== undefined && !model.allowsUnknownPrice) throw priceUnknown(model.name);
  // The SDK and all that belongs to it are loaded here, because most runs need none of it.
  const [{ createModelProvider }, { createOpenAiClient }, { createComplete }, { createBudget }, limits] =
    await Promise.all([
      import('../provider/model/model-provider.ts'),
      import('../provider/model/openai-client.ts'),
      import('../provider/model/attempts.ts'),
      import('../provider/model/budget.ts'),
      openLimits(options),
    ]);
  const ledgerDir = path.join(stateDir(project), 'ledger');
  const spentByKilled = await spentByKilledRun(ledgerDir, host);
  const spentBeforeUsd = spentByKilled ?? 0;
  const askedElsewhere = await readAskedElsewhere(project, spentByKilled !== undefined);
  const lengths = await learnOutputLengths(ledgerDir, model.name);
  const budgetUsd = model.budgetUsd ?? null;
  const ledger = openLedger(ledgerDir, host, { provider: 'openai', model: model.name, budgetUsd, spentBeforeUsd });
  const { log, activity } = countActivity(ledger);
  const { name, baseUrl, reasoningEffort } = model;
  const client = createOpenAiClient({ apiKey, baseUrl, model: name, reasoningEffort, epochMs: host.epochMs });
  const complete = createComplete({
    client,
    ...limits,
    budget: createBudget(model.budgetUsd, spentBeforeUsd),
    log,
    price,
    attemptTimeoutMs: model.attemptTimeoutMs,
    expectedOutputTokens: ({ part }) => lengths[part].p50,
  });
  const parts = await partsOf(request, log, false, askedElsewhere);
  const provider = createModelProvider(parts, complete);
  return {
    provider,
    activity,
    waitingMs: () => waiting(limits.gate, limits.clock.nowMs()),
    forecast: { lengths, price },
    spentBeforeUsd,
    async close(status) {
      await provider.close();
      ledger.end(status);
      await client.close();
    },
  };
}

/** What a forecast needs: nothing is sent, no key is asked for, no ledger begun. `undefined` where no model is asked. */
export async function openForecaster(request: OpenRequest): Promise<ForecastTools | undefined> {
  const { project, content, options } = request;
  if (options.provider === 'offline') return undefined;
  const { createReplayProvider } = await import('../provider/model/model-provider.ts');
  const isReplay = options.provider === 'replay';
  const { lookup, constantTexts } = createReplayProvider(await partsOf(request, SILENT, isReplay, nothingAsked));
  const { matchSkills, taxonomy } = await content.knowledge();
  return {
    lookup,
    constantTexts,
    matchSkills,
    skillName: (id) => taxonomy.skill(id)?.name ?? id,
    lengths: await learnOutputLengths(path.join(stateDir(project), 'ledger'), options.model.name),
    price: priceOf(options.model.name, options.model.prices),
  };
}

async function openLimits({ concurrency, model }: Readonly<Options>) {
  const [{ systemClock }, { createRateGate }, { createSlots }] = await Promise.all([
    import('../provider/limits/clock.ts'),
    import('../provider/limits/rate-gate.ts'),
    import('../provider/limits/slots.ts'),
  ]);
  const clock = systemClock();
  const { requestsPerMinute, tokensPerMinute } = model;
  const known = {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
  };
  return { clock, gate: createRateGate(clock, known), slots: createSlots(clock, concurrency) };
}

function waiting(gate: RateGate, nowMs: number): number | undefined {
  const until = gate.state().waitingUntilMs;
  return until === undefined || until <= nowMs ? undefined : until - nowMs;
}

/** What the provider of a model and that of its recording share. */
async function partsOf(
  request: OpenRequest,
  log: AttemptLog,
  isReplay: boolean,
  askedElsewhere: AskedElsewhere,
): Promise<ModelProviderParts> {
  const { project, content, options, isFresh } = request;
  const { model } = options;
  const [{ createPromptWriter }, { examplesFrom }, { openVault }] = await Promise.all([
    import('../provider/model/prompts.ts'),
    import('../provider/model/examples.ts'),
    import('../provider/model/vault.ts'),
  ]);
  const { bank, taxonomy } = await content.knowledge();
  const sources = { examplesFor: examplesFrom(bank, taxonomy), askedElsewhere };
  const identity = {
    // A replay answers for the provider that it recorded.
    provider: 'openai',
    model: model.name,
    endpoint: model.baseUrl,
    promptVersion: content.promptVersion,
    parameters: model.reasoningEffort === undefined ? {} : { reasoningEffort: model.reasoningEffort },
  };
  return {
    name: 'openai',
    model: model.name,
    promptVersion: content.promptVersion.slice(0, 12),
    bankVersion: content.bankVersion.slice(0, 12),
    prompts: createPromptWriter(content.promptFiles, sources, model.maxOutputTokens),
    vault: openVault(path.join(stateDir(project), 'vault'), identity, isReplay),
    log,
    isFresh,
    shown: (file) => shownPath(project, file),
  };
}

/** Other endpoints (a model on this machine) usually need no key. */
function keyFor({ model }: Readonly<Options>): string {
  if (model.apiKey !== undefined) return model.apiKey;
  if (model.baseUrl !== OPENAI_URL) return 'none';
  throw new PrepsmithError('config', {
    message: 'OPENAI_API_KEY: expected a key for --provider openai, found nothing',
    remedy:
      'Set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint that needs none (OPENAI_BASE_URL=http://localhost:11434/v1), or use --provider offline.',
  });
}

function priceUnknown(model: string): PrepsmithError {
  return new PrepsmithError('config', {
    message: `--budget: the price of ${JSON.stringify(model)} is not known, so nobody can say when the budget is reached; nothing was sent`,
    remedy: `Write it into prepsmith.yaml (prices: {${JSON.stringify(model)}: {input: 0.5, output: 2}}, US dollars per million tokens; 0 for a model of your own), or run with --allow-unknown-price.`,
  });
}
