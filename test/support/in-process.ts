/** A whole run inside the test process, over real folders. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listJobIds } from '../../src/job/discover.ts';
import { openContent } from '../../src/run/content.ts';
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
  const context = {
    project,
    host: { pid: process.pid, isAlive: () => true, now: () => 0 },
    content,
    provider: () => openProvider('offline', content),
    signal: new AbortController().signal,
  };
  const options = { isForced: false, provider: 'offline', concurrency: 2, only: 'what-is-stale' as const };
  const report = await runBatch(context, await listJobIds(folders.jobsDir), options, {
    started: () => undefined,
    finished: () => undefined,
  });
  return { report, outDir, tree: await readTree(outDir), remove: () => rm(rootDir, { recursive: true, force: true }) };
}
