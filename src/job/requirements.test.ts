import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRequirements } from './requirements.ts';
import { splitSections } from './sections.ts';
import type { Requirement } from './types.ts';

const NO_SKILLS = (): string[] => [];

function requirementsOf(text: string): Requirement[] {
  return findRequirements(splitSections(text), NO_SKILLS);
}

/** `must: Python` for every requirement. */
function listed(text: string): string[] {
  return requirementsOf(text).map(({ kind, quote }) => `${kind}: ${quote}`);
}

describe('lists under headings', () => {
  test('every line is one requirement of the kind that its heading says', () => {
    expect(
      listed(
        [
          'Requirements:',
          '- Python',
          'Nice to have:',
          '- Docker',
          'Responsibilities:',
          '- Building pipelines',
          'Our values:',
          '- Candour',
          'Benefits:',
          '- Fruit',
        ].join('\n'),
      ),
    ).toEqual(['must: Python', 'nice: Docker', 'duty: Building pipelines', 'culture: Candour']);
  });

  test.each(['-', '*', '•', '–', '✓', '►', '1.', '2)', ''])('with the mark %j', (mark) => {
    const item = (text: string): string => `${mark} ${text}`.trim();
    expect(listed(`Requirements:\n${item('Python and SQL')}\n${item('Docker')}\n`)).toEqual([
      'must: Python and SQL',
      'must: Docker',
    ]);
  });

  test('blank lines between the items change nothing', () => {
    expect(listed('Requirements\n\n- Python\n\n- SQL\n\n\n- Docker\n')).toEqual([
      'must: Python',
      'must: SQL',
      'must: Docker',
    ]);
  });

  test('nested items are requirements of their own', () => {
    expect(listed('Requirements:\n- Databases:\n  - SQL\n  - Redis\n')).toEqual([
      'must: Databases',
      'must: SQL',
      'must: Redis',
    ]);
  });

  test('punctuation of the list is not part of the quote', () => {
    expect(listed('Requirements:\n- Python;\n- SQL,\n- Docker.\n- Java :\n- C++, Go, etc.\n')).toEqual([
      'must: Python',
      'must: SQL',
      'must: Docker',
      'must: Java',
      'must: C++, Go, etc.',
    ]);
  });

  test('a line of a must list that calls itself optional is nice to have', () => {
    expect(
      listed('Requirements:\n- Python\n- Experience with Kafka is a plus\n- C++ (Rust would be a plus)\n'),
    ).toEqual(['must: Python', 'nice: Experience with Kafka is a plus', 'must: C++ (Rust would be a plus)']);
  });

  test('one long paragraph under a list heading is taken sentence by sentence', () => {
    expect(
      listed('Requirements:\nStrong Python. Five years of SQL. Docker in daily use. English at B2 level.\n'),
    ).toEqual([
      'must: Strong Python',
      'must: Five years of SQL',
      'must: Docker in daily use',
      'must: English at B2 level',
    ]);
  });

  test('closing words of the company after a list are not part of it', () => {
    const closing =
      'Acme has been making maps since 1999 and is proud of every one of them. Our offices are in Kraków, Porto and Berlin. All of us meet twice a year, by the sea or in the mountains.';
    expect(listed(`Requirements:\n- Python\n- SQL\n\n${closing}\n`)).toEqual(['must: Python', 'must: SQL']);
  });
});

describe('ads without headings', () => {
  test('bullets that start with what one does are duties, all else is asked for', () => {
    expect(
      listed(
        'Data Engineer\n\n- Build pipelines in Spark\n- Maintaining dashboards\n- 5 years of Python\n- Kafka is a plus\n',
      ),
    ).toEqual([
      'duty: Build pipelines in Spark',
      'duty: Maintaining dashboards',
      'must: 5 years of Python',
      'nice: Kafka is a plus',
    ]);
  });

  test('prose is read for the sentences that ask', () => {
    expect(
      listed(
        'Acme makes maps. You will build our pipelines. 5+ years of Python required. Experience with Rust would be a plus. We have a dog.\n',
      ),
    ).toEqual([
      'duty: You will build our pipelines',
      'must: 5+ years of Python required',
      'nice: Experience with Rust would be a plus',
    ]);
  });

  test('a line in prose that only names skills with years is a must', () => {
    expect(listed('Data Engineer\n\n5+ years of Python required.\n')).toEqual(['must: 5+ years of Python required']);
  });
});

