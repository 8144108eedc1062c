/** The built command, run as a user runs it. `npm test` builds first. */
import { appendFile, cp, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readTimes, readTree, REPO_DIR, Workspace } from './support/cli.ts';

const TWO = ['respo_vision_se_in_ml', 'deepsense_ml_on_edge'] as const;

async function parsed(run: Promise<{ stdout: string }>): Promise<unknown> {
  return JSON.parse((await run).stdout) as unknown;
}

describe('generate', () => {
  it('makes a pack for every ad, shows a table and says where to look first', async () => {
    await using workspace = await Workspace.create(TWO);
    const run = await workspace.run(['generate']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toMatch(/^job +state +items +covered +gaps +findings +time$/m);
    expect(run.stdout).toMatch(/^respo_vision_se_in_ml +made +\d+ +\d+\/20/m);
    expect(run.stdout).toContain('Start with output/README.md.');
    expect(run.stderr).toMatch(/\[2\/2\]/);
    const tree = await readTree(workspace.path('output'));
    for (const file of ['README.md', 'questions.md', 'answers.md', 'behavioural.md', 'coverage.md', 'pack.yaml']) {
      expect(tree).toHaveProperty([`deepsense_ml_on_edge/${file}`]);
    }
    expect(
      Object.keys(tree).filter((name) => /^deepsense_ml_on_edge\/tasks\/[a-z0-9-]+\/README\.md$/.test(name)).length,
    ).toBeGreaterThanOrEqual(3);
    expect(Object.keys(tree).some((name) => name.includes('.publishing-'))).toBe(false);
  });

  it('has nothing to do the second time: writes nothing, touches no time, says so', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    const before = await readTimes(workspace.dir);
    const run = await workspace.run(['generate']);
    expect(run).toEqual({ exitCode: 0, stdout: 'Nothing to do: 2 packs are up to date in output/.\n', stderr: '' });
    expect(await readTimes(workspace.dir)).toEqual(before);
  });

  it('makes one pack after one ad changed', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    await appendFile(
      workspace.path('jobs/deepsense_ml_on_edge.txt'),
      'gathering feedback from the users of our devices.\n',
    );
    expect(await parsed(workspace.run(['plan', '--json']))).toMatchObject({
      jobs: [
        { id: 'deepsense_ml_on_edge', action: 'make', reasons: ['the text of the ad changed'] },
        { id: 'respo_vision_se_in_ml', action: 'none', reasons: [] },
      ],
    });
    const report = await parsed(workspace.run(['generate', '--json']));
    expect(report).toMatchObject({ jobs: [{ state: 'made' }, { state: 'current' }] });
  });

  it('touches no file whose bytes stay the same, even with --force', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    const before = await readTimes(workspace.path('output'));
    const run = await workspace.run(['generate', '--force']);
    expect(run.stdout).toMatch(/made, same bytes/);
    expect(await readTimes(workspace.path('output'))).toEqual(before);
  });

  it('writes the same bytes into two folders', async () => {
    await using workspace = await Workspace.create('all');
    await workspace.run(['generate', '--out', 'one', '--concurrency', '1']);
    await workspace.run(['generate', '--out', 'two', '--concurrency', '8']);
    const one = await readTree(workspace.path('one'));
    expect(Object.keys(one).length).toBeGreaterThan(60);
    expect(await readTree(workspace.path('two'))).toEqual(one);
  });

  it('publishes the others when ads are broken, names each file, and exits with 1', async () => {
    await using workspace = await Workspace.create(TWO);
    await writeFile(workspace.path('jobs/empty.txt'), '');
    await writeFile(
      workspace.path('jobs/picture.txt'),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 255, 254]),
    );
    await writeFile(workspace.path('jobs/huge.txt'), 'x'.repeat(1_000_001));
    await writeFile(
      workspace.path('jobs/poem.txt'),
      'The sea is calm tonight.\nThe tide is full, the moon lies fair.\n',
    );
    await writeFile(workspace.path('jobs/..txt'), 'a dot');
    await writeFile(workspace.path('jobs/a b.txt'), 'a blank');
    await mkdir(workspace.path('jobs/folder.txt'));
    await symlink('/etc/hostname', workspace.path('jobs/link.txt'));
    await writeFile(workspace.path('jobs/bad_yaml.txt'), 'Requirements:\n- Python\n');
    await writeFile(workspace.path('jobs/bad_yaml.yaml'), 'level: expert\ncounts: {questions: many}\n');
    const run = await workspace.run(['generate']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('jobs/empty.txt: expected the text of a job ad, found that the file is empty');
    expect(run.stderr).toContain('jobs/picture.txt: expected the text of a job ad, found that the bytes are no text');
    expect(run.stderr).toContain('jobs/huge.txt');
    expect(run.stderr).toContain('jobs/poem.txt: expected a job ad');
    expect(run.stderr).toContain('jobs/a b.txt: expected a plain text file');
    expect(run.stderr).toContain('jobs/folder.txt: expected a plain text file with one ad, found a folder');
    expect(run.stderr).toContain('jobs/link.txt: expected a plain text file with one ad, found a link');
    expect(run.stderr).toContain('jobs/bad_yaml.yaml:1:1: level: expected junior or mid or senior, found "expert"');
    expect(run.stderr).toContain('jobs/bad_yaml.yaml:2:10: counts.questions: expected a number');
    const tree = await readTree(workspace.path('output'));
    expect(Object.keys(tree).filter((name) => name.endsWith('pack.yaml'))).toEqual(
      TWO.map((id) => `${id}/pack.yaml`).sort(),
    );
    expect(run.stderr).not.toMatch(/\n\s+at .*\.js:\d+/);
  });

  it('leaves the last good pack byte for byte when its ad breaks', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    const before = await readTree(workspace.path('output'));
    await writeFile(workspace.path('jobs/respo_vision_se_in_ml.txt'), '');
    expect(await workspace.run(['generate'])).toMatchObject({ exitCode: 1 });
    expect(await readTree(workspace.path('output'))).toEqual(before);
  });

  it('follows title, company, level and counts of <id>.yaml', async () => {
    await using workspace = await Workspace.create(['respo_vision_se_in_ml']);
    await writeFile(
      workspace.path('jobs/respo_vision_se_in_ml.yaml'),
      'title: Data Person\ncompany: Acme\nlevel: junior\ncounts: {questions: 13, tasks: 4, behavioural: 5}\n',
    );
    const report = await parsed(workspace.run(['generate', '--json']));
    expect(report).toMatchObject({
      jobs: [{ summary: { title: 'Data Person', company: 'Acme', questions: 13, tasks: 4, behavioural: 5 } }],
    });
  });

  it('never touches my/', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    const my = workspace.path('output/deepsense_ml_on_edge/my');
    await mkdir(path.join(my, 'notes'), { recursive: true });
    await writeFile(path.join(my, 'notes/README.md'), 'mine');
    await symlink('/etc', path.join(my, 'link'));
    const before = await readTimes(my);
    await appendFile(workspace.path('jobs/deepsense_ml_on_edge.txt'), 'writing reports.\n');
    for (const args of [['generate'], ['generate', '--force'], ['render'], ['check'], ['status'], ['plan']])
      await workspace.run(args);
    expect(await readTimes(my)).toEqual(before);
  });

  it('keeps a pack.yaml that was edited by hand, and a copy of it when it is replaced', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await workspace.run(['generate']);
    const file = workspace.path('output/deepsense_ml_on_edge/pack.yaml');
    const edited = (await readFile(file, 'utf8')).replace(
      /why: .*/,
      'why: Because the reader says so, in so many words.',
    );
    await writeFile(file, edited);
    expect((await workspace.run(['generate'])).stdout).toContain('rendered');
    expect(await readFile(workspace.path('output/deepsense_ml_on_edge/answers.md'), 'utf8')).toContain(
      'Because the reader says so',
    );
    await appendFile(workspace.path('jobs/deepsense_ml_on_edge.txt'), 'writing reports.\n');
    const refused = await workspace.run(['generate']);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('edited by hand, and the text of the ad changed; it was left as it is');
    expect(await readFile(file, 'utf8')).toBe(edited);
    const forced = await workspace.run(['generate', '--force']);
    expect(forced.exitCode).toBe(0);
    const copies = Object.values(await readTree(workspace.path('.prepsmith/replaced')));
    expect(copies).toContain(edited);
  });

  it('takes a pack that came with a pull, and one whose run was killed before it noted it, for its own', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await workspace.run(['generate']);
    await cp(workspace.path('.prepsmith'), workspace.path('older'), { recursive: true });
    await appendFile(workspace.path('jobs/deepsense_ml_on_edge.txt'), 'writing reports.\n');
    await workspace.run(['generate']);
    await rm(workspace.path('.prepsmith'), { recursive: true });
    await cp(workspace.path('older'), workspace.path('.prepsmith'), { recursive: true });
    expect(await workspace.run(['generate'])).toMatchObject({ exitCode: 0 });
  });

  it('keeps a copy of a README.md of somebody else where the index goes', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await mkdir(workspace.path('output'));
    await writeFile(workspace.path('output/README.md'), 'precious');
    await workspace.run(['generate']);
    expect(Object.values(await readTree(workspace.path('.prepsmith/replaced')))).toContain('precious');
  });

  it('puts back what was removed or changed in the rendered files', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await workspace.run(['generate']);
    const before = await readTree(workspace.path('output'));
    await rm(workspace.path('output/deepsense_ml_on_edge/answers.md'));
    await writeFile(workspace.path('output/deepsense_ml_on_edge/coverage.md'), 'scribble');
    expect((await workspace.run(['plan'])).stdout).toContain(
      'answers.md was changed or removed since it was published',
    );
    await workspace.run(['generate']);
    expect(await readTree(workspace.path('output'))).toEqual(before);
  });
});

