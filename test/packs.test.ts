/** The packs of the shipped ads: what they promise to a reader. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { itemsOf, packSchema, type Pack } from '../src/pack/schema.ts';
import { nearness, buildTaxonomy } from '../src/skills/taxonomy.ts';
import { parseBank, readBankFiles } from '../src/bank/load.ts';
import { REPO_DIR } from './support/cli.ts';
import { runInProcess, type InProcessRun } from './support/in-process.ts';

const parsedBank = parseBank(await readBankFiles(path.join(REPO_DIR, 'bank')), 'bank');
if ('problems' in parsedBank) throw new Error('the bank does not load');
const taxonomy = buildTaxonomy(parsedBank.bank.skills);

let run: InProcessRun;
let packs: Pack[];

beforeAll(async () => {
  run = await runInProcess({ jobsDir: path.join(REPO_DIR, 'jobs') });
  packs = Object.entries(run.tree)
    .filter(([name]) => name.endsWith('/pack.yaml'))
    .map(([, text]) => packSchema.parse(parse(text)));
});

afterAll(() => run.remove());

describe('the packs of the shipped ads', () => {
  it('are eight, with 12 to 20 questions, 3 to 5 tasks, 5 to 8 prompts and no finding', () => {
    expect(packs).toHaveLength(8);
    for (const pack of packs) {
      expect(pack.questions.length, pack.job.id).toBeGreaterThanOrEqual(12);
      expect(pack.questions.length, pack.job.id).toBeLessThanOrEqual(20);
      expect(pack.tasks.length, pack.job.id).toBeGreaterThanOrEqual(3);
      expect(pack.tasks.length, pack.job.id).toBeLessThanOrEqual(5);
      expect(pack.behavioural.length, pack.job.id).toBeGreaterThanOrEqual(5);
      expect(pack.behavioural.length, pack.job.id).toBeLessThanOrEqual(8);
    }
    expect(run.report.jobs.flatMap((job) => job.findings)).toEqual([]);
  });

  it('serve every must that is not shown on paper', () => {
    const unserved = packs.flatMap((pack) =>
      pack.requirements
        .filter((requirement) => requirement.kind === 'must' && requirement.gap !== undefined)
        .filter(
          (requirement) =>
            !(requirement.skills.length > 0 && requirement.skills.every((skill) => skill.startsWith('paper'))),
        )
        .map((requirement) => `${pack.job.id}: ${requirement.quote}`),
    );
    expect(unserved).toEqual([]);
  });

  it('share a question only where both ads ask for its skill', () => {
    for (const pack of packs) {
      const asked = pack.requirements.flatMap((requirement) => requirement.skills);
      for (const question of pack.questions) {
        expect(
          question.skills.some((offered) => asked.some((wanted) => nearness(taxonomy, offered, wanted) > 0)),
          `${pack.job.id}: ${question.id}`,
        ).toBe(true);
      }
    }
  });

  it('differ: no two packs have more than two fifths of their questions in common', () => {
    for (const [index, one] of packs.entries()) {
      for (const other of packs.slice(index + 1)) {
        const ids = new Set(one.questions.map((question) => question.id));
        const common = other.questions.filter((question) => ids.has(question.id)).length;
        expect(
          common / Math.min(one.questions.length, other.questions.length),
          `${one.job.id} and ${other.job.id}`,
        ).toBeLessThanOrEqual(0.4);
      }
    }
  });

  it('mix levels and kinds', () => {
    for (const pack of packs) {
      expect(new Set(pack.questions.map((question) => question.kind)).size, pack.job.id).toBeGreaterThanOrEqual(4);
      expect(new Set(pack.questions.map((question) => question.level)).size, pack.job.id).toBeGreaterThanOrEqual(2);
      const concepts = pack.questions.filter((question) => question.kind === 'concept').length;
      expect(concepts / pack.questions.length, pack.job.id).toBeLessThanOrEqual(0.5);
    }
  });

  it('plan minutes that add up: each item once today or this week', () => {
    for (const pack of packs) {
      const items = itemsOf(pack).map((item) => item.id);
      const planned = pack.studyPlan
        .filter((block) => block.when !== 'the night before')
        .flatMap((block) => block.items);
      expect([...planned].sort()).toEqual([...items].sort());
    }
  });

  it('carry the vision drills where the ad asks for vision, with all their files, and none elsewhere', () => {
    const files = Object.keys(run.tree);
    for (const pack of packs) {
      const asksVision = pack.requirements.some(({ skills }) => skills.some((skill) => /^cv(?:\.|$)/.test(skill)));
      expect(pack.drills.slice(0, 3), pack.job.id).toEqual(asksVision ? ['iou', 'nms', 'conv2d'] : []);
      const folder = `${pack.job.id}/drills/`;
      expect(
        files.filter((file) => file.startsWith(folder)),
        pack.job.id,
      ).toHaveLength(7 * pack.drills.length);
    }
    expect(packs.filter(({ drills }) => drills.length > 0)).toHaveLength(7);
  });

  it('are what is committed in output/', () => {
    for (const [name, text] of Object.entries(run.tree)) {
      expect(readFileSync(path.join(REPO_DIR, 'output', name), 'utf8'), name).toBe(text);
    }
  });
});
