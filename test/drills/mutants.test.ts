/** The cases find mistakes: the same as `npm run drills:mutants`, inside this process for speed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCases } from '../../src/drills/build-cases.ts';
import { compareValues } from '../../src/drills/judge/compare.ts';
import { stripTypes } from '../../src/drills/judge/strip-types.ts';
import { applyMutant } from '../../src/drills/mutants/kill-table.ts';
import type { Arguments, DrillCase, Primitive, Value } from '../../src/drills/primitive.ts';
import { allPrimitives } from '../../src/drills/registry.ts';
import { referenceFile } from '../../src/drills/texts.ts';
import { TEMPLATES_DIR } from './host.ts';

let dir = '';
beforeAll(async () => (dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-mutants-'))));
afterAll(async () => rm(dir, { recursive: true, force: true }));

async function load(primitive: Primitive, text: string, name: string): Promise<(...args: Arguments) => Value> {
  const file = path.join(dir, `${primitive.id}-${name}.mjs`);
  await writeFile(file, await stripTypes(text, name));
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, never>;
  return module[primitive.functionName.typescript] as unknown as (...args: Arguments) => Value;
}

function isKilledBy(drillCase: DrillCase, subject: (...args: Arguments) => Value, primitive: Primitive): boolean {
  try {
    const args = structuredClone(drillCase.args);
    return compareValues(drillCase.expected, subject(...args), primitive.tolerance) !== undefined;
  } catch {
    return true;
  }
}

describe.each(allPrimitives())('the cases of $id', (primitive) => {
  it('kill at least 95 % of at least 15 mistakes, and no equivalent one', async () => {
    const reference = await readFile(referenceFile(TEMPLATES_DIR, primitive.id, 'typescript'), 'utf8');
    const cases = buildCases(primitive);
    const survivors: string[] = [];
    const wronglyEquivalent: string[] = [];
    for (const [index, mutant] of primitive.mutants.entries()) {
      const subject = await load(primitive, applyMutant(reference, mutant), String(index));
      const isKilled = cases.some((drillCase) => isKilledBy(drillCase, subject, primitive));
      if (mutant.equivalent !== undefined && isKilled) wronglyEquivalent.push(mutant.mistake);
      if (mutant.equivalent === undefined && !isKilled) survivors.push(mutant.mistake);
    }
    const counted = primitive.mutants.filter(({ equivalent }) => equivalent === undefined).length;
    expect(counted).toBeGreaterThanOrEqual(15);
    expect(wronglyEquivalent).toEqual([]);
    expect(survivors.length, survivors.join(', ')).toBeLessThanOrEqual(0.05 * counted);
  });
});
