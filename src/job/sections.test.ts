import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLines, splitSections, type SectionKind } from './sections.ts';

/** The kind that a heading gives to the list below it; `undefined` when it is taken for a line of text. */
function kindUnder(heading: string): SectionKind | undefined {
  const text = `Data Engineer\n\nAcme makes maps for cyclists.\n\n${heading}\n- Python and SQL\n- Docker in daily use\n`;
  const last = splitSections(text).at(-1);
  return last === undefined || last.heading === '' ? undefined : last.kind;
}

const HEADINGS: Record<SectionKind, string[]> = {
  must: [
    "What you'll need",
    'What you’ll need',
    'You must have',
    'What you must have',
    'Qualifications',
    'Minimum qualifications',
    'Basic Qualifications',
    'Requirements',
    'Key Requirements',
    'Minimum requirements',
    'Job requirements',
    'Must-haves',
    'Must have',
    'Must have skills',
    'Who you are',
    'About you',
    'You are',
    'You have',
    'Your profile',
    'Your background',
    'Your skills',
    'Required skills',
    'Key skills',
    'Technical skills',
    'Skills & Experience',
    'Competencies',
    'Essential criteria',
    "What we're looking for",
    'Who we’re looking for',
    'What you bring',
    'What you bring to the table',
    'The ideal candidate',
    'You’ll be a great fit if',
    'Wymagania',
    'Nasze wymagania',
    'Czego oczekujemy',
    'Anforderungen',
    'Dein Profil',
    'Das bringst du mit',
    'Was du mitbringst',
    'Profil recherché',
    'Requisitos',
  ],
  nice: [
    'You may have',
    'What you may also have',
    'Nice to have',
    'Nice-to-haves',
    'Bonus points',
    'Bonus',
    'Preferred qualifications',
    'Desirable',
    'Desired skills',
    'Desirable criteria',
    'Good to have',
    'Good-to-have',
    'Would be a plus',
    'It’s a plus if',
    'Even better if',
    'Mile widziane',
    'Dodatkowe atuty',
    'Von Vorteil',
    'Wünschenswert',
    'Se valorará',
  ],
  duty: [
    'Responsibilities',
    'Key responsibilities',
    'Your responsibilities',
    "What you'll do",
    'What you’ll be doing',
    'What will you be doing?',
    'Your tasks',
    'Duties and responsibilities',
    'Day to day',
    'Your mission',
    'Tech stack',
    'Our stack',
    'Technologies we use',
    'Zakres obowiązków',
    'Twój zakres obowiązków',
    'Zadania',
    'Aufgaben',
    'Deine Aufgaben',
    'Ihre Aufgaben',
  ],
  culture: ['Our values', 'Our culture', 'What we value', 'Unsere Werte', 'Nasze wartości'],
  aside: [
    'What we offer',
    'We offer',
    "What you'll get",
    'Benefits',
    'Perks & Benefits',
    "What's in it for you",
    'Why join us?',
    'Compensation',
    'How to apply',
    'Interview process',
    'Equal opportunity employer',
    'About us',
    'About Acme',
    'Who we are',
    'Company overview',
    'Oferujemy',
    'Co oferujemy',
    'O nas',
    'Das bieten wir',
    'Was wir bieten',
    'Wir bieten',
    'Unser Angebot',
    'Über uns',
    'Ofrecemos',
  ],
  prose: ['About the role', 'The role', 'About the job'],
};

describe.each(Object.entries(HEADINGS))('headings of kind %s', (kind, headings) => {
  test.each(headings)('%s', (heading) => {
    const forms = [heading, `${heading}:`, `## ${heading}`, `**${heading}**`, heading.toUpperCase()];
    expect(forms.map((form) => `${form} → ${kindUnder(form) ?? 'no heading'}`)).toEqual(
      forms.map((form) => `${form} → ${kind}`),
    );
  });
});

