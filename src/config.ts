/** Flags > environment > prepsmith.yaml > defaults → one frozen, checked `Options`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PrepsmithError } from './errors.ts';
import { checkLocated, parseLocatedYaml } from './located-yaml.ts';
import { formatProblem } from './problem.ts';

export const PROVIDERS = ['offline'] as const;

export interface Options {
  jobsDir: string;
  outDir: string;
  provider: (typeof PROVIDERS)[number];
  /** Jobs at a time. */
  concurrency: number;
}

/** Flags as the command line gives them: all text, or absent. */
export interface Flags {
  jobs?: string | undefined;
  out?: string | undefined;
  provider?: string | undefined;
  concurrency?: string | undefined;
}

const CONFIG_FILE = 'prepsmith.yaml';
const DEFAULTS: Options = { jobsDir: 'jobs', outDir: 'output', provider: 'offline', concurrency: 4 };
const MAX_CONCURRENCY = 64;

const fileSchema = z.strictObject({
  jobs: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  provider: z.enum(PROVIDERS).optional(),
  concurrency: z.number().int().min(1).max(MAX_CONCURRENCY).optional(),
});

/** @throws PrepsmithError `config` naming where the value came from. */
export async function loadOptions(
  rootDir: string,
  flags: Flags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Options>> {
  const file = await readConfigFile(rootDir);
  const sources = {
    flags: { jobs: flags.jobs, out: flags.out, provider: flags.provider, concurrency: flags.concurrency },
    env: {
      jobs: env['PREPSMITH_JOBS'],
      out: env['PREPSMITH_OUT'],
      provider: env['PREPSMITH_PROVIDER'],
      concurrency: env['PREPSMITH_CONCURRENCY'],
    },
  };
  const pick = (name: keyof Flags, flag: string, variable: string): { text: string; from: string } | undefined => {
    if (sources.flags[name] !== undefined) return { text: sources.flags[name], from: flag };
    if (sources.env[name] !== undefined && sources.env[name] !== '') return { text: sources.env[name], from: variable };
    return undefined;
  };
  const provider = pick('provider', '--provider', 'PREPSMITH_PROVIDER');
  const concurrency = pick('concurrency', '--concurrency', 'PREPSMITH_CONCURRENCY');
  return Object.freeze({
    jobsDir: folderOf(pick('jobs', '--jobs', 'PREPSMITH_JOBS')) ?? file.jobs ?? DEFAULTS.jobsDir,
    outDir: folderOf(pick('out', '--out', 'PREPSMITH_OUT')) ?? file.out ?? DEFAULTS.outDir,
    provider: provider === undefined ? (file.provider ?? DEFAULTS.provider) : providerOf(provider),
    concurrency: concurrency === undefined ? (file.concurrency ?? DEFAULTS.concurrency) : wholeNumber(concurrency),
  });
}

async function readConfigFile(rootDir: string): Promise<z.infer<typeof fileSchema>> {
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

function folderOf(given: { text: string; from: string } | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (given.text !== '') return path.join(given.text, '.').replace(/(?<=.)[\\/]+$/, '');
  throw new PrepsmithError('config', {
    message: `${given.from}: expected a folder, found empty text`,
    remedy: `An example: ${given.from} ${given.from === '--out' ? DEFAULTS.outDir : DEFAULTS.jobsDir}.`,
  });
}

function providerOf({ text, from }: { text: string; from: string }): Options['provider'] {
  const known = PROVIDERS.find((name) => name === text);
  if (known !== undefined) return known;
  throw new PrepsmithError('config', {
    message: `${from}: expected ${PROVIDERS.join(' or ')}, found ${JSON.stringify(text)}`,
    remedy: `Leave it out: ${DEFAULTS.provider} needs no key and no network.`,
  });
}

function wholeNumber({ text, from }: { text: string; from: string }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MAX_CONCURRENCY) return value;
  throw new PrepsmithError('config', {
    message: `${from}: expected a whole number from 1 to ${MAX_CONCURRENCY}, found ${JSON.stringify(text)}`,
    remedy: `An example: ${from}${from.startsWith('--') ? ' ' : '='}4.`,
  });
}
