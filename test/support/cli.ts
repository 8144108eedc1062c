/** Runs the built command as a user does: in a folder of its own, through a shell-less child process. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const REPO_DIR = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(REPO_DIR, 'dist', 'cli.js');

export interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A throw-away project folder; removed by `await using`. */
export class Workspace implements AsyncDisposable {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** @param jobs ids of shipped ads to copy, or `all`. */
  static async create(jobs: readonly string[] | 'all' = []): Promise<Workspace> {
    const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-test-'));
    const workspace = new Workspace(dir);
    if (jobs === 'all') await cp(path.join(REPO_DIR, 'jobs'), workspace.path('jobs'), { recursive: true });
    for (const id of jobs === 'all' ? [] : jobs) {
      await cp(path.join(REPO_DIR, 'jobs', `${id}.txt`), workspace.path('jobs', `${id}.txt`));
    }
    return workspace;
  }

  /** An installation of its own, for tests that change the bank or a template. */
  async install(): Promise<string> {
    const home = this.path('installation');
    for (const part of ['dist', 'bank', 'templates', 'package.json']) {
      await cp(path.join(REPO_DIR, part), path.join(home, part), { recursive: true });
    }
    await cp(path.join(REPO_DIR, 'node_modules'), path.join(home, 'node_modules'), {
      recursive: true,
      filter: (source) =>
        !/node_modules\/(?:@oxlint|@oxfmt|oxlint|oxfmt|knip|typescript|@typescript|@esbuild|vite|vitest|rolldown|@rolldown)/.test(
          source.replaceAll('\\', '/'),
        ),
    });
    return path.join(home, 'dist', 'cli.js');
  }

  path(...parts: string[]): string {
    return path.join(this.dir, ...parts);
  }

  run(
    args: readonly string[],
    options: { cli?: string; input?: string; env?: Record<string, string> } = {},
  ): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [options.cli ?? CLI, ...args], {
        cwd: this.dir,
        env: { ...process.env, NO_COLOR: '1', ...options.env },
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
      child.stdin.end(options.input ?? '');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Every file below a folder: path with `/` → text. */
export async function readTree(dir: string): Promise<Record<string, string>> {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = await Promise.all(
    names.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(dir, file).replaceAll('\\', '/'), await readFile(file, 'utf8')] as const;
    }),
  );
  return Object.fromEntries(files.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Modification times of every file below a folder, in milliseconds. */
export async function readTimes(dir: string): Promise<Record<string, number>> {
  const names = Object.keys(await readTree(dir));
  const times = await Promise.all(
    names.map(async (name) => [name, (await stat(path.join(dir, name))).mtimeMs] as const),
  );
  return Object.fromEntries(times);
}
