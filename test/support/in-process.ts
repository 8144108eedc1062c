/** A whole run inside the test process, over real folders. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listJobIds } from '../../src/job/discover.ts';
import { openContent } from '../../src/run/content.ts';
import { loadOptions } from '../../src/config.ts';
import { openProvider } from '../../src/run/open-provider.ts';
import type { RunReport } from '../../src/run/report.ts';
import { runBatch } from '../../src/run/run-batch.ts';
import { readTree, REPO_DIR } from './cli.ts';

export interface InProcessRun {
  report: RunReport;
  outDir: string;
  /** Path → text of everything published. */
  tree: Record<string, string>;
  remove(): Promise<void>;
}

export async function runInProcess(folders: { jobsDir: string; bankDir?: string }): Promise<InProcessRun> {
  const rootDir = await mkdtemp(path.join(tmpdir(), 'prepsmith-run-'));
  const outDir = path.join(rootDir, 'output');
  await mkdir(outDir);
  const project = {
    rootDir,
    jobsDir: folders.jobsDir,
    outDir,
    bankDir: folders.bankDir ?? path.join(REPO_DIR, 'bank'),
    templatesDir: path.join(REPO_DIR, 'templates'),
    compiledBankFile: path.join(rootDir, 'bank.json'),
    buildId: undefined,
  };
  const content = await openContent(project);
  const host = { pid: process.pid, isAlive: () => true, now: () => 0, epochMs: () => 0 };
  const configured = await loadOptions(rootDir, { provider: 'offline' }, {});
  const context = {
    project,
    host,
    content,
    provider: () => openProvider({ project, host, content, options: configured, isFresh: false }),
    jobTimeoutMs: 60_000,
    signal: new AbortController().signal,
  };
  const options = {
    isForced: false,
    provider: 'offline',
    model: undefined,
    concurrency: 2,
    only: 'what-is-stale' as const,
  };
  const report = await runBatch(context, await listJobIds(folders.jobsDir), options, {
    started: () => undefined,
    finished: () => undefined,
  });
  return { report, outDir, tree: await readTree(outDir), remove: () => rm(rootDir, { recursive: true, force: true }) };
}
