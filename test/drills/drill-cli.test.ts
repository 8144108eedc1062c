/** `prepsmith drill` as it is built and installed: templates, runners and both languages. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
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
