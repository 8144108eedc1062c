/**
 * The last step of `npm run build`, after the compiler: names this build, compiles the bank and
 * makes the command executable. Nothing imports it.
 */
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { parseBank, readBankFiles } from './bank/load.ts';

const DIST_DIR = import.meta.dirname;
const BANK_DIR = path.resolve(DIST_DIR, '..', 'bank');
const EXECUTABLE = 0o755;

/** Two builds of the same program have the same id, on any machine. */
async function buildId(): Promise<string> {
  const names = (await readdir(DIST_DIR, { recursive: true }))
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'));
  const hash = createHash('sha256');
  for (const name of names.sort()) hash.update(`${name}\0`).update(await readFile(path.join(DIST_DIR, name)));
  return hash.digest('hex').slice(0, 16);
}

const id = await buildId();
await writeFile(path.join(DIST_DIR, 'build-id'), `${id}\n`);
const parsed = parseBank(await readBankFiles(BANK_DIR), 'bank');
// A bank that does not load is said by the first command that needs it, with file and line.
if ('bank' in parsed)
  await writeFile(path.join(DIST_DIR, 'bank.json'), JSON.stringify({ buildId: id, bank: parsed.bank }));
await chmod(path.join(DIST_DIR, 'cli.js'), EXECUTABLE);
