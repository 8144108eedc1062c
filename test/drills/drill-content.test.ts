/** What a pack carries of a drill. */
import { lint } from 'markdownlint/promise';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCases } from '../../src/drills/build-cases.ts';
import type { Arguments, Value } from '../../src/drills/primitive.ts';
import { allPrimitives } from '../../src/drills/registry.ts';
import { renderDrill, type DrillFile } from '../../src/drills/render-drill.ts';
import { readDrillTexts, type DrillTexts } from '../../src/drills/texts.ts';
import { decodeValue } from '../../src/drills/wire-value.ts';
import { TEMPLATES_DIR } from './host.ts';

let texts: DrillTexts;
beforeAll(async () => (texts = await readDrillTexts(TEMPLATES_DIR)));

const textOf = (files: readonly DrillFile[], name: string): string =>
  files.find(({ path }) => path.endsWith(`/${name}`))?.text ?? '';

describe.each(allPrimitives())('$id in a pack', (primitive) => {
  it('has a README, cases, three hints and two stubs, the same bytes every time', () => {
    const files = renderDrill(primitive.id, texts);
    const at = (name: string): string => `drills/${primitive.id}/${name}`;
    const python = primitive.id.replaceAll('-', '_');
    expect(files.map(({ path }) => path)).toEqual(
      ['README.md', 'cases.json', 'hints/1.md', 'hints/2.md', 'hints/3.md', `${primitive.id}.ts`, `${python}.py`].map(
        at,
      ),
    );
    expect(files.every(({ text }) => text.endsWith('\n') && !text.includes('\r'))).toBe(true);
    expect(renderDrill(primitive.id, texts)).toEqual(files);
  });

  it('never carries the reference', () => {
    const all = renderDrill(primitive.id, texts)
      .map(({ text }) => text)
      .join('\n');
    for (const sign of ['function overlap', 'def overlap', 'function placesOf', 'def places_of', 'const FUNCTIONS'])
      expect(all).not.toContain(sign);
  });

  it('works an example in its README with the numbers of the oracle', () => {
    const block = texts[primitive.id].readme.match(/```json\n(.+)\n```/)?.[1] ?? '';
    const { args, expected } = JSON.parse(block) as { args: Arguments; expected: Value };
    expect(primitive.oracle(args)).toEqual(expected);
    expect(buildCases(primitive).find(({ name }) => name === 'worked-example')?.args).toEqual(args);
  });

  it('has the parts of a contract in its README', () => {
    for (const part of [
      '## Contract',
      '## Worked example',
      '## Complexity target',
      '## What the interviewer asks next',
    ])
      expect(texts[primitive.id].readme).toContain(part);
  });

  it('holds Markdown that markdownlint takes', async () => {
    const strings = Object.fromEntries(
      renderDrill(primitive.id, texts)
        .filter(({ path }) => path.endsWith('.md'))
        .map(({ path, text }) => [path, text]),
    );
    const findings = await lint({ strings, config: { default: true, MD013: false } });
    expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([]);
  });

  it('has cases with ids and names of their own, each with a rule', () => {
    const cases = buildCases(primitive);
    expect(new Set(cases.map(({ uuid }) => uuid)).size).toBe(cases.length);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ name }) => !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(name))).toEqual([]);
    expect(cases.filter(({ rule }) => !/^.{15,}\.$/.test(rule))).toEqual([]);
  });

  it('writes cases.json so that any language reads the same values back', () => {
    const document = JSON.parse(textOf(renderDrill(primitive.id, texts), 'cases.json')) as { cases: Value[] };
    expect(document.cases.map(decodeValue)).toEqual(
      buildCases(primitive).map(({ uuid, name, rule, args, expected }) => ({ uuid, name, rule, args, expected })),
    );
  });
});
