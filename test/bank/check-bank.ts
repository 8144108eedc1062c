/**
 * `npm run bank:check [-- file …]`: everything about the bank that a machine can tell, code blocks
 * run. One line a finding with file and line; exit code 1 when there is any.
 */
import path from 'node:path';
import pLimit from 'p-limit';
import { parseBank, readBankFiles, type Bank } from '../../src/bank/load.ts';
import { formatProblem } from '../../src/problem.ts';
import { runBlock } from './code-blocks.ts';
import { formatBankReport } from './bank-report.ts';
import { blocksOf, checkText, claimsOf, type EntryFinding } from './rules.ts';

const BANK_DIR = 'bank';
const PARALLEL_BLOCKS = 2;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function runBlocks(bank: Bank, isWanted: (id: string) => boolean): Promise<{ ran: number; findings: EntryFinding[] }> {
  const limit = pLimit(PARALLEL_BLOCKS);
  const wanted = blocksOf(bank).filter(({ id }) => isWanted(id));
  const results = await limit.map(wanted, async ({ id, block }) => ({ id, block, result: await runBlock(block) }));
  return {
    ran: results.filter(({ result }) => result.outcome === 'passed').length,
    findings: results.filter(({ result }) => result.outcome === 'failed').map(({ id, block, result }) => ({ id, message: `a ${block.language} block fails:\n${result.detail}` })),
  };
}

async function runClaims(bank: Bank, isWanted: (id: string) => boolean): Promise<{ ran: number; findings: EntryFinding[] }> {
  const limit = pLimit(PARALLEL_BLOCKS);
  const wanted = claimsOf(bank).filter(({ id }) => isWanted(id));
  const results = await limit.map(wanted, async ({ id, says, block }) => ({ id, says, result: await runBlock(block) }));
  return {
    ran: results.filter(({ result }) => result.outcome === 'passed').length,
    findings: results
      .filter(({ result }) => result.outcome === 'failed')
      .map(({ id, says, result }) => ({ id, message: `the claim "${says}" does not hold:\n${result.detail}` })),
  };
}

async function main(files: readonly string[]): Promise<number> {
  const parsed = parseBank(await readBankFiles(BANK_DIR), BANK_DIR);
  if ('problems' in parsed) {
    for (const problem of parsed.problems) print(formatProblem(problem));
    return 1;
  }
  const { bank } = parsed;
  const isWantedFile = (place: string): boolean => files.length === 0 || files.some((file) => place.startsWith(file));
  const isWanted = (id: string): boolean => isWantedFile(bank.places[id] ?? '');
  const blocks = await runBlocks(bank, isWanted);
  const claims = await runClaims(bank, isWanted);
  const findings = [
    ...bank.defects.filter((defect) => isWantedFile(defect.file ?? '')).map(formatProblem),
    ...[...checkText(bank), ...blocks.findings, ...claims.findings].filter(({ id }) => isWanted(id)).map(({ id, message }) => `${bank.places[id]}: ${id}: ${message}`),
  ];
  for (const finding of findings) print(finding);
  if (files.length === 0) print(formatBankReport(bank));
  print(`${bank.questions.length} questions, ${bank.tasks.length} tasks, ${bank.prompts.length} prompts; ${blocks.ran} code blocks run; ${claims.ran} claims checked; ${findings.length} findings`);
  return findings.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2).map((file) => path.normalize(file)));
