/** What became of each job, and of the run. Plain data: commands show it, `--json` prints it. */
import type { FailureRecord } from '../errors.ts';
import type { Finding } from '../pack/gate/types.ts';
import type { Problem } from '../problem.ts';
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
  failure?: FailureRecord;
}

export interface RunReport {
  version: 1;
  provider: string;
  durationMs: number;
  isInterrupted: boolean;
  jobs: JobResult[];
  /** Entries of the bank that were left out. */
  bankDefects: Problem[];
  /** Packs that an earlier, killed run had decided on and this one completed. */
  recovered: string[];
}

export function emptyResult(id: string, state: JobState, reasons: string[]): JobResult {
  return { id, state, reasons, durationMs: 0, findings: [], dropped: [], written: [], deleted: [], kept: [] };
}

/** True when somebody has to look at something. */
export function needsAttention(report: RunReport): boolean {
  return (
    report.bankDefects.length > 0 ||
    report.jobs.some((job) => job.state === 'failed' || job.findings.length > 0 || job.dropped.length > 0)
  );
}
