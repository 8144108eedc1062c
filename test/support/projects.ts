/** A project on disk with a bank and ads of its own; the templates are the real ones. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { openContent } from '../../src/run/content.ts';
import type { Host } from '../../src/run/host.ts';
import { loadOptions } from '../../src/config.ts';
import { openProvider } from '../../src/run/open-provider.ts';
import type { Project } from '../../src/run/project.ts';
import type { RunContext } from '../../src/run/run-context.ts';
import { bankFiles, bankPrompt, bankQuestion, bankTask, type BankContent } from './banks.ts';

export const TEMPLATES_DIR = path.resolve(import.meta.dirname, '../../templates');

/** Enough for two ads, one on Python and one on databases. */
export const SMALL_BANK: BankContent = {
  questions: ['one', 'two', 'three', 'four', 'five', 'six'].flatMap((name) => [
    bankQuestion({ id: `python-${name}`, skills: ['programming.python'] }),
    bankQuestion({ id: `sql-${name}`, skills: ['databases.sql'] }),
  ]),
  tasks: ['one', 'two', 'three'].flatMap((name) => [
    bankTask({ id: `python-task-${name}`, skills: ['programming.python'] }),
    bankTask({ id: `sql-task-${name}`, skills: ['databases.sql'] }),
  ]),
  prompts: [
    bankPrompt({ id: 'background', baseline: true }),
    bankPrompt({ id: 'why-here', baseline: true }),
    bankPrompt({ id: 'conflict' }),
  ],
};

export const PYTHON_AD = [
  'Python Engineer',
  'Company: Acme',
  '',
  'Requirements:',
  '- Five years of Python in production',
  '- Clear communication with people outside the team',
  '',
  'Nice to have:',
  '- Rust',
  '',
].join('\n');

export const SQL_AD = [
  'Database Engineer',
  'Company: Umbrella',
  '',
  'Requirements:',
  '- SQL that still runs when the table has grown',
  '- A degree in computer science',
  '',
].join('\n');

export const HOST: Host = { pid: 4242, isAlive: () => false, now: () => performance.now(), epochMs: () => 0 };

export interface ProjectFixture extends AsyncDisposable {
  fixture: FsFixture;
  project: Project;
  /** Opens bank and templates as they stand now, and a context on them. */
  context(changes?: Partial<RunContext>): Promise<RunContext>;
}

export async function createProject(
  tree: Record<string, string> = { 'jobs/python.txt': PYTHON_AD, 'jobs/sql.txt': SQL_AD },
  bank: BankContent = SMALL_BANK,
): Promise<ProjectFixture> {
  const files = Object.fromEntries(bankFiles(bank).map((file) => [`bank/${file.name}`, file.text]));
  const fixture = await createFixture({ ...files, ...tree });
  const project: Project = {
    rootDir: fixture.path,
    jobsDir: fixture.getPath('jobs'),
    outDir: fixture.getPath('output'),
    bankDir: fixture.getPath('bank'),
    templatesDir: TEMPLATES_DIR,
    compiledBankFile: fixture.getPath('dist/bank.json'),
    buildId: undefined,
  };
  return {
    fixture,
    project,
    async context(changes = {}) {
      const content = changes.content ?? (await openContent(changes.project ?? project));
      return {
        project,
        host: HOST,
        content,
        provider: async () => {
          const options = await loadOptions(fixture.path, { provider: 'offline' }, {});
          return openProvider({ project, host: HOST, content, options, isFresh: false });
        },
        jobTimeoutMs: 60_000,
        signal: new AbortController().signal,
        ...changes,
      };
    },
    [Symbol.asyncDispose]: () => fixture.rm(),
  };
}

/** Every file below a folder: path with `/` → text. */
export async function readTree(fixture: FsFixture, folder: string): Promise<Record<string, string>> {
  const root = fixture.getPath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(
        async (file) => [path.relative(root, file).replaceAll('\\', '/'), await readFile(file, 'utf8')] as const,
      ),
    ),
  );
}
