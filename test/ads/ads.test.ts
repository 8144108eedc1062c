/** The shipped ads are read as a careful person reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/job/parse.ts';
import { loadMatcher, readLabels, scoreAgainstLabels } from './labels.ts';

const matcher = await loadMatcher();
const labels = readLabels();
const readJob = (id: string) =>
  parseJob({ id, file: `jobs/${id}.txt`, bytes: readFileSync(`jobs/${id}.txt`) }, matcher);

describe('the shipped ads', () => {
  it('are all labelled by hand, with quotes that stand in them', () => {
    expect(Object.keys(labels).sort()).toEqual(
      readdirSync('jobs')
        .filter((name) => name.endsWith('.txt'))
        .map((name) => name.slice(0, -4))
        .sort(),
    );
    for (const [id, { requirements }] of Object.entries(labels)) {
      const text = readFileSync(`jobs/${id}.txt`, 'utf8');
      for (const { quote } of requirements) expect(text).toContain(quote);
    }
  });

  it('give at least 95 % of their requirements, at most 10 % others, 90 % with the right kind', () => {
    const total = { labelled: 0, found: 0, matched: 0, kindRight: 0 };
    for (const [id, { requirements }] of Object.entries(labels)) {
      const score = scoreAgainstLabels(readJob(id), requirements);
      for (const key of ['labelled', 'found', 'matched', 'kindRight'] as const) total[key] += score[key];
    }
    expect(total.matched / total.labelled).toBeGreaterThanOrEqual(0.95);
    expect(total.matched / total.found).toBeGreaterThanOrEqual(0.9);
    expect(total.kindRight / total.matched).toBeGreaterThanOrEqual(0.9);
  });

  it.each(Object.entries(labels))(
    '%s: title, company and language are right, quotes are exact with their offsets',
    (id, label) => {
      const job = readJob(id);
      expect({ title: job.title, company: job.company, language: job.language }).toEqual({
        title: label.title,
        company: label.company,
        language: label.language,
      });
      for (const { quote, start, end } of job.requirements) expect(job.text.slice(start, end)).toBe(quote);
      expect(new Set(job.requirements.map((requirement) => requirement.id)).size).toBe(job.requirements.length);
    },
  );
});
