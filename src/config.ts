/** Flags > environment > prepsmith.yaml > defaults → one frozen, checked `Options`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PrepsmithError } from './errors.ts';
import { checkLocated, parseLocatedYaml } from './located-yaml.ts';
import { formatProblem } from './problem.ts';

export const PROVIDERS = ['offline', 'openai', 'replay'] as const;

/** US dollars per million tokens. */
const priceSchema = z.strictObject({
  input: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().optional(),
  output: z.number().nonnegative(),
  cacheWrite: z.number().nonnegative().optional(),
});

/** What matters only where a model is asked. */
export interface ModelOptions {
  name: string;
  /** Up to and including the version. */
  baseUrl: string;
  /** Never printed, stored or sent anywhere but to `baseUrl`. */
  apiKey: string | undefined;
  /** US dollars that a run may spend; `undefined`: no limit. */
  budgetUsd: number | undefined;
  /** Run under a budget although nobody knows the price. */
  allowsUnknownPrice: boolean;
  requestsPerMinute: number | undefined;
  tokensPerMinute: number | undefined;
  attemptTimeoutMs: number;
  jobTimeoutMs: number;
  /** Tokens that one reply may have. */
  maxOutputTokens: number;
  reasoningEffort: string | undefined;
  prices: Readonly<
    Record<string, { input: number; cachedInput: number; output: number; cacheWrite?: number | undefined }>
  >;
}

export interface Options {
  jobsDir: string;
  outDir: string;
  provider: (typeof PROVIDERS)[number];
  /** False when it is only the one that needs no key. */
  isProviderChosen: boolean;
  /** Jobs at a time, and requests at a time where a model is asked. */
  concurrency: number;
  model: Readonly<ModelOptions>;
}

/** Flags as the command line gives them: all text, or absent. */
export interface Flags {
  jobs?: string | undefined;
  out?: string | undefined;
  provider?: string | undefined;
  concurrency?: string | undefined;
  model?: string | undefined;
  budget?: string | undefined;
  allowUnknownPrice?: boolean | undefined;
}

const CONFIG_FILE = 'prepsmith.yaml';
export const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULTS = {
  jobs: 'jobs',
  out: 'output',
  concurrency: 4,
  model: 'gpt-6.1-terra',
  attemptSeconds: 300,
  jobMinutes: 60,
  maxOutputTokens: 12_000,
};
const MAX_CONCURRENCY = 64;

const fileSchema = z.strictObject({
  jobs: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  provider: z.enum(PROVIDERS).optional(),
  concurrency: z.number().int().min(1).max(MAX_CONCURRENCY).optional(),
  model: z.string().min(1).optional(),
  baseUrl: z.url({ protocol: /^https?$/, error: 'expected a URL such as "http://localhost:11434/v1"' }).optional(),
  budget: z.number().nonnegative().optional(),
  limits: z
    .strictObject({
      requestsPerMinute: z.number().positive().optional(),
      tokensPerMinute: z.number().positive().optional(),
    })
    .optional(),
  timeouts: z
    .strictObject({ attemptSeconds: z.number().positive().optional(), jobMinutes: z.number().positive().optional() })
    .optional(),
  maxOutputTokens: z.number().int().min(256).optional(),
  reasoningEffort: z.string().min(1).optional(),
  prices: z.record(z.string(), priceSchema).optional(),
});
type ConfigFile = z.infer<typeof fileSchema>;
type Env = Readonly<Record<string, string | undefined>>;

interface Given {
  text: string;
  /** The flag or the variable, for messages. */
  from: string;
}

/** @throws PrepsmithError `config` naming where the value came from. */
export async function loadOptions(rootDir: string, flags: Flags, env: Env): Promise<Readonly<Options>> {
  const file = await readConfigFile(rootDir);
  const pick = (flag: keyof Flags, variable: string): Given | undefined => {
    const said = flags[flag];
    if (typeof said === 'string') return { text: said, from: `--${flag}` };
    const value = env[variable];
    return value === undefined || value === '' ? undefined : { text: value, from: variable };
  };
  const provider = pick('provider', 'PREPSMITH_PROVIDER');
  const concurrency = pick('concurrency', 'PREPSMITH_CONCURRENCY');
  return Object.freeze({
    jobsDir: folderOf(pick('jobs', 'PREPSMITH_JOBS'), DEFAULTS.jobs) ?? file.jobs ?? DEFAULTS.jobs,
    outDir: folderOf(pick('out', 'PREPSMITH_OUT'), DEFAULTS.out) ?? file.out ?? DEFAULTS.out,
    provider: provider === undefined ? (file.provider ?? usualProvider(env)) : providerOf(provider),
    isProviderChosen: provider !== undefined || file.provider !== undefined || usualProvider(env) !== 'offline',
    concurrency: concurrency === undefined ? (file.concurrency ?? DEFAULTS.concurrency) : wholeNumber(concurrency),
    model: modelOptions(file, flags, env, pick),
  });
}

