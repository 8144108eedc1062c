/** The hand labels of the shipped ads, and how well a parsed ad agrees with them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseBank, readBankFiles } from '../../src/bank/load.ts';
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
