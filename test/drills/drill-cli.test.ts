/** `prepsmith drill` as it is built and installed: templates, runners, kernels and both languages. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { KERNEL_RUNGS } from '../../src/drills/bench/kernel-rungs.ts';
import type { KernelRung } from '../../src/drills/bench/rungs/kernel-rung.ts';
import { compareValues } from '../../src/drills/judge/compare.ts';
import type { PrimitiveId } from '../../src/drills/primitive-ids.ts';
import type { Arguments, Value } from '../../src/drills/primitive.ts';
import { createRandom } from '../../src/drills/random.ts';
import { primitiveOf } from '../../src/drills/registry.ts';
import { REPO_DIR, Workspace } from '../support/cli.ts';

const JOB = 'pinterest_ml_eng';

async function workspace(): Promise<Workspace> {
  const made = await Workspace.create();
  await cp(path.join(REPO_DIR, 'output', JOB, 'pack.yaml'), made.path('output', JOB, 'pack.yaml'), { recursive: true });
  return made;
}

describe('the built drill', () => {
  it.each([
    ['typescript', 'bilinear-resize', 'bilinear-resize.ts', 'reference.ts'],
    ['python', 'bilinear-resize', 'bilinear_resize.py', 'reference.py'],
  ])('goes from the stub to a pass in %s', async (language, id, name, reference) => {
    await using place = await workspace();
    const args = ['drill', JOB, id, '--lang', language];
    const first = await place.run(args);
    expect(first).toMatchObject({ exitCode: 1 });
    expect(first.stdout).toContain('FAILED  worked-example');
    const solved = await readFile(path.join(REPO_DIR, 'templates/drills', id, reference), 'utf8');
    await writeFile(place.path('output', JOB, 'my/drills', id, name), solved);
    const second = await place.run(args);
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.stdout).toMatch(/^(\d+) passed of \1\.$/m);
    expect((await place.run(['drill', JOB])).stdout).toMatch(/^bilinear-resize .+\d+ of \d+/m);
  });

  it.each([
    ['typescript', 'bilinear-resize.ts', 'reference.ts'],
    ['python', 'bilinear_resize.py', 'reference.py'],
  ])('follows generate: the pack holds what the reader solves in %s', async (language, name, reference) => {
    const id = 'bilinear-resize';
    await using place = await Workspace.create(['respo_vision_se_in_ml']);
    const pack = place.path('output', 'respo_vision_se_in_ml');
    expect(await place.run(['generate'])).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(pack, 'README.md'), 'utf8')).toContain(
      `](drills/${id}/README.md) | \`npx prepsmith drill respo_vision_se_in_ml ${id}\``,
    );
    const args = ['drill', 'respo_vision_se_in_ml', id, '--lang', language];
    expect(await place.run(args)).toMatchObject({ exitCode: 1 });
    // The README is in the pack; the reader's folder holds the reader's file alone.
    expect(await readdir(path.join(pack, 'my', 'drills', id))).toEqual([name]);
    const stub = await readFile(path.join(pack, 'drills', id, name), 'utf8');
    expect(await readFile(path.join(pack, 'my', 'drills', id, name), 'utf8')).toBe(stub);
    await cp(path.join(REPO_DIR, 'templates/drills', id, reference), path.join(pack, 'my/drills', id, name));
    expect(await place.run(args)).toMatchObject({ exitCode: 0 });
    expect(await place.run(['generate', '--force'])).toMatchObject({ exitCode: 0 });
    expect(await readdir(path.join(pack, 'my', 'drills', id))).toEqual([name, 'progress.json'].sort());
    expect(await place.run(['check'])).toMatchObject({ exitCode: 0, stdout: 'respo_vision_se_in_ml: clean\n' });
  });

  it('has the kernels, compiled, each as a rung that runs', async () => {
    for (const [id, rungs] of Object.entries(KERNEL_RUNGS)) {
      const compiled = pathToFileURL(path.join(REPO_DIR, 'dist/drills/bench/rungs', `${id}.js`)).href;
      const module = (await import(/* @vite-ignore */ compiled)) as Record<
        string,
        KernelRung<Arguments, unknown[], Value>
      >;
      const primitive = primitiveOf(id as PrimitiveId);
      const args = primitive.bench.input(64, createRandom(3));
      for (const [name, exported] of Object.entries(rungs)) {
        const rung = module[exported];
        if (rung === undefined) throw new Error(`${id}: expected an export ${exported}`);
        const value = rung.restore(rung.run(...(await rung.prepare(...args))), ...args);
        const difference = compareValues(primitive.oracle(args), value, { absolute: 1e-6, relative: 1e-5 });
        expect(difference, `${id}: ${name}`).toBeUndefined();
      }
    }
  });

  it('leaves with 2 for a job without a pack', async () => {
    await using place = await workspace();
    const run = await place.run(['drill', 'nobody', 'nms']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`Jobs with a pack: ${JOB}`);
  });

  it('says what is missing where there is no Python', async () => {
    await using place = await workspace();
    const run = await place.run(['drill', JOB, 'iou', '--lang', 'python'], {
      env: { PREPSMITH_PYTHON: 'no-such-python' },
    });
    expect(run).toMatchObject({ exitCode: 1 });
    expect(run.stdout).toContain('no-such-python is not installed here');
  });
});
