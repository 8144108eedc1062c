#!/usr/bin/env node
/** argv → command. The only file that touches the process: its streams, environment and exit code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { debuglog } from 'node:util';
import { Command, CommanderError } from 'commander';
import type { Environment } from './commands/environment.ts';
import { EXIT_CODES, exitCodeOf, failureRecord, formatFailure } from './errors.ts';

const PACKAGE_DIR = path.resolve(import.meta.dirname, '..');

const PROVIDER_HELP =
  'where content comes from: offline, openai or replay (default: openai when OPENAI_API_KEY is set)';

function environment(signal: AbortSignal): Environment {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    isInteractive: process.stderr.isTTY && process.env['TERM'] !== 'dumb' && process.env['CI'] === undefined,
    readStdin: () => buffer(process.stdin),
    host: { pid: process.pid, isAlive, now: () => performance.now(), epochMs: () => Date.now() },
    signal,
    installation: {
      bankDir: path.join(PACKAGE_DIR, 'bank'),
      templatesDir: path.join(PACKAGE_DIR, 'templates'),
      compiledBankFile: path.join(PACKAGE_DIR, 'dist', 'bank.json'),
      buildId: readBuildId(),
    },
  };
}

function readBuildId(): string | undefined {
  try {
    return readFileSync(path.join(import.meta.dirname, 'build-id'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function program(env: Environment, finish: (exitCode: number) => void): Command {
  const root = new Command('prepsmith')
    .description('Turns a folder of job ads into interview prep packs.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(prepsmith --help shows the verbs and their flags)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => env.stdout(text), writeErr: (text) => env.stderr(text) });
  const verb = (usage: string, description: string) =>
    root
      .command(usage)
      .description(description)
      .option('--jobs <dir>', 'folder with the ads (default: jobs)')
      .option('--out <dir>', 'folder for the packs (default: output)')
      .option('--json', 'one machine-readable document on standard output');
  verb('generate [job...]', 'bring packs up to date: plan, produce, check, publish')
    .option('--force', 'make them anew even if nothing changed')
    .option('--provider <name>', PROVIDER_HELP)
    .option('--model <name>', 'model to ask (default: gpt-6.1-terra)')
    .option('--budget <usd>', 'US dollars that the run may spend; it stops before the first one above')
    .option('--allow-unknown-price', 'keep going under a budget although the price of the model is not known')
    .option('--fresh', 'ask the model anew, even where a reply to the same request is kept')
    .option('--concurrency <n>', 'jobs at a time, and requests at a time with a model (default: 4)')
    .action(async (jobs: string[], flags: object) =>
      finish(await (await import('./commands/generate.ts')).generate(env, jobs, flags)),
    );
  verb('plan [job...]', 'say what is stale and why; spend and write nothing')
    .option('--force', 'as generate --force would')
    .option('--provider <name>', PROVIDER_HELP)
    .option('--model <name>', 'model to ask')
    .option('--fresh', 'as generate --fresh would')
    .action(async (jobs: string[], flags: object) =>
      finish(await (await import('./commands/plan.ts')).plan(env, jobs, flags)),
    );
  verb('add <file>', 'clean an ad (- reads standard input), show what was understood, write jobs/<id>.txt')
    .option('--id <id>', 'name of the job (default: made from the file, or company and title)')
    .option('--force', 'replace an ad of that name')
    .action(async (file: string, flags: object) =>
      finish(await (await import('./commands/add.ts')).add(env, file, flags)),
    );
  verb('check [job...]', 'run the gate over published packs').action(async (jobs: string[], flags: object) =>
    finish(await (await import('./commands/check.ts')).check(env, jobs, flags)),
  );
  verb('render [job...]', 'write the files again from pack.yaml; no provider is asked').action(
    async (jobs: string[], flags: object) =>
      finish(await (await import('./commands/render.ts')).render(env, jobs, flags)),
  );
  verb('status [job...]', 'one line a job: state, provider, coverage, findings, cost').action(
    async (jobs: string[], flags: object) =>
      finish(await (await import('./commands/status.ts')).status(env, jobs, flags)),
  );
  verb('drill <job> [drill]', 'run your own version of a primitive against its cases; without one, list the drills')
    .option('--lang <language>', 'typescript or python (default: typescript)')
    .option('--hint', 'the next of three hints')
    .option('--reveal', 'the reference, once you have tried')
    .option('--reset', 'the stub again; what you had is kept beside it')
    .option('--watch', 'run again at every save')
    .option('--bench', 'measure it against the reference, other versions and this machine')
    .action(async (job: string, primitive: string | undefined, flags: object) =>
      finish(await (await import('./commands/drill.ts')).drill(env, JUDGE_HOST, job, primitive, flags)),
    );
  return root;
}

/** Runs the reader's solutions in processes of their own. */
const JUDGE_HOST = {
  nodePath: process.execPath,
  env: process.env,
  killGroup: (pid: number): boolean => {
    try {
      // There are no process groups on Windows: the caller ends the process itself there.
      return process.platform !== 'win32' && process.kill(-pid, 'SIGKILL');
    } catch {
      return false;
    }
  },
};

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(PACKAGE_DIR, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

async function main(): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`standard output cannot be written: ${error.message}\n`);
    process.exit(EXIT_CODES.findings);
  });
  // Progress is for whoever still reads it; a run goes on without.
  process.stderr.on('error', () => undefined);
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write('\nStopping: what is finished stays; once more stops at once.\n');
    interrupt.abort();
    process.once('SIGINT', () => process.exit(EXIT_CODES.interrupted));
  });
  const env = environment(interrupt.signal);
  try {
    await program(env, (exitCode) => (process.exitCode = exitCode)).parseAsync();
  } catch (error) {
    // Help and version end like this too, with exit code 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    else {
      debuglog('prepsmith')('%o', error);
      const failure = failureRecord(error);
      if (process.argv.includes('--json'))
        process.stdout.write(`${JSON.stringify({ version: 1, error: failure }, undefined, 2)}\n`);
      process.stderr.write(`${formatFailure(failure).join('\n')}\n`);
      process.exitCode = exitCodeOf(error);
    }
  }
}

await main();
