import { describe, expect, test } from 'vitest';
import { makePack, packQuestion } from '../../../test/support/packs.ts';
import { hasErrors, runGate } from './gate.ts';

const AD = makePack()
  .requirements.map(({ quote }) => quote)
  .join('\n');

describe('the gate', () => {
  test('passes a pack that holds', () => {
    expect(runGate({ pack: makePack(), adText: AD, files: [{ path: 'README.md', text: '# A\n' }] })).toEqual([]);
  });

  test('shows what each check found, references first', () => {
    const pack = makePack();
    const found = runGate({
      pack: {
        ...pack,
        questions: [...pack.questions, packQuestion({ id: 'q', serves: 'nowhere' })],
        requirements: pack.requirements.map((line) => (line.id === 'rust' ? { ...line, gap: 'No.' } : line)),
      },
      adText: AD.replace('The line of sql', ''),
      files: [{ path: 'README.md', text: '[x](gone.md)' }],
    });
    expect(found.map(({ code }) => code)).toEqual(['pairing', 'quote-fidelity', 'coverage', 'links']);
  });
});

test('a warning alone is no error', () => {
  const finding = { code: 'x', path: 'x', message: 'x', remedy: 'x' };
  expect(hasErrors([])).toBe(false);
  expect(hasErrors([{ ...finding, severity: 'warning' }])).toBe(false);
  expect(
    hasErrors([
      { ...finding, severity: 'warning' },
      { ...finding, severity: 'error' },
    ]),
  ).toBe(true);
});
