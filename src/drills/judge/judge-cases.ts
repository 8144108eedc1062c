/** Runs every case against the reader's function. */
import type { DrillCase } from '../primitive.ts';
import { compareValues, type Difference, type Tolerance } from './compare.ts';
import type { Outcome, Session } from './types.ts';

export interface CaseResult {
  case: DrillCase;
  /** Position in cases.json, from 1. */
  number: number;
  verdict: Verdict;
}

export type Verdict =
  | { state: 'passed' }
  | { state: 'differs'; got: Outcome & { state: 'returned' }; difference: Difference }
  | { state: 'changed-input'; printed: string }
  | { state: 'failed'; outcome: Exclude<Outcome, { state: 'returned' }> }
  | { state: 'not-run' };

/** A function that hangs for one input mostly hangs for the rest. */
const MAX_LOST = 3;

export async function judgeCases(
  session: Session,
  cases: readonly DrillCase[],
  tolerance: Tolerance,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  let lost = 0;
  for (const [index, drillCase] of cases.entries()) {
    const number = index + 1;
    if (lost >= MAX_LOST) {
      results.push({ case: drillCase, number, verdict: { state: 'not-run' } });
      continue;
    }
    const outcome = await session.call(drillCase.args);
    if (outcome.state === 'timed-out' || outcome.state === 'died') lost += 1;
    results.push({ case: drillCase, number, verdict: verdictOf(drillCase, outcome, tolerance) });
  }
  return results;
}

function verdictOf(drillCase: DrillCase, outcome: Outcome, tolerance: Tolerance): Verdict {
  if (outcome.state !== 'returned') return { state: 'failed', outcome };
  const difference = compareValues(drillCase.expected, outcome.value, tolerance);
  if (difference !== undefined) return { state: 'differs', got: outcome, difference };
  return outcome.hasChangedInput ? { state: 'changed-input', printed: outcome.printed } : { state: 'passed' };
}
