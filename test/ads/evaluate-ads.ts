/**
 * `npm run eval:ads [-- DIR]`: precision, recall and kind accuracy of requirement extraction.
 *
 * Without DIR: `jobs/` against the hand labels, quote by quote. With DIR: other texts of the same
 * ads (such as their damaged originals) against `jobs/`, by number, order and kind of the
 * requirements and by their skills, because the wording differs. `--verbose` shows each difference.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseJob } from '../../src/job/parse.ts';
import type { Job } from '../../src/job/types.ts';
import type { SkillMatcher } from '../../src/skills/match.ts';
import { loadMatcher, readLabels, scoreAgainstLabels } from './labels.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const figure = (value: number): string => value.toFixed(3);

function readJob(folder: string, id: string, matcher: SkillMatcher): Job {
  const file = path.join(folder, `${id}.txt`);
  return parseJob({ id, file, bytes: readFileSync(file) }, matcher);
}

function againstLabels(matcher: SkillMatcher): void {
  const total = { labelled: 0, found: 0, matched: 0, kindRight: 0 };
  print('ad                           labelled  found  recall  precision   kind  title / company / language / level');
  for (const [id, labels] of Object.entries(readLabels())) {
    const job = readJob('jobs', id, matcher);
    const score = scoreAgainstLabels(job, labels.requirements);
    for (const key of ['labelled', 'found', 'matched', 'kindRight'] as const) total[key] += score[key];
    const columns = [
      String(score.labelled).padStart(8),
      String(score.found).padStart(6),
      figure(score.matched / score.labelled).padStart(7),
      figure(score.matched / score.found).padStart(10),
      figure(score.kindRight / score.matched).padStart(6),
    ];
    print(`${id.padEnd(28)} ${columns.join(' ')}  ${job.title} / ${job.company} / ${job.language} / ${job.level}`);
    for (const line of score.missed) print(`    missed  ${line}`);
    for (const line of score.extra) print(`    extra   ${line}`);
    for (const line of score.wrongKind) print(`    kind    ${line}`);
  }
  print(
    `all: recall ${figure(total.matched / total.labelled)} (target 0.950), precision ${figure(total.matched / total.found)} (target 0.900), kind ${figure(total.kindRight / total.matched)} (target 0.900)`,
  );
}

const kindsOf = (job: Job): string => job.requirements.map((requirement) => requirement.kind).join(' ');
const skillsOf = (skills: readonly string[] | undefined): string => [...(skills ?? [])].sort().join(', ');

function againstOther(dir: string, isVerbose: boolean, matcher: SkillMatcher): void {
  let found = 0;
  let expected = 0;
  let sameKind = 0;
  let sharedSkill = 0;
  for (const id of Object.keys(readLabels())) {
    const ours = readJob('jobs', id, matcher);
    const theirs = readJob(dir, id, matcher);
    found += theirs.requirements.length;
    expected += ours.requirements.length;
    print(
      `${id.padEnd(28)} ${theirs.requirements.length} found, ${ours.requirements.length} in jobs/; kinds ${kindsOf(theirs) === kindsOf(ours) ? 'the same, in the same order' : 'DIFFER'}`,
    );
    for (const [index, their] of theirs.requirements.entries()) {
      const our = ours.requirements[index];
      if (our?.kind === their.kind) sameKind += 1;
      if (
        skillsOf(our?.skills) === skillsOf(their.skills) ||
        their.skills.some((skill) => our?.skills.includes(skill) === true)
      )
        sharedSkill += 1;
      if (isVerbose && skillsOf(our?.skills) !== skillsOf(their.skills))
        print(
          `    ${their.kind} [${skillsOf(their.skills)}] ${their.quote.slice(0, 80)}\n      / ${our?.kind} [${skillsOf(our?.skills)}] ${our?.quote.slice(0, 80)}`,
        );
    }
  }
  print(
    `all: ${found} of ${expected} requirements found, ${sameKind} with the same kind, ${sharedSkill} with a skill in common or none in both`,
  );
}

const [first, ...rest] = process.argv.slice(2);
const matcher = await loadMatcher();
if (first === undefined) againstLabels(matcher);
else againstOther(first, rest.includes('--verbose'), matcher);
