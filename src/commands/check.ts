/** `prepsmith check [job…]`: the gate over the published packs; writes nothing. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EXIT_CODES, failureRecord, formatFailure, type FailureRecord } from '../errors.ts';
import { cleanAd } from '../job/clean.ts';
import { readJobSource } from '../job/discover.ts';
import { runGate } from '../pack/gate/gate.ts';
import type { Finding } from '../pack/gate/types.ts';
import type { Pack } from '../pack/schema.ts';
import { sha256 } from '../run/manifest.ts';
import { packDir, type Project } from '../run/project.ts';
import { recoverPublishes } from '../run/staging.ts';
import { readPublishedPack } from '../run/run-job.ts';
import { printJson, selectJobs, setUp, type CommonFlags, type Environment } from './environment.ts';

interface CheckedJob {
  id: string;
  findings: Finding[];
  failure?: FailureRecord;
}

export async function check(environment: Environment, jobs: readonly string[], flags: CommonFlags): Promise<number> {
  const { project } = await setUp(environment, flags);
  const ids = await selectJobs(project, jobs);
  await recoverPublishes(project, environment.host);
  const results: CheckedJob[] = [];
  for (const id of ids) results.push(await checkJob(project, id));
  if (flags.json === true) printJson(environment, { version: 1, jobs: results });
  else show(environment, results);
  return results.some((result) => result.failure !== undefined || result.findings.length > 0)
    ? EXIT_CODES.findings
    : EXIT_CODES.done;
}

async function checkJob(project: Project, id: string): Promise<CheckedJob> {
  try {
    const pack = await readPublishedPack(project, id);
    const source = await readJobSource(project.jobsDir, id);
    const cleaned = 'source' in source ? cleanAd(source.source.bytes) : undefined;
    const adText = cleaned !== undefined && 'text' in cleaned ? cleaned.text : undefined;
    const findings = runGate({ pack, adText, files: await readGenerated(packDir(project, id)) });
    return { id, findings: [...adFindings(pack, adText), ...findings] };
  } catch (error) {
    return { id, findings: [], failure: failureRecord(error) };
  }
}

/** The pack was made from this ad, as it is now. */
function adFindings(pack: Pack, adText: string | undefined): Finding[] {
  const remedy = `Run \`npx prepsmith generate ${pack.job.id}\`.`;
  const finding = (message: string): Finding => ({
    code: 'ad',
    severity: 'warning',
    path: 'job.sha256',
    message,
    remedy,
  });
  if (adText === undefined)
    return [finding('expected the ad that the pack was made from, found none that can be read')];
  return sha256(adText) === pack.job.sha256
    ? []
    : [finding('expected the ad that the pack was made from, found that it has changed since')];
}

/** Every Markdown file of the pack but the reader's own. */
async function readGenerated(dir: string): Promise<{ path: string; text: string }[]> {
  const names = await readdir(dir, { recursive: true });
  const generated = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:md|yaml)$/.test(name) && !name.startsWith('my/'));
  return Promise.all(
    generated.sort().map(async (name) => ({ path: name, text: await readFile(path.join(dir, name), 'utf8') })),
  );
}

function show(environment: Environment, results: readonly CheckedJob[]): void {
  for (const result of results) {
    if (result.failure !== undefined) environment.stdout(`${result.id}: ${formatFailure(result.failure).join('\n')}\n`);
    else if (result.findings.length === 0) environment.stdout(`${result.id}: clean\n`);
    for (const finding of result.findings)
      environment.stdout(
        `${result.id}: ${finding.severity} ${finding.code}: ${finding.path}: ${finding.message}\n→ ${finding.remedy}\n`,
      );
  }
}
