/** `npm run recovery`: prints the recovery table and writes it beside this file. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { recoveryTable } from './recovery-table.ts';

const table = await recoveryTable();
await writeFile(path.join(import.meta.dirname, 'README.md'), table);
process.stdout.write(table);
