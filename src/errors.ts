/**
 * The kinds of failure a person can meet. Each says what happened, where, and what to do next;
 * anything else that is thrown is a defect in prepsmith and leaves with exit code 3.
 */
import { formatProblem, type Problem } from './problem.ts';

export const EXIT_CODES = {
  done: 0,
  /** Finished, but a job failed or the gate found something. */
  findings: 1,
  /** Wrong use, wrong configuration, a broken template or bank: said before any job starts. */
  usage: 2,
  defect: 3,
  /** Stopped at the budget; everything paid for is kept. */
  budget: 4,
  interrupted: 130,
} as const;

export type ErrorCode =
  | 'usage'
  | 'config'
  | 'bank-broken'
  | 'template-broken'
  | 'job-file'
  | 'job-overrides'
  | 'not-an-ad'
  | 'pack-file'
  | 'pack-invalid'
  | 'pack-edited'
  | 'drill-source'
  | 'drill-sealed'
  | 'reply-invalid'
  /** No reply came, or none that will do: this job's failure. */
  | 'reply-failed'
  | 'reply-refused'
  /** Nothing recorded answers the request (replay). */
  | 'reply-unknown'
  | 'timeout'
  /** What would fail every job: a wrong key, no credit, an endpoint that is down. The run stops. */
  | 'provider'
  | 'budget'
  | 'publish';

export interface ErrorDetails {
  /** One line: what happened and why, with file or path. */
  message: string;
  /** What to do next, as an imperative sentence. */
  remedy: string;
  problems?: Problem[];
  cause?: unknown;
}

/** A failure that was foreseen; it stops one job, or the run before any job starts. */
export class PrepsmithError extends Error {
  override readonly name = 'PrepsmithError';
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly problems: Problem[];

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
    this.problems = details.problems ?? [];
  }
}

const BEFORE_ANY_JOB: ReadonlySet<ErrorCode> = new Set(['usage', 'config', 'bank-broken', 'template-broken']);

/** Failures that end the run: every job after it would meet the same. */
export const STOPS_THE_RUN: ReadonlySet<string> = new Set<ErrorCode>(['provider', 'budget']);

/** The exit code for an error that ended the run. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof PrepsmithError)) return EXIT_CODES.defect;
  return BEFORE_ANY_JOB.has(error.code) ? EXIT_CODES.usage : EXIT_CODES.findings;
}

/** Plain data of a failure, for reports and `--json`. */
export interface FailureRecord {
  code: ErrorCode | 'defect';
  message: string;
  remedy: string;
  problems: Problem[];
}

export function failureRecord(error: unknown): FailureRecord {
  if (error instanceof PrepsmithError) {
    return { code: error.code, message: error.message, remedy: error.remedy, problems: error.problems };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'defect',
    message: `a defect in prepsmith: ${message}`,
    remedy: 'Report it with the ad that causes it; run again with NODE_DEBUG=prepsmith for the stack.',
    problems: [],
  };
}

/** The failure as lines for a person: message, problems, remedy. */
export function formatFailure(failure: FailureRecord, problemLimit = 10): string[] {
  const shown = failure.problems.slice(0, problemLimit).map((problem) => `  ${formatProblem(problem)}`);
  const rest = failure.problems.length - shown.length;
  if (rest > 0) shown.push(`  … and ${rest} more`);
  return [`${failure.code}: ${failure.message}`, ...shown, `→ ${failure.remedy}`];
}
