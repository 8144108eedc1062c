import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULT_NAMES, faultEntry } from '../support/model-server/faults/table.ts';
import { recoveryTable } from './recovery-table.ts';

describe('the recovery table', { timeout: 240_000 }, () => {
  test('is what the committed one says, row by row', async () => {
    const committed = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8');
    expect((await recoveryTable()).split('\n')).toEqual(committed.split('\n'));
  });
});

test('the committed table has every fault, and each that passes is published when it is met once', async () => {
  const committed = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = committed.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => /`([^`]+)`/.exec(row)?.[1])).toEqual(FAULT_NAMES);
  const stranded = rows.filter((row) => !row.split(' | ')[1]?.includes('published'));
  const names = stranded.map((row) => /`([^`]+)`/.exec(row)?.[1]);
  // Neither a wrong key, an empty account nor a refusal is mended by asking again.
  expect(names).toEqual(['insufficient-quota', 'unauthorized', 'refusal']);
  expect(FAULT_NAMES.filter((name) => faultEntry(name).isPermanent === true).length).toBeGreaterThan(0);
});
