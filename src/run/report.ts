/** What became of each job, and of the run. Plain data: commands show it, `--json` prints it. */
import type { FailureRecord } from '../errors.ts';
import type { Finding } from '../pack/gate/types.ts';
import type { Problem } from '../problem.ts';
import type { Forecast } from './forecast.ts';
import type { JobWriting } from './job-writing.ts';
import type { PackSummary } from '../render/render-index.ts';

export type JobState =
  /** Published, and something differs from before. */
  | 'made'
  /** Made or rendered again, with the same bytes. */
  | 'same'
  | 'rendered'
  /** Nothing was to do. */
  | 'current'
  | 'failed'
  /** The run was stopped before its turn. */
  | 'not-reached';

export interface JobResult {
  id: string;
  state: JobState;
  reasons: string[];
  durationMs: number;
  summary?: PackSummary;
  findings: Finding[];
  /** Items of replies that did not hold and were left out. */
  dropped: Problem[];
  written: string[];
  deleted: string[];
  /** Copies of hand-edited files that were replaced. */
  kept: string[];
  /** What the model was asked for and what came of it; absent where none was asked. */
  writing?: JobWriting;
  /** What the requests of this job were expected to take. */
  forecast?: Forecast;
  failure?: FailureRecord;
}

export interface RunReport {
  version: 1;
  provider: string;
  durationMs: number;
  isInterrupted: boolean;
  /** What ended the run before its time: the budget, or an endpoint that fails every job. */
  stoppedBy?: FailureRecord;
  /** Absent where no model is asked. */
  spending?: Spending;
  jobs: JobResult[];
  /** Entries of the bank that were left out. */
  bankDefects: Problem[];
  /** Packs that an earlier, killed run had decided on and this one completed. */
  recovered: string[];
}

/** What a run's requests came to. */
export interface Spending {
  model: string;
  /** HTTP requests, those that failed as well. */
  requests: number;
  fromVault: number;
  inputTokens: number;
  outputTokens: number;
  /** `null`: no price is known. */
  costUsd: number | null;
  /** Requests whose cost nobody will say, such as one that was cut off; not part of `costUsd`. */
  unknownCosts: number;
  /** By the killed run that this one went on from; counts against the budget. */
  spentBeforeUsd: number;
  budgetUsd: number | null;
  /** 429s: waiting, not failure. */
  rateLimited: number;
  /** What was expected of the jobs that were made. */
  forecast: Forecast;
}

export function emptyResult(id: string, state: JobState, reasons: string[]): JobResult {
  return { id, state, reasons, durationMs: 0, findings: [], dropped: [], written: [], deleted: [], kept: [] };
}

/** True when somebody has to look at something. */
export function needsAttention(report: RunReport): boolean {
  return (
    report.stoppedBy !== undefined ||
    report.bankDefects.length > 0 ||
    report.jobs.some((job) => job.state === 'failed' || job.findings.length > 0 || job.dropped.length > 0)
  );
}