describe('what is no heading', () => {
  test.each([
    '- Requirements analysis with clients',
    'You have five years of experience with Python.',
    'Python, SQL, Docker',
    'Knowledge of the requirements of the automotive industry and its standards (ISO 26262, ASPICE) in daily practice',
    'Docker',
  ])('%j', (line) => {
    expect(splitSections(`Requirements:\n- Python\n${line}\n- SQL\n`)).toHaveLength(2);
  });

  test('the last line of an ad heads nothing', () => {
    expect(splitSections('Requirements:\n- Python\n\nYour profile').map((section) => section.heading)).toEqual([
      '',
      'Requirements',
    ]);
  });

  test('a label inside a list divides it and keeps its kind', () => {
    const sections = splitSections('Nice to have:\n- Docker\nFrameworks and libraries:\n- React\n- Django\n');
    expect(sections.slice(1).map(({ heading, kind, lines }) => [heading, kind, lines.length])).toEqual([
      ['Nice to have', 'nice', 1],
      ['Frameworks and libraries', 'nice', 2],
    ]);
  });
});

describe('sections', () => {
  test('lines before the first heading have no heading and are prose', () => {
    expect(splitSections('Data Engineer\nWarsaw\n\nRequirements:\n- SQL\n')[0]).toMatchObject({
      heading: '',
      kind: 'prose',
      lines: [{ text: 'Data Engineer' }, { text: 'Warsaw' }],
    });
  });

  test('an ad without headings is one section of prose', () => {
    const sections = splitSections('We need a person who knows Python.\n\n- SQL\n- Docker\n');
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({ heading: '', kind: 'prose' });
    expect(sections[0]?.lines).toHaveLength(3);
  });

  test('benefits after requirements end the list', () => {
    const sections = splitSections('Requirements\n- SQL\n\nBenefits\n- Fruit on Fridays\n');
    expect(sections.map(({ kind, lines }) => [kind, lines.length])).toEqual([
      ['prose', 0],
      ['must', 1],
      ['aside', 1],
    ]);
  });

  test('an empty text has one empty section', () => {
    expect(splitSections('\n')).toEqual([{ heading: '', kind: 'prose', lines: [] }]);
  });
});

describe('lines', () => {
  test.each(['-', '*', '•', '·', '▪', '●', '○', '◦', '‣', '–', '—', '✓', '✔', '➢', '►', '1.', '2)', '12.'])(
    'the mark %j is not part of the line',
    (mark) => {
      expect(splitLines(`${mark} Python and SQL`)).toMatchObject([{ text: 'Python and SQL', isBullet: true }]);
    },
  );

  test.each(['➤', '▸', '►', '■', '◆', '✅', '☑', '★', '→', '»', '+', 'o'])(
    'the mark %j is not part of the line, either',
    (mark) => {
      expect(splitLines(`${mark} Python and SQL`)).toMatchObject([{ text: 'Python and SQL', isBullet: true }]);
    },
  );

  test.each(['-5 degrees', '3D graphics', '2.5 years of Python', '5+ years of Python', '*nix', 'C++'])(
    '%j has no mark',
    (line) => {
      expect(splitLines(line)).toMatchObject([{ text: line, isBullet: false }]);
    },
  );

  test('a bullet sign needs no blank after it, a dash does', () => {
    expect(splitLines('•Python')).toMatchObject([{ text: 'Python', isBullet: true }]);
    expect(splitLines('-Python')).toMatchObject([{ text: '-Python', isBullet: false }]);
  });

  test('blank lines are null and are remembered by the line after them', () => {
    expect(splitLines('a\n\nb\nc')).toMatchObject([
      { followsBlank: true },
      null,
      { followsBlank: true },
      { followsBlank: false },
    ]);
  });

  test('a mark with nothing behind it is no bullet', () => {
    expect(splitLines('- Python\n-\n- SQL').filter((line) => line?.isBullet)).toHaveLength(2);
  });

  test('every line stands where it says it stands', () => {
    const piece = fc.constantFrom(
      '- ',
      '  ',
      '• ',
      '1. ',
      '',
      'Python 🚀',
      'Requirements:',
      'naïve ',
      '\n',
      '\n\n',
      'a: b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const line of splitLines(text)) {
          if (line !== null) expect(text.slice(line.start, line.end)).toBe(line.text);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