describe('what an installation may have broken', () => {
  it('renders every pack after a template changed, and asks nobody', async () => {
    await using workspace = await Workspace.create(TWO);
    const cli = await workspace.install();
    await workspace.run(['generate'], { cli });
    await appendFile(workspace.path('installation/templates/pack/coverage.md.hbs'), '\nA last line.\n');
    const report = await parsed(workspace.run(['generate', '--json'], { cli }));
    expect(report).toMatchObject({
      jobs: [
        { state: 'rendered', reasons: ['a template changed'], written: ['coverage.md'] },
        { state: 'rendered', written: ['coverage.md'] },
      ],
    });
  });

  it('says of a broken template or bank before any job starts, with exit code 2', async () => {
    await using workspace = await Workspace.create(TWO);
    const cli = await workspace.install();
    await writeFile(workspace.path('installation/templates/pack/coverage.md.hbs'), '{{#each requirements}}');
    const template = await workspace.run(['generate'], { cli });
    expect(template).toMatchObject({ exitCode: 2, stdout: '' });
    expect(template.stderr).toContain('template-broken: templates/pack/coverage.md.hbs');
    await cp(path.join(REPO_DIR, 'templates'), workspace.path('installation/templates'), { recursive: true });
    await writeFile(workspace.path('installation/bank/skills.yaml'), '- {id: a\n');
    const bank = await workspace.run(['generate'], { cli });
    expect(bank).toMatchObject({ exitCode: 2, stdout: '' });
    expect(bank.stderr).toMatch(/bank-broken: .*skills\.yaml:\d+:\d+: expected valid YAML/);
  });

  it('leaves out one bank entry that does not hold, names its field and line, and publishes the rest', async () => {
    await using workspace = await Workspace.create(TWO);
    const cli = await workspace.install();
    const file = workspace.path('installation/bank/tasks/cs-data.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^ {2}name: .*\n/m, '  Task Name: Something\n'));
    const run = await workspace.run(['generate'], { cli });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(
      /bank: .*tasks\/cs-data\.yaml:\d+:\d+: \[0\]\.name: expected text, found nothing \(this entry was left out\)/,
    );
    expect(run.stdout).toMatch(/2 of 2 packs are up to date/);
  });
});

describe('add', () => {
  it('cleans an ad from standard input, shows what it understood and writes it', async () => {
    await using workspace = await Workspace.create();
    const ad = 'Backend Engineer\nAbout Acme\n\nRequirements:\n• Python and SQL\n• Itâ€™s a plus to know k8s\n';
    const run = await workspace.run(['add', '-'], { input: ad });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('jobs/acme_backend_engineer.txt: Backend Engineer, Acme');
    expect(run.stdout).toContain('1 run of damaged characters repaired');
    expect(run.stdout).toMatch(/^must +Python and SQL +programming\.python databases\.sql +\d+$/m);
    expect(await readFile(workspace.path('jobs/acme_backend_engineer.txt'), 'utf8')).toContain('It’s a plus');
    expect(await workspace.run(['generate', 'acme_backend_engineer'])).toMatchObject({ exitCode: 0 });
  });

  it('never overwrites another ad without --force', async () => {
    await using workspace = await Workspace.create();
    await writeFile(workspace.path('ad.txt'), 'Requirements:\n- Python\n');
    await workspace.run(['add', 'ad.txt', '--id', 'one']);
    expect(await workspace.run(['add', 'ad.txt', '--id', 'one'])).toMatchObject({ exitCode: 0 });
    await writeFile(workspace.path('ad.txt'), 'Requirements:\n- SQL\n');
    const refused = await workspace.run(['add', 'ad.txt', '--id', 'one']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('there is another ad of that name');
    expect(await workspace.run(['add', 'ad.txt', '--id', 'one', '--force'])).toMatchObject({ exitCode: 0 });
    for (const id of ['../evil', 'a/b', 'con', 'my', ''])
      expect(await workspace.run(['add', 'ad.txt', '--id', id])).toMatchObject({ exitCode: 2 });
  });
});

describe('render, check, status', () => {
  it('finds packs clean, and names file, line and path of what was broken by hand', async () => {
    await using workspace = await Workspace.create(TWO);
    await workspace.run(['generate']);
    expect(await workspace.run(['check'])).toEqual({
      exitCode: 0,
      stdout: 'deepsense_ml_on_edge: clean\nrespo_vision_se_in_ml: clean\n',
      stderr: '',
    });
    const file = workspace.path('output/deepsense_ml_on_edge/pack.yaml');
    const text = await readFile(file, 'utf8');
    let seen = 0;
    await writeFile(
      file,
      text.replace(/^ {4}name: .*$/gm, (line) => ((seen += 1) === 2 ? line.replace('name', 'Task Name') : line)),
    );
    const check = await workspace.run(['check']);
    expect(check.exitCode).toBe(1);
    expect(check.stdout).toMatch(
      /output\/deepsense_ml_on_edge\/pack\.yaml:\d+:\d+: tasks\[1\]\.name: expected text, found nothing/,
    );
    const render = await workspace.run(['render']);
    expect(render.exitCode).toBe(1);
    expect(render.stdout).toMatch(/deepsense_ml_on_edge +FAILED/);
    expect(render.stdout).toMatch(/respo_vision_se_in_ml +made, same bytes/);
  });

  it('catches a quote that is not in the ad and an item that serves nothing', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await workspace.run(['generate']);
    const file = workspace.path('output/deepsense_ml_on_edge/pack.yaml');
    await writeFile(
      file,
      (await readFile(file, 'utf8'))
        .replace(/quote: .*/, 'quote: Ten years of Fortran')
        .replace(/serves: .*/, 'serves: nothing-at-all'),
    );
    const { stdout } = await workspace.run(['check']);
    expect(stdout).toContain('error quote-fidelity: requirements[0].quote');
    expect(stdout).toContain('error pairing');
  });

  it('shows one line a job, and one JSON document with --json', async () => {
    await using workspace = await Workspace.create(TWO);
    expect((await workspace.run(['status'])).stdout).toMatch(/deepsense_ml_on_edge +no pack/);
    await workspace.run(['generate']);
    expect((await workspace.run(['status'])).stdout).toMatch(/deepsense_ml_on_edge +current +offline +\d+\/16/);
    for (const args of [['status'], ['plan'], ['check'], ['generate'], ['render']]) {
      expect(await parsed(workspace.run([...args, '--json']))).toMatchObject({
        version: 1,
        jobs: [{ id: 'deepsense_ml_on_edge' }, { id: 'respo_vision_se_in_ml' }],
      });
    }
  });
});

describe('wrong use', () => {
  it.each([
    [['generate', 'nobody'], 'expected a job of jobs, found "nobody"'],
    [['generate', '--jobs', 'nowhere'], 'nowhere: expected a folder of job ads'],
    [['generate', '--concurrency', 'many'], '--concurrency: expected a whole number from 1 to 64, found "many"'],
    [['generate', '--provider', 'psychic'], '--provider: expected offline or openai or replay, found "psychic"'],
    [['generate', '--frobnicate'], "unknown option '--frobnicate'"],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['add', 'missing.txt'], 'missing.txt: cannot be read'],
  ])('%j exits with 2 and says what was expected', async (args, message) => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    const run = await workspace.run(args);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('names file, line and field of a configuration that does not hold', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await writeFile(workspace.path('prepsmith.yaml'), 'jobs: jobs\nconcurency: 3\n');
    const run = await workspace.run(['generate']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('config: prepsmith.yaml:2:1: concurency: expected no such field');
  });

  it('is one JSON document, too, with --json', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    const run = await workspace.run(['generate', 'nobody', '--json']);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ version: 1, error: { code: 'usage' } });
  });

  it('does not mind a reader who has seen enough', async () => {
    await using workspace = await Workspace.create('all');
    const done = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${path.join(REPO_DIR, 'dist', 'cli.js')}" plan --json | head -c 1`],
      { cwd: workspace.dir, encoding: 'utf8' },
    );
    expect(done).toMatchObject({ stdout: '{', stderr: '' });
  });

  it('shows help and version with exit code 0', async () => {
    await using workspace = await Workspace.create();
    expect(await workspace.run(['--help'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await workspace.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** Many ads, so that a run lasts long enough to be stopped in the middle. */
async function manyAds(workspace: Workspace, count: number): Promise<void> {
  const text = await readFile(workspace.path('jobs/deepsense_ml_on_edge.txt'), 'utf8');
  for (let index = 0; index < count; index += 1)
    await writeFile(workspace.path(`jobs/copy_${String(index).padStart(3, '0')}.txt`), text);
}

async function runAndSignal(
  workspace: Workspace,
  args: readonly string[],
  signal: NodeJS.Signals,
  afterMs: number,
): Promise<number | null> {
  const child = spawn(process.execPath, [path.join(REPO_DIR, 'dist', 'cli.js'), ...args], {
    cwd: workspace.dir,
    stdio: 'ignore',
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await setTimeout(afterMs);
  child.kill(signal);
  return closed;
}

describe('Ctrl-C', () => {
  it('finishes nothing new, keeps what was published whole, and exits with 130', { timeout: 120_000 }, async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await manyAds(workspace, 150);
    expect(await runAndSignal(workspace, ['generate', '--concurrency', '1'], 'SIGINT', 1200)).toBe(130);
    const report = (await parsed(workspace.run(['check', '--json']))) as {
      jobs: { id: string; findings: unknown[]; failure?: { message: string } }[];
    };
    const missing = report.jobs.filter((job) => job.failure !== undefined);
    expect(missing.length).toBeGreaterThan(0);
    for (const job of missing) expect(job.failure?.message).toContain('there is no pack');
    expect(report.jobs.flatMap((job) => job.findings)).toEqual([]);
    expect(await workspace.run(['generate'])).toMatchObject({ exitCode: 0 });
  });
});

describe('a kill', () => {
  it(
    'at any moment leaves packs that the next run makes whole, with nothing left over',
    { timeout: 120_000 },
    async () => {
      await using workspace = await Workspace.create(['deepsense_ml_on_edge', 'respo_vision_se_in_ml']);
      await manyAds(workspace, 20);
      await workspace.run(['generate', '--out', 'undisturbed']);
      const expected = await readTree(workspace.path('undisturbed'));
      for (let kill = 0; kill < 12; kill += 1) {
        await rm(workspace.path('output'), { recursive: true, force: true });
        await rm(workspace.path('.prepsmith'), { recursive: true, force: true });
        await runAndSignal(workspace, ['generate', '--concurrency', '2'], 'SIGKILL', 150 + kill * 90);
        expect(await workspace.run(['generate'])).toMatchObject({ exitCode: 0 });
        expect(await readTree(workspace.path('output'))).toEqual(expected);
      }
    },
  );

  it('that left half of a pack behind is undone by the next command', async () => {
    await using workspace = await Workspace.create(['deepsense_ml_on_edge']);
    await workspace.run(['generate']);
    const staging = workspace.path('output/.publishing-deepsense_ml_on_edge-999999999');
    await mkdir(staging);
    await writeFile(path.join(staging, '0'), 'half');
    await utimes(staging, 0, 0);
    expect(await workspace.run(['check'])).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await readTree(workspace.path('output'))).some((name) => name.includes('.publishing'))).toBe(
      false,
    );
  });
});