describe('what asks nothing', () => {
  test('the pitch of the company', () => {
    expect(
      listed(
        'About us\nAcme has 300 people in 5 offices. We love Python and ship daily. Our customers need maps.\n\nWho we are\n- Friendly\n- Fast\n',
      ),
    ).toEqual([]);
  });

  test.each(['Benefits', 'What we offer', 'Oferujemy', 'Wir bieten', 'Perks'])('the list under %s', (heading) => {
    expect(listed(`${heading}:\n- 26 days of holiday\n- You will get a new laptop\n- Python training\n`)).toEqual([]);
  });

  test('an empty ad', () => {
    expect(listed('\n')).toEqual([]);
  });
});

describe('quotes', () => {
  test('are the exact words of the text, at the offsets given', () => {
    const piece = fc.constantFrom(
      'Requirements:',
      'Nice to have',
      'Benefits:',
      'About the role',
      '',
      '- Python 🚀 and SQL.',
      '  • naïve Łódź;',
      '1. C++ (e.g. C++20), etc.',
      '✓ Docker : ',
      'You will build maps. 5+ years of Java required! We have a dog.',
      'Strong Python. SQL too. Docker. English.',
      'We want people who care.',
      '- ...',
      '• ;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (lines) => {
        const text = lines.join('\n');
        for (const { quote, start, end } of requirementsOf(text)) expect(text.slice(start, end)).toBe(quote);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('are never empty', () => {
    expect(listed('Requirements:\n- Python\n- ...\n- ;\n- SQL\n')).toEqual(['must: Python', 'must: SQL']);
  });

  test('stand in the order of the ad', () => {
    const starts = requirementsOf('Nice to have:\n- Docker\nRequirements:\n- SQL\n- Go\n').map(({ start }) => start);
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    expect(starts).toHaveLength(3);
  });
});

function textOf(items: readonly string[]): string {
  return `Requirements:\n${items.map((line) => `- ${line}`).join('\n')}\n`;
}

describe('ids', () => {
  test('are made of the words that carry meaning', () => {
    const ids = requirementsOf(
      'Requirements:\n- Knowledge of SQL (joins, CTEs, functions, etc.)\n- Experience with C++ and C#\n- Znajomość języka Łacińskiego\n',
    ).map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(['sql-joins-ctes-functions-etc', 'cpp-csharp']);
    expect(ids[2]).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  test('tell apart lines with the same words', () => {
    expect(requirementsOf('Requirements:\n- Python\n- Python\n- python!\n').map(({ id }) => id)).toEqual([
      'python',
      'python-2',
      'python-3',
    ]);
  });

  test('exist for lines without a Latin letter and differ between them', () => {
    const ids = requirementsOf('Requirements:\n- 精通数据库\n- Знание баз данных\n- απαιτείται εμπειρία\n').map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^line-[0-9a-f]{8}$/);
  });

  const LINES = [
    'Python',
    'SQL and Redis',
    'Docker',
    'Good English',
    'Five years of Java',
    'C++',
    'Machine learning',
    '工作',
  ];

  test('are unique whatever the lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES, 'Python 2', 'python-2'), { minLength: 1, maxLength: 20 }),
        (lines) => {
          const ids = requirementsOf(`Requirements:\n${lines.map((line) => `- ${line}`).join('\n')}\n`).map(
            ({ id }) => id,
          );
          expect(new Set(ids).size).toBe(lines.length);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test('stay when another line is added anywhere', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LINES, { minLength: 1 }), fc.nat({ max: LINES.length }), (lines, at) => {
        const before = new Map(requirementsOf(textOf(lines)).map(({ quote, id }) => [quote, id]));
        const after = new Map(
          requirementsOf(textOf(lines.toSpliced(at, 0, 'Knowledge of Kubernetes'))).map(({ quote, id }) => [quote, id]),
        );
        for (const [quote, id] of before) expect(after.get(quote)).toBe(id);
        expect(after.size).toBe(before.size + 1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('are no longer than a file name wants them', () => {
    const long = 'incomprehensibilities '.repeat(5).trim();
    const [only] = requirementsOf(`Requirements:\n- ${long}\n`);
    expect(only?.id.length).toBeLessThanOrEqual(56);
    expect(only?.id).not.toMatch(/-$/);
  });
});

test('skills come from the matcher, which sees the quote and nothing else', () => {
  const seen: string[] = [];
  const found = findRequirements(splitSections('Requirements:\n- Python;\n- SQL\n'), (quote) => {
    seen.push(quote);
    return [`skill-of-${quote}`];
  });
  expect(seen).toEqual(['Python', 'SQL']);
  expect(found.map(({ skills }) => skills)).toEqual([['skill-of-Python'], ['skill-of-SQL']]);
});

test('a requirement knows the heading that it stood under', () => {
  const found = requirementsOf('- Redis\nRequirements:\n- Python\nNice to have\n- SQL\n');
  expect(found.map(({ section }) => section)).toEqual(['', 'Requirements', 'Nice to have']);
});
