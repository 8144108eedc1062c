/** A run's report for people: what needs attention first on standard error, then the table. */
import { formatFailure } from '../errors.ts';
import { formatProblem } from '../problem.ts';
import type { JobResult, RunReport } from '../run/report.ts';
import type { Environment } from './environment.ts';
import { formatDuration, formatTable } from './table.ts';

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
  environment.stdout(formatTable(columns, report.jobs.map(row)));
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

function attentionLines(report: RunReport): string[] {
  const lines: string[] = [];
  if (report.recovered.length > 0)
    lines.push(`Completed what an interrupted run had decided: ${report.recovered.join(', ')}.`);
  for (const defect of report.bankDefects) lines.push(`bank: ${formatProblem(defect)} (this entry was left out)`);
  for (const job of report.jobs) {
    if (job.failure !== undefined)
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
  const failures = failed > 0 ? ` ${failed} failed; what was published before is as it was.` : '';
  return `${stop}${done} of ${report.jobs.length} packs are up to date in ${formatDuration(report.durationMs)}.${failures} Start with ${first}.`;
}
