/**
 * `npm run eval:ads [-- DIR]`: precision, recall and kind accuracy of requirement extraction.
 *
 * Without DIR: `jobs/` against the hand labels, quote by quote. With DIR: other texts of the same
 * ads (such as their damaged originals), against the labels by order, kind and skills, because
 * their wording differs.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseBank, readBankFiles } from '../../src/bank/load.ts';
import { parseJob } from '../../src/job/parse.ts';
import type { Job, RequirementKind } from '../../src/job/types.ts';
import { buildSkillMatcher } from '../../src/skills/match.ts';

export interface Label {
  quote: string;
  kind: RequirementKind;
}
export interface LabelledAd {
  title: string;
  company: string;
  language: string;
  requirements: Label[];
}
export interface Score {
  labelled: number;
  found: number;
  matched: number;
  kindRight: number;
  missed: string[];
  extra: string[];
  wrongKind: string[];
}

/** Quotes match when they are equal, or one holds the other and is at most a third longer. */
export function scoreAgainstLabels(job: Job, labels: readonly Label[]): Score {
  const score: Score = {
    labelled: labels.length,
    found: job.requirements.length,
    matched: 0,
    kindRight: 0,
    missed: [],
    extra: [],
    wrongKind: [],
  };
  const open = new Set(job.requirements);
  for (const label of labels) {
    const hit = [...open].find((requirement) => isSameLine(requirement.quote, label.quote));
    if (hit === undefined) {
      score.missed.push(`${label.kind}: ${label.quote}`);
      continue;
    }
    open.delete(hit);
    score.matched += 1;
    if (hit.kind === label.kind) score.kindRight += 1;
    else score.wrongKind.push(`${label.kind} read as ${hit.kind}: ${label.quote}`);
  }
  score.extra.push(...[...open].map((requirement) => `${requirement.kind}: ${requirement.quote}`));
  return score;
}

function isSameLine(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.includes(short) && short.length >= long.length * 0.75;
}

export async function loadMatcher() {
  const parsed = parseBank(await readBankFiles('bank'), 'bank');
  if ('problems' in parsed) throw new Error('the bank does not load; see npm run bank:check');
  return buildSkillMatcher(parsed.bank.skills);
}

export function readLabels(): Record<string, LabelledAd> {
  return parse(readFileSync('test/fixtures/ads/labels.yaml', 'utf8')) as Record<string, LabelledAd>;
}

async function main(dir: string | undefined): Promise<void> {
  const matcher = await loadMatcher();
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const total = { labelled: 0, found: 0, matched: 0, kindRight: 0, skillsSame: 0 };
  print('ad                           labelled  found  recall  precision  kind  title / company');
  for (const [id, labels] of Object.entries(readLabels())) {
    const read = (folder: string) => {
      const file = path.join(folder, `${id}.txt`);
      return parseJob({ id, file, bytes: readFileSync(file) }, matcher);
    };
    const job = read('jobs');
    const score = scoreAgainstLabels(job, labels.requirements);
    if (dir !== undefined) {
      const other = read(dir);
      const kinds = (one: Job) => one.requirements.map((requirement) => requirement.kind).join(' ');
      print(
        `${id.padEnd(28)} ${other.requirements.length} found, ${job.requirements.length} in jobs/; kinds ${kinds(other) === kinds(job) ? 'the same, in order' : 'DIFFER'}  ${other.title} / ${other.company}`,
      );
      other.requirements.forEach((requirement, index) => {
        const mine = job.requirements[index];
        const same = mine !== undefined && [...mine.skills].sort().join() === [...requirement.skills].sort().join();
        if (same) total.skillsSame += 1;
        else
          print(
            `    ${requirement.kind} [${requirement.skills.join(', ')}] ${requirement.quote.slice(0, 90)}\n      / ${mine?.kind} [${mine?.skills.join(', ')}] ${mine?.quote.slice(0, 90)}`,
          );
        total.found += 1;
      });
      continue;
    }
    total.labelled += score.labelled;
    total.found += score.found;
    total.matched += score.matched;
    total.kindRight += score.kindRight;
    const figure = (value: number) => value.toFixed(3);
    print(
      `${id.padEnd(28)} ${String(score.labelled).padStart(8)} ${String(score.found).padStart(6)} ${figure(score.matched / score.labelled).padStart(7)} ${figure(score.matched / score.found).padStart(10)} ${figure(score.kindRight / score.matched).padStart(5)}  ${job.title} / ${job.company} / ${job.language} / ${job.level}`,
    );
    for (const line of score.missed) print(`    missed  ${line}`);
    for (const line of score.extra) print(`    extra   ${line}`);
    for (const line of score.wrongKind) print(`    kind    ${line}`);
  }
  if (dir === undefined) {
    print(
      `all: recall ${(total.matched / total.labelled).toFixed(3)} (target 0.95), precision ${(total.matched / total.found).toFixed(3)} (target 0.90), kind ${(total.kindRight / total.matched).toFixed(3)} (target 0.90)`,
    );
  } else print(`all: ${total.skillsSame} of ${total.found} requirements with the same skills`);
}

if (process.argv[1]?.endsWith('evaluate-ads.ts')) await main(process.argv[2]);
