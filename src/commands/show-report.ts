/** A run's report for people: what needs attention first on standard error, then the table. */
import { formatFailure } from '../errors.ts';
import { formatProblem } from '../problem.ts';
import { RUNGS } from '../pack/ladder/types.ts';
import type { JobWriting } from '../run/job-writing.ts';
import type { JobResult, RunReport, Spending } from '../run/report.ts';
import type { Environment } from './environment.ts';
import { formatCount, formatDuration, formatTable, formatUsd } from './table.ts';

const STATE_NAMES: Record<JobResult['state'], string> = {
  made: 'made',
  same: 'made, same bytes',
  rendered: 'rendered',
  current: 'up to date',
  failed: 'FAILED',
  'not-reached': 'not reached',
};

export function showReport(environment: Environment, report: RunReport, outDir: string): void {
  for (const line of attentionLines(report)) environment.stderr(`${line}\n`);
  if (report.jobs.every((job) => job.state === 'current')) {
    environment.stdout(
      `Nothing to do: ${report.jobs.length} ${report.jobs.length === 1 ? 'pack is' : 'packs are'} up to date in ${outDir}/.\n`,
    );
    return;
  }
  const columns = [
    { title: 'job' },
    { title: 'state' },
    { title: 'items', isNumber: true },
    { title: 'covered', isNumber: true },
    { title: 'gaps', isNumber: true },
    { title: 'findings', isNumber: true },
    { title: 'time', isNumber: true },
  ];
  const { spending } = report;
  const money = [{ title: 'calls', isNumber: true }, { title: 'cost', isNumber: true }, { title: 'ladder' }];
  environment.stdout(
    formatTable(
      spending === undefined ? columns : [...columns, ...money],
      report.jobs.map((job) => (spending === undefined ? row(job) : [...row(job), ...writingCells(job)])),
    ),
  );
  if (spending !== undefined) environment.stdout(`\n${spendingLines(spending, report.jobs).join('\n')}\n`);
  environment.stdout(`\n${closingLine(report, outDir)}\n`);
}

function row(job: JobResult): string[] {
  const { summary } = job;
  const content =
    summary === undefined
      ? ['', '', '']
      : [
          String(summary.questions + summary.tasks + summary.behavioural),
          `${summary.covered}/${summary.requirements}`,
          String(summary.requirements - summary.covered),
        ];
  return [
    job.id,
    STATE_NAMES[job.state],
    ...content,
    String(job.findings.length + job.dropped.length),
    formatDuration(job.durationMs),
  ];
}

function writingCells({ writing }: JobResult): string[] {
  if (writing === undefined) return ['', '', ''];
  const cached = writing.cacheHits > 0 ? ` (+${writing.cacheHits} kept)` : '';
  return [`${writing.attempts}${cached}`, formatUsd(writing.costUsd), rungsOf([writing])];
}

/** `6 direct, 1 salvaged`: how high each part of a pack had to climb. */
function rungsOf(writings: readonly JobWriting[]): string {
  return RUNGS.flatMap((rung) => {
    const count = writings.reduce((sum, writing) => sum + (writing.rungs[rung] ?? 0), 0);
    return count === 0 ? [] : [`${count} ${rung}`];
  }).join(', ');
}

function spendingLines(spending: Spending, jobs: readonly JobResult[]): string[] {
  const { model, requests, fromVault, inputTokens, outputTokens, forecast, budgetUsd } = spending;
  const writings = jobs.flatMap((job) => job.writing ?? []);
  const unknown = spending.unknownCosts > 0 ? ` and ${spending.unknownCosts} calls whose cost nobody says` : '';
  const limited = spending.rateLimited > 0 ? `, ${spending.rateLimited} refused by the rate limit and waited for` : '';
  const budget = budgetUsd === null ? '' : ` of a budget of ${formatUsd(budgetUsd)}`;
  const before =
    spending.spentBeforeUsd > 0 ? ` (${formatUsd(spending.spentBeforeUsd)} more by the run that was killed)` : '';
  return [
    `${model}: ${formatCount(requests)} calls${limited}, ${formatCount(fromVault)} replies kept from before.`,
    `${formatCount(inputTokens)} tokens in, ${formatCount(outputTokens)} out, ${formatUsd(spending.costUsd)}${unknown}${budget}${before}.`,
    ...(forecast.calls === 0
      ? []
      : [`Expected: ${formatCount(forecast.calls)} calls, ${formatUsd(forecast.costUsd)}${deviation(spending)}.`]),
    ...(writings.length === 0 ? [] : [`Replies: ${rungsOf(writings)}.`]),
  ];
}

function deviation({ costUsd, forecast }: Spending): string {
  if (costUsd === null || forecast.costUsd === null || forecast.costUsd === 0) return '';
  const percent = Math.round((costUsd / forecast.costUsd - 1) * 100);
  return percent === 0 ? ', as it came' : `; it came to ${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'}`;
}

function attentionLines(report: RunReport): string[] {
  const lines: string[] = [];
  if (report.stoppedBy !== undefined) lines.push(...formatFailure(report.stoppedBy));
  if (report.recovered.length > 0)
    lines.push(`Completed what an interrupted run had decided: ${report.recovered.join(', ')}.`);
  for (const defect of report.bankDefects) lines.push(`bank: ${formatProblem(defect)} (this entry was left out)`);
  for (const job of report.jobs) {
    if (job.failure !== undefined && job.failure.code !== report.stoppedBy?.code)
      lines.push(...formatFailure(job.failure).map((line, index) => (index === 0 ? `${job.id}: ${line}` : line)));
    for (const problem of job.dropped) lines.push(`${job.id}: ${formatProblem(problem)} (this item was left out)`);
    for (const finding of job.findings)
      lines.push(
        `${job.id}: ${finding.severity} ${finding.code}: ${finding.path}: ${finding.message}`,
        `→ ${finding.remedy}`,
      );
    for (const copy of job.kept)
      lines.push(`${job.id}: a file that was edited by hand was replaced; a copy is in ${copy}`);
  }
  return lines;
}

function closingLine(report: RunReport, outDir: string): string {
  const failed = report.jobs.filter((job) => job.state === 'failed').length;
  const done = report.jobs.length - failed - report.jobs.filter((job) => job.state === 'not-reached').length;
  const first =
    report.jobs.length === 1 && failed === 0 ? `${outDir}/${report.jobs[0]?.id}/README.md` : `${outDir}/README.md`;
  const stop = report.isInterrupted ? 'Interrupted: what was finished is published, the rest is as before. ' : '';
  const halted =
    report.stoppedBy === undefined ? '' : 'Stopped: what was finished is published, the rest is as before. ';
  const failures = failed > 0 ? ` ${failed} failed; what was published before is as it was.` : '';
  return `${stop}${halted}${done} of ${report.jobs.length} packs are up to date in ${formatDuration(report.durationMs)}.${failures} Start with ${first}.`;
}