/** A key says that a model may be asked. */
function usualProvider(env: Env): Options['provider'] {
  return present(env['OPENAI_API_KEY']) === undefined ? 'offline' : 'openai';
}

function modelOptions(
  file: ConfigFile,
  flags: Flags,
  env: Env,
  pick: (flag: keyof Flags, variable: string) => Given | undefined,
): Readonly<ModelOptions> {
  const budget = pick('budget', 'PREPSMITH_BUDGET');
  const name = pick('model', 'PREPSMITH_MODEL');
  const prices = Object.entries(file.prices ?? {}).map(([model, price]) => {
    return [model, { ...price, cachedInput: price.cachedInput ?? price.input }] as const;
  });
  return Object.freeze({
    name: name === undefined ? (file.model ?? DEFAULTS.model) : nameOf(name),
    baseUrl: baseUrlOf(env, file),
    apiKey: present(env['OPENAI_API_KEY']),
    budgetUsd: budget === undefined ? file.budget : dollarsOf(budget),
    allowsUnknownPrice: flags.allowUnknownPrice === true,
    requestsPerMinute: file.limits?.requestsPerMinute,
    tokensPerMinute: file.limits?.tokensPerMinute,
    attemptTimeoutMs: (file.timeouts?.attemptSeconds ?? DEFAULTS.attemptSeconds) * 1000,
    jobTimeoutMs: (file.timeouts?.jobMinutes ?? DEFAULTS.jobMinutes) * 60_000,
    maxOutputTokens: file.maxOutputTokens ?? DEFAULTS.maxOutputTokens,
    reasoningEffort: file.reasoningEffort,
    prices: Object.fromEntries(prices),
  });
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function baseUrlOf(env: Env, file: ConfigFile): string {
  const text = present(env['OPENAI_BASE_URL']);
  if (text === undefined) return file.baseUrl ?? OPENAI_URL;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new PrepsmithError('config', {
    message: `OPENAI_BASE_URL: expected a URL, found ${JSON.stringify(text)}`,
    remedy: 'An example: OPENAI_BASE_URL=http://localhost:11434/v1.',
  });
}

function nameOf({ text, from }: Given): string {
  if (text.trim() !== '') return text.trim();
  throw new PrepsmithError('config', {
    message: `${from}: expected the name of a model, found empty text`,
    remedy: `An example: --model ${DEFAULTS.model}.`,
  });
}

function dollarsOf({ text, from }: Given): number {
  const value = Number(text.replace(/^\$/, ''));
  if (/^\$?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) return value;
  throw new PrepsmithError('config', {
    message: `${from}: expected an amount in US dollars, found ${JSON.stringify(text)}`,
    remedy: `An example: ${from}${from.startsWith('--') ? ' ' : '='}2.50.`,
  });
}

async function readConfigFile(rootDir: string): Promise<ConfigFile> {
  const text = await readFile(path.join(rootDir, CONFIG_FILE), 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PrepsmithError('config', {
      message: `${CONFIG_FILE}: expected a file that can be read, found ${reason}`,
      remedy: 'Make it readable or take it away.',
      cause,
    });
  });
  if (text === undefined) return {};
  const parsed = parseLocatedYaml(text, CONFIG_FILE);
  const checked =
    'problems' in parsed ? parsed : parsed.doc.value === null ? { value: {} } : checkLocated(parsed.doc, fileSchema);
  if ('value' in checked) return checked.value;
  const [first, ...rest] = checked.problems;
  throw new PrepsmithError('config', {
    message: first ? formatProblem(first) : `${CONFIG_FILE}: not valid`,
    problems: rest,
    remedy: 'Correct the file or delete it; an example: {jobs: ads, out: packs, concurrency: 2}.',
  });
}

function folderOf(given: Given | undefined, example: string): string | undefined {
  if (given === undefined) return undefined;
  if (given.text !== '') return path.join(given.text, '.').replace(/(?<=.)[\\/]+$/, '');
  throw new PrepsmithError('config', {
    message: `${given.from}: expected a folder, found empty text`,
    remedy: `An example: ${given.from} ${example}.`,
  });
}

function providerOf({ text, from }: Given): Options['provider'] {
  const known = PROVIDERS.find((name) => name === text);
  if (known !== undefined) return known;
  throw new PrepsmithError('config', {
    message: `${from}: expected ${PROVIDERS.join(' or ')}, found ${JSON.stringify(text)}`,
    remedy: 'Use --provider offline: it needs no key and no network.',
  });
}

function wholeNumber({ text, from }: Given): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MAX_CONCURRENCY) return value;
  throw new PrepsmithError('config', {
    message: `${from}: expected a whole number from 1 to ${MAX_CONCURRENCY}, found ${JSON.stringify(text)}`,
    remedy: `An example: ${from}${from.startsWith('--') ? ' ' : '='}4.`,
  });
}
