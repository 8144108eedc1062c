/** The README shows what is really there. `npm run golden:update` writes the figures of the last measurement. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { REPO_DIR } from './support/cli.ts';
import { kernelTable } from './support/kernel-table.ts';

const README = path.join(REPO_DIR, 'README.md');
const readme = readFileSync(README, 'utf8');
const EXCERPT_OF = 'output/tesco_senor_py_eng_with_ml/answers.md';

it('excerpts a pack as it is published', () => {
  const excerpt = /<!-- excerpt:start -->\n([\s\S]*?)<!-- excerpt:end -->/.exec(readme)?.[1] ?? '';
  const quoted = excerpt
    .split('\n')
    .map((line) => line.replace(/^> ?/, ''))
    .join('\n')
    .trim();
  expect(quoted.length).toBeGreaterThan(1000);
  expect(readFileSync(path.join(REPO_DIR, EXCERPT_OF), 'utf8')).toContain(quoted);
});

it('gives the figures of the kernels as they were measured last', () => {
  const block = /<!-- kernels:start -->\n[\s\S]*?<!-- kernels:end -->/.exec(readme)?.[0] ?? 'no block';
  const measured = `<!-- kernels:start -->\n\n${kernelTable()}\n\n<!-- kernels:end -->`;
  if (process.env['UPDATE_GOLDEN'] !== undefined)
    writeFileSync(
      README,
      readme.replace(block, () => measured),
    );
  else expect(block).toBe(measured);
});

it('links only to files that are there', () => {
  for (const match of readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)) {
    expect(() => readFileSync(path.join(REPO_DIR, match[1] ?? ''), 'utf8'), match[1]).not.toThrow();
  }
});

it('names only scripts that there are', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(REPO_DIR, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const match of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(match[1]);
});
