/** The shipped bank holds: every entry, every rule, every code block that can run. */
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { parseBank, readBankFiles } from '../../src/bank/load.ts';
import { formatProblem } from '../../src/problem.ts';
import { runBlock } from './code-blocks.ts';
import { blocksOf, checkText } from './rules.ts';

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

  it('is large enough for the first eight ads', () => {
    expect(bank.questions.length).toBeGreaterThanOrEqual(220);
    expect(bank.tasks.length).toBeGreaterThanOrEqual(30);
    expect(bank.prompts.length).toBeGreaterThanOrEqual(24);
    expect(bank.examples.length).toBe(6);
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
