/** `npm run drills:mutants [-- primitive …]`: which mistakes the cases find; exit code 1 below 0.95 for any primitive. */
import { killTable } from '../../src/drills/mutants/kill-table.ts';
import { allPrimitives } from '../../src/drills/registry.ts';
import { JUDGE_HOST, TEMPLATES_DIR } from './host.ts';

const GOAL = 0.95;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const asked = process.argv.slice(2);
const summary: string[] = [];
for (const primitive of allPrimitives().filter(({ id }) => asked.length === 0 || asked.includes(id))) {
  const { results, killed, counted } = await killTable(JUDGE_HOST, TEMPLATES_DIR, primitive);
  print(`\n${primitive.id}`);
  for (const { mutant, killedBy } of results) {
    const verdict = killedBy.length > 0 ? `killed by ${killedBy.length}: ${killedBy[0]}` : 'SURVIVES';
    print(`  ${mutant.mistake}: ${mutant.equivalent === undefined ? verdict : `equivalent (${mutant.equivalent})`}`);
  }
  const score = killed / counted;
  if (score < GOAL) process.exitCode = 1;
  summary.push(
    `${primitive.id.padEnd(18)} ${killed} of ${counted} killed (${score.toFixed(3)}), ${results.length - counted} equivalent`,
  );
}
print(`\n${summary.join('\n')}`);
