/** Results as lines for a person: the first failure in full, the rest by name. */
import type { Counterexample, PropertyResult } from '../properties/check-properties.ts';
import type { Language } from '../primitive-ids.ts';
import type { Arguments, Primitive } from '../primitive.ts';
import { showValue } from '../wire-value.ts';
import type { Difference } from './compare.ts';
import type { CaseResult } from './judge-cases.ts';
import type { Outcome } from './types.ts';

const LISTED = 12;
const PRINTED_LINES = 20;

export interface ReportContext {
  primitive: Primitive;
  language: Language;
  /** Path of the solution as a person would type it. */
  file: string;
}

export function reportCases(context: ReportContext, results: readonly CaseResult[]): string[] {
  const failed = results.filter(({ verdict }) => verdict.state !== 'passed');
  const [first] = failed;
  const total = `${results.length - failed.length} passed of ${results.length}`;
  if (first === undefined) return [`${total}.`];
  const others = failed.slice(1).map((result) => result.case.name);
  return [
    ...reportFailure(context, first, results.length),
    '',
    `${total}.${others.length === 0 ? '' : ` Also failing: ${listOf(others)}.`}`,
  ];
}

function reportFailure(context: ReportContext, result: CaseResult, total: number): string[] {
  const { case: drillCase, number, verdict } = result;
  return [
    `FAILED  ${drillCase.name}  (case ${number} of ${total})`,
    `  rule      ${drillCase.rule}`,
    `  called    ${showCall(context, drillCase.args)}`,
    ...verdictLines(context, result),
    ...('printed' in verdict ? printedLines(verdict.printed) : []),
  ];
}

function verdictLines(context: ReportContext, { case: drillCase, verdict }: CaseResult): string[] {
  switch (verdict.state) {
    case 'passed':
      return [];
    case 'not-run':
      return ['  got       not run: too many cases before it ended the process'];
    case 'changed-input':
      return ['  got       the right result, but the arguments were changed; they are the caller’s'];
    case 'failed':
      return [`  expected  ${showValue(drillCase.expected)}`, ...outcomeLines(context, verdict.outcome)];
    case 'differs':
      return [
        ...differenceLines(verdict.difference),
        `  expected  ${showValue(drillCase.expected)}`,
        `  got       ${showValue(verdict.got.value)}`,
        ...printedLines(verdict.got.printed),
      ];
    default:
      return verdict satisfies never;
  }
}

function differenceLines({ path, expected, got }: Difference): string[] {
  if (path === '') return [];
  return [`  at ${path.padEnd(6)} expected ${showValue(expected)}, got ${showValue(got)}`];
}

export function outcomeLines(context: ReportContext, outcome: Exclude<Outcome, { state: 'returned' }>): string[] {
  switch (outcome.state) {
    case 'timed-out':
      return [`  got       no answer in ${outcome.afterMs / 1000} s: an endless loop?`];
    case 'died':
      return [`  got       no answer: ${outcome.message}`];
    case 'threw': {
      const place = outcome.line === undefined ? '' : `  (${context.file}:${outcome.line})`;
      return [`  got       ${outcome.message.split('\n')[0]}${place}`, ...printedLines(outcome.printed)];
    }
    default:
      return outcome satisfies never;
  }
}

function printedLines(printed: string): string[] {
  if (printed.trim() === '') return [];
  const lines = printed.trimEnd().split('\n');
  const more = lines.length > PRINTED_LINES ? ['            …'] : [];
  return ['  printed', ...lines.slice(0, PRINTED_LINES).map((line) => `            ${line}`), ...more];
}

export function reportProperties(context: ReportContext, results: readonly PropertyResult[]): string[] {
  const broken = results.flatMap((result) =>
    result.counterexample === undefined ? [] : [{ ...result, counterexample: result.counterexample }],
  );
  const runs = results.reduce((sum, result) => sum + result.runs, 0);
  const names = results.map(({ name }) => name).join(', ');
  const total = `${results.length - broken.length} of ${results.length} rules hold for random input (${names}; ${runs} inputs).`;
  return [
    ...broken.flatMap(({ name, rule, counterexample }) => counterexampleLines(context, name, rule, counterexample)),
    total,
  ];
}

function counterexampleLines(
  context: ReportContext,
  name: string,
  rule: string,
  { args, problem, shrinks }: Counterexample,
): string[] {
  return [
    `BROKEN  ${name}  (counterexample, shrunk ${shrinks} times)`,
    `  rule      ${rule}`,
    `  called    ${showCall(context, args)}`,
    ...('difference' in problem
      ? [
          `  expected  ${showValue(problem.difference.expected)}${problem.difference.path === '' ? '' : ` at ${problem.difference.path}`}`,
          `  got       ${showValue(problem.difference.got)}`,
        ]
      : outcomeLines(context, problem.outcome)),
    '',
  ];
}

function showCall({ primitive, language }: ReportContext, args: Arguments): string {
  return `${primitive.functionName[language]}(${args.map((value) => showValue(value, 120)).join(', ')})`;
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ');
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}
