/** The shipped bank holds: every entry, every rule, every code block that can run. */
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { parseBank, readBankFiles } from '../../src/bank/load.ts';
import { formatProblem } from '../../src/problem.ts';
import { runBlock } from './code-blocks.ts';
import { blocksOf, checkText, claimsOf } from './rules.ts';
import { bankReport } from './bank-report.ts';

const parsed = parseBank(await readBankFiles('bank'), 'bank');
if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
const { bank } = parsed;

describe('the shipped bank', () => {
  it('has no entry that is left out', () => {
    expect(bank.defects.map(formatProblem)).toEqual([]);
  });

  it('keeps the rules of bank/README.md', () => {
    expect(checkText(bank)).toEqual([]);
  });

  it('is deep enough for the ads to come: entries in number, and three for every leaf of the taxonomy', () => {
    const { counts, thinLeaves } = bankReport(bank);
    expect(counts.questions).toBeGreaterThanOrEqual(670);
    expect(counts.tasks).toBeGreaterThanOrEqual(90);
    expect(counts.prompts).toBeGreaterThanOrEqual(60);
    expect(thinLeaves).toEqual([]);
  });

  it('makes only claims that hold', { timeout: 300_000 }, async () => {
    const limit = pLimit(2);
    const results = await limit.map(claimsOf(bank), async ({ id, says, block }) => ({ id, says, ...(await runBlock(block)) }));
    expect(results.filter((result) => result.outcome === 'failed')).toEqual([]);
  });

  it('asserts something in every claim', () => {
    expect(claimsOf(bank).filter(({ block }) => !/\bassert\b/.test(block.code))).toEqual([]);
  });

  it('has only code blocks that run and prove what they say', { timeout: 900_000 }, async () => {
    const limit = pLimit(2);
    const results = await limit.map(blocksOf(bank), async ({ id, block }) => ({ id, language: block.language, ...(await runBlock(block)) }));
    expect(results.filter((result) => result.outcome === 'failed')).toEqual([]);
    // Without Python or a C++ compiler their blocks cannot run; those of TypeScript and JavaScript always do.
    const ran = results.filter((result) => result.outcome === 'passed');
    expect(ran.filter((result) => /^(?:ts|js|typescript|javascript)$/.test(result.language)).length).toBeGreaterThan(20);
  });
});
