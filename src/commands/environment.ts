/** All that a command sees of the process it runs in; `cli.ts` fills it in, tests make their own. */
import type { Flags, Options } from '../config.ts';
import { loadOptions } from '../config.ts';
import { PrepsmithError } from '../errors.ts';
import { listJobIds } from '../job/discover.ts';
import type { Host } from '../run/host.ts';
import type { Project } from '../run/project.ts';

export interface Environment {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The answer: tables, JSON. */
  stdout(text: string): void;
  /** Progress and complaints. */
  stderr(text: string): void;
  /** Whether standard error is a terminal that can rewrite a line. */
  isInteractive: boolean;
  readStdin(): Promise<Uint8Array>;
  host: Host;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  installation: Pick<Project, 'bankDir' | 'templatesDir' | 'compiledBankFile' | 'buildId'>;
}

export interface CommonFlags extends Flags {
  json?: boolean | undefined;
}

export interface CommandSetup {
  options: Readonly<Options>;
  project: Project;
}

export async function setUp(environment: Environment, flags: CommonFlags): Promise<CommandSetup> {
  const options = await loadOptions(environment.cwd, flags, environment.env);
  return {
    options,
    project: {
      rootDir: environment.cwd,
      jobsDir: options.jobsDir,
      outDir: options.outDir,
      ...environment.installation,
    },
  };
}

/** The ids asked for, or all of them. @throws PrepsmithError `usage` for one that is not there. */
export async function selectJobs(project: Project, asked: readonly string[]): Promise<string[]> {
  const ids = await listJobIds(project.jobsDir);
  if (asked.length === 0) {
    if (ids.length > 0) return ids;
    throw new PrepsmithError('usage', {
      message: `${project.jobsDir}: expected job ads (*.txt), found none`,
      remedy: 'Put an ad there, or run `npx prepsmith add <file>`.',
    });
  }
  const wanted = asked.map((name) => name.replace(/^.*[\\/]/, '').replace(/\.txt$/, ''));
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown === undefined) return [...new Set(wanted)];
  throw new PrepsmithError('usage', {
    message: `expected a job of ${project.jobsDir}, found ${JSON.stringify(unknown)}`,
    remedy:
      ids.length === 0
        ? 'The folder holds no ads yet.'
        : `Known jobs: ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', …' : ''}.`,
  });
}

/** One machine-readable document. */
export function printJson(environment: Environment, document: object): void {
  environment.stdout(`${JSON.stringify(document, undefined, 2)}\n`);
}
