/**
 * What becomes of a job when the endpoint misbehaves: every fault of the test server, once (the
 * first request for questions meets it) and always (every request for questions does).
 */
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { loadOptions } from '../../src/config.ts';
import { RUNGS, type Rung } from '../../src/pack/ladder/types.ts';
import { openContent } from '../../src/run/content.ts';
import { openProvider } from '../../src/run/open-provider.ts';
import { planOptions } from '../../src/run/plan.ts';
import type { JobResult, RunReport } from '../../src/run/report.ts';
import { runBatch } from '../../src/run/run-batch.ts';
import { REPO_DIR } from '../support/cli.ts';
import { faultEntry, type FaultName } from '../support/model-server/faults/table.ts';
import { startModelServer } from '../support/model-server/server.ts';

export interface Recovery {
  fault: FaultName;
  shows: string;
  once: Outcome;
  always: Outcome;
}

interface Outcome {
  /** Of all parts of the job. */
  rung: Rung | 'no reply';
  /** Requests for the section that met the fault. */
  requests: number;
  becomes: string;
}

const AD = ['Data Engineer', 'Company: Acme', '', 'Requirements:', '- SQL with window functions', '- Python', ''].join(
  '\n',
);
const COUNTS = 'counts: {questions: 3, tasks: 2, behavioural: 1}\n';

export async function recoveryOf(fault: FaultName): Promise<Recovery> {
  const once = await runWith(fault, (time) => time === 0);
  const always = await runWith(fault, () => true);
  return { fault, shows: faultEntry(fault).shows, once, always };
}

const GUIDES = { questions: 'Write interview questions', tasks: 'Write coding tasks' };

/** Tasks have a `name` that can be missing (the crash that prepsmith replaces) and lists of plain text. */
function sectionOf(fault: FaultName): keyof typeof GUIDES {
  return ['missing-field', 'title-case-keys', 'list-as-text'].includes(fault) ? 'tasks' : 'questions';
}

async function runWith(fault: FaultName, isMet: (time: number) => boolean): Promise<Outcome> {
  let times = 0;
  await using server = await startModelServer({
    faults: (request) => {
      if (!JSON.stringify(request.messages).includes(GUIDES[sectionOf(fault)])) return undefined;
      times += 1;
      // Short, so that a stall or a wait of the server's is over soon.
      return isMet(times - 1) ? { name: fault, waitSeconds: 0.2 } : undefined;
    },
  });
  await using fixture = await createFixture({
    'jobs/acme.txt': AD,
    'jobs/acme.yaml': COUNTS,
    'prepsmith.yaml': 'timeouts: {attemptSeconds: 0.5, jobMinutes: 0.15}\n',
  });
  const report = await runIn(fixture.path, server.baseUrl);
  const [job] = report.jobs;
  if (job === undefined) throw new Error('no job');
  return { rung: highest(job), requests: times, becomes: becomes(job, report) };
}

async function runIn(rootDir: string, baseUrl: string): Promise<RunReport> {
  const project = {
    rootDir,
    jobsDir: path.join(rootDir, 'jobs'),
    outDir: path.join(rootDir, 'output'),
    bankDir: path.join(REPO_DIR, 'bank'),
    templatesDir: path.join(REPO_DIR, 'templates'),
    compiledBankFile: path.join(REPO_DIR, 'dist', 'bank.json'),
    buildId: undefined,
  };
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: baseUrl };
  const options = await loadOptions(rootDir, { provider: 'openai' }, env);
  const content = await openContent(project);
  const host = { pid: process.pid, isAlive: () => false, now: () => performance.now(), epochMs: () => Date.now() };
  let opened: ReturnType<typeof openProvider> | undefined;
  const context = {
    project,
    host,
    content,
    provider: () => (opened ??= openProvider({ project, host, content, options, isFresh: false })),
    jobTimeoutMs: options.model.jobTimeoutMs,
    signal: new AbortController().signal,
  };
  const batch = { ...planOptions(options, false), concurrency: 4, only: 'what-is-stale' as const };
  return runBatch(context, ['acme'], batch, { started: () => undefined, finished: () => undefined });
}

function highest({ writing }: JobResult): Outcome['rung'] {
  return [...RUNGS].reverse().find((rung) => (writing?.rungs[rung] ?? 0) > 0) ?? 'no reply';
}

function becomes(job: JobResult, report: RunReport): string {
  if (job.state === 'made') return job.writing?.leftOut.length === 0 ? 'published' : 'published, the stranger left out';
  const { code } = job.failure ?? report.stoppedBy ?? { code: 'nothing' };
  return report.stoppedBy === undefined ? `fails: ${code}` : `stops the run: ${code}`;
}
