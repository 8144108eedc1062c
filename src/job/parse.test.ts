import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PrepsmithError } from '../errors.ts';
import { MAX_AD_BYTES } from './decode.ts';
import { parseJob, readAd } from './parse.ts';
import type { Job, JobSource } from './types.ts';

const matchSkills = (quote: string): string[] => (quote.includes('Python') ? ['programming.python'] : []);

function sourceOf(content: string | Uint8Array, overrides?: string): JobSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source: JobSource = { id: 'acme_data_engineer', file: 'jobs/acme_data_engineer.txt', bytes };
  if (overrides !== undefined) source.overrides = { file: 'jobs/acme_data_engineer.yaml', text: overrides };
  return source;
}

function parse(content: string | Uint8Array, overrides?: string): Job {
  return parseJob(sourceOf(content, overrides), matchSkills);
}

/** Code, message and remedy of the failure. */
function failureOf(content: string | Uint8Array, overrides?: string): string {
  try {
    parse(content, overrides);
  } catch (error) {
    if (error instanceof PrepsmithError) return `${error.code}: ${error.message}\n→ ${error.remedy}`;
    throw error;
  }
  throw new Error('parsed');
}

const AD = `Senior Data Engineer
Company: Acme

We are looking for somebody who keeps our pipelines alive, by day and by night.

Requirements:
- 5+ years of Python
- SQL

Nice to have:
- Docker
`;

describe('a job', () => {
  test('has everything that the ad says', () => {
    const job = parse(AD);
    expect(job).toMatchObject({
      id: 'acme_data_engineer',
      title: 'Senior Data Engineer',
      company: 'Acme',
      level: 'senior',
      language: 'en',
      source: 'jobs/acme_data_engineer.txt',
      text: AD,
      counts: {},
    });
    expect(job.requirements.map(({ id, kind, skills }) => [id, kind, skills])).toEqual([
      ['5-years-python', 'must', ['programming.python']],
      ['sql', 'must', []],
      ['docker', 'nice', []],
    ]);
  });

  test('has the hash of its cleaned text, so that line ends and encodings do not change it', () => {
    const sha256 = createHash('sha256').update(AD).digest('hex');
    expect(parse(AD).sha256).toBe(sha256);
    expect(parse(AD.replaceAll('\n', '\r\n')).sha256).toBe(sha256);
    expect(parse(Uint8Array.from(Buffer.from(`\ufeff${AD}`, 'utf16le'))).sha256).toBe(sha256);
  });

  test('takes from the overrides what they give and the rest from the ad', () => {
    const job = parse(AD, 'title: Pipeline Plumber\nlevel: mid\nlanguage: pl\ncounts: {questions: 9}\n');
    expect(job).toMatchObject({
      title: 'Pipeline Plumber',
      company: 'Acme',
      level: 'mid',
      language: 'pl',
      counts: { questions: 9 },
    });
  });

  test('takes its level from the overridden title', () => {
    expect(parse(AD, 'title: Junior Data Engineer').level).toBe('junior');
  });

  test('has null for a company that is not named', () => {
    expect(parse('Data Engineer\n\nRequirements:\n- Python\n').company).toBeNull();
  });

  test('quotes the exact words of its text', () => {
    const job = parse(`\ufeff${AD.replaceAll('\n', '\r\n').replace('SQL', 'SQL\u00a0and\u200b caf√©')}`);
    for (const { quote, start, end } of job.requirements) expect(job.text.slice(start, end)).toBe(quote);
    expect(job.requirements.map(({ quote }) => quote)).toContain('SQL and café');
  });
});

describe('files that are no text', () => {
  test('an empty file', () => {
    expect(failureOf('')).toMatchInlineSnapshot(`
      "job-file: jobs/acme_data_engineer.txt: expected the text of a job ad, found that the file is empty
      → Paste the text of the ad into it, or delete it."
    `);
    expect(failureOf(' \n\t\n')).toBe(failureOf(''));
  });

  test('a binary file', () => {
    expect(failureOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13))).toMatchInlineSnapshot(`
      "job-file: jobs/acme_data_engineer.txt: expected the text of a job ad, found that the bytes are no text in any encoding
      → Save the ad as plain text (UTF-8), not as PDF, DOCX or an image."
    `);
  });

  test('a file that is too large', () => {
    expect(failureOf(new Uint8Array(MAX_AD_BYTES + 1).fill(0x61))).toMatchInlineSnapshot(`
      "job-file: jobs/acme_data_engineer.txt: expected the text of a job ad, found that 1,000,001 bytes are more than the 1,000,000 that an ad may have
      → Keep one ad a file; is this the right file?"
    `);
  });

  test('are refused by readAd alike', () => {
    expect(() => readAd(sourceOf(''))).toThrow(PrepsmithError);
  });
});

describe('text that is no ad', () => {
  const POEM = `Two roads diverged in a yellow wood,
And sorry I could not travel both
And be one traveler, long I stood
And looked down one as far as I could
To where it bent in the undergrowth;
`;
  const CSV = `id,name,city,amount
1,Anna,Kraków,12.50
2,Ben,Berlin,7.00
3,Cleo,Porto,99.99
`;
  const SOURCE = `import { readFile } from 'node:fs/promises';

/** Reads a file and counts its lines. */
export async function countLines(file: string): Promise<number> {
  const text = await readFile(file, 'utf8');
  // An empty file has no line.
  return text === '' ? 0 : text.split('\\n').length;
}
`;
  const YAML = `services:
  web:
    image: nginx
    ports:
      - "80:80"
    environment:
      - MODE=production
`;
  const LOG = `2024-05-01 12:00:01 INFO  server started on port 8080
2024-05-01 12:00:05 WARN  slow request: 1200 ms
2024-05-01 12:00:09 ERROR connection reset by peer
`;
  const RECIPE = `Pancakes

- 200 g flour
- 2 eggs
- 300 ml milk

Mix everything and fry it in butter.
`;

  test('a poem', () => {
    expect(failureOf(POEM)).toMatchInlineSnapshot(`
      "not-an-ad: jobs/acme_data_engineer.txt: expected a job ad, found 37 words and not one line that asks something of a candidate
      → Put what the job asks for under a heading such as "Requirements:" or "What you will do:", one line each."
    `);
  });

  test.each([
    ['a CSV', CSV],
    ['source code', SOURCE],
    ['a compose file', YAML],
    ['a log', LOG],
    ['a recipe', RECIPE],
    ['one word', 'hello'],
    ['the pitch of a company alone', 'Acme makes maps. We have 5 offices and 300 people.\n\nBenefits:\n- Fruit\n'],
  ])('%s', (_, text) => {
    expect(failureOf(text)).toMatch(
      /^not-an-ad: jobs\/acme_data_engineer\.txt: expected a job ad, found \d+ words? and not one/,
    );
  });

  test('one word is counted as one word', () => {
    expect(failureOf('hello')).toContain('found 1 word and');
  });
});

test('wrong overrides fail this job with their own file and line', () => {
  expect(failureOf(AD, 'title: Ok\nlevel: boss\n')).toMatchInlineSnapshot(`
    "job-overrides: jobs/acme_data_engineer.yaml:2:1: level: expected junior or mid or senior, found "boss" (4 characters)
    → Correct the file or delete it; an example: {title: Data Engineer, level: mid, counts: {questions: 14}}."
  `);
});
