import { describe, expect, test } from 'vitest';
import { findCompany, findLanguage, findLevel, findTitle } from './identity.ts';
import { splitSections } from './sections.ts';

describe('title', () => {
  test.each([
    ['Job title: Data Engineer\nRequirements', 'Data Engineer'],
    ['Acme\nPosition – Senior Data Engineer\n', 'Senior Data Engineer'],
    ['Firma: Acme\nStanowisko: Inżynier danych\n', 'Inżynier danych'],
    ['Stelle: Entwickler (m/w/d)\n', 'Entwickler (m/w/d)'],
  ])('a label says it: %j', (text, title) => {
    expect(findTitle(text, 'x')).toBe(title);
  });

  test.each([
    ['Machine Learning Engineer (MLOps)\nCompany: Tesco', 'Machine Learning Engineer (MLOps)'],
    ['# Senior Python Developer\n', 'Senior Python Developer'],
    ['**Full Stack Developer (React / Django)**\n', 'Full Stack Developer (React / Django)'],
    ['Data scientist\n', 'Data scientist'],
    ['Site Reliability Engineer / SRE\n', 'Site Reliability Engineer / SRE'],
    ['Senior Software Engineer, C++\n', 'Senior Software Engineer, C++'],
    ['Programista Python\n', 'Programista Python'],
    ['Softwareentwickler (m/w/d)\n', 'Softwareentwickler (m/w/d)'],
  ])('the first line is it: %j', (text, title) => {
    expect(findTitle(text, 'file_name')).toBe(title);
  });

  test.each([
    ['Acme makes maps.\nWe are looking for a Data Engineer to join us.', 'Data Engineer'],
    ['Hello!\nWe are hiring Deep Learning Engineers for our team.', 'Deep Learning Engineer'],
    ['About the job\nWe are looking for a Python developer who will help.', 'Python Developer'],
    ['Hi.\nWe are seeking an experienced Senior Backend Engineer (Go) now.', 'Senior Backend Engineer'],
    ['Hi.\nJoin us as a Head of Data and Machine Learning Engineer.', 'Head of Data and Machine Learning Engineer'],
  ])('a sentence announces it: %j', (text, title) => {
    expect(findTitle(text, 'file_name')).toBe(title);
  });

  test('else the name of the file says it, with acronyms as they are written', () => {
    expect(findTitle('We make maps.', 'acme_senior-ml_engineer')).toBe('Acme Senior ML Engineer');
    expect(findTitle('', 'qa')).toBe('QA');
  });

  test.each(['We need an engineer who is not afraid of legacy code.', 'About the Engineer', 'Engineers wanted!'])(
    'a sentence is no title: %j',
    (line) => {
      expect(findTitle(`${line}\n`, 'the_name')).toBe('The Name');
    },
  );

  test('a label with a whole paragraph behind it is no title', () => {
    expect(findTitle(`Role: ${'you will do many things '.repeat(6)}\n`, 'the_name')).toBe('The Name');
  });
});

describe('company', () => {
  test.each([
    ['Data Engineer\nCompany: deepsense.ai\n', 'deepsense.ai'],
    ['Employer : Acme Labs\n', 'Acme Labs'],
    ['Firma: Żabka Polska\n', 'Żabka Polska'],
    ['Unternehmen: Müller & Söhne\n', 'Müller & Söhne'],
    ['Company: Acme · Warsaw\n', 'Acme'],
    ['Data Engineer\n\nAbout Acme\nMaps.\n', 'Acme'],
    ['About Tesco Technology:\n', 'Tesco Technology'],
    ['Acme is a maker of maps.\n', 'Acme'],
    ['Blue Ocean Labs builds ships.\n', 'Blue Ocean Labs'],
    ['Come and work at Acme, the maker of maps.\n', 'Acme'],
    ['Why join Blue Ocean?\n', 'Blue Ocean'],
    ['SKY ENGINE AI · London, UK\n', 'SKY ENGINE AI'],
    ['You will like working at Acme’s.\n', 'Acme'],
  ])('%j', (text, company) => {
    expect(findCompany(text)).toBe(company);
  });

  test.each([
    'This is a remote position.\n',
    'About the role\nAbout us\nAbout you\n',
    'We are a small team. You will work at the office.\n',
    'Python is a must.\n',
    'Experience is an advantage.\n',
    'English is one of the requirements.\n',
    'Requirements:\n- Python\n',
    'The job is a challenge. It is a chance.\n',
    'Data science is the heart of what we do.\n',
    'Are you good at Python, SQL and Docker?\n',
    '',
  ])('nothing is invented from %j', (text) => {
    expect(findCompany(text)).toBeNull();
  });
});

describe('level', () => {
  test.each([
    ['Senior Data Engineer', 'senior'],
    ['Sr. Developer', 'senior'],
    ['Tech Lead', 'senior'],
    ['Principal Engineer', 'senior'],
    ['Staff Engineer', 'senior'],
    ['Junior Developer', 'junior'],
    ['Jr Data Analyst', 'junior'],
    ['Machine Learning Intern', 'junior'],
    ['Graduate Engineer', 'junior'],
    ['Entry-level Programmer', 'junior'],
    ['Data Engineer', 'mid'],
    ['Internal Tools Engineer', 'mid'],
    ['Leading-edge Developer', 'mid'],
  ] as const)('%s: %s', (title, level) => {
    expect(findLevel(title, [])).toBe(level);
  });

  test.each([
    [['5+ years of Python'], 'senior'],
    [['3-4 years of SQL', 'English'], 'mid'],
    [['2 – 3 yrs with Java'], 'mid'],
    [['1 year of anything'], 'junior'],
    [['0-1 years of experience'], 'junior'],
    [['2 years of SQL', '6 years of Python'], 'senior'],
    [['8+ yrs exp'], 'senior'],
    [['Python 3, SQL 2019'], 'mid'],
    [['five years of Python'], 'senior'],
    [[], 'mid'],
  ] as const)('years decide when the title does not: %j is %s', (quotes, level) => {
    expect(findLevel('Data Engineer', quotes)).toBe(level);
  });

  test('the title has the last word', () => {
    expect(findLevel('Junior Developer', ['5+ years of Python'])).toBe('junior');
  });
});

function languageOf(text: string): string {
  return findLanguage(text, splitSections(text));
}

describe('language', () => {
  test.each([
    [
      'en',
      'We are looking for a person who knows how to build data pipelines and keeps them alive in production.\n\nRequirements:\n- Python\n- SQL\n',
    ],
    [
      'pl',
      'Szukamy osoby, która potrafi budować potoki danych i utrzymywać je w środowisku produkcyjnym.\n\nWymagania:\n- Python\n- SQL\n',
    ],
    [
      'de',
      'Wir suchen eine Person, die Datenpipelines bauen und sie im laufenden Betrieb am Leben halten kann.\n\nAnforderungen:\n- Python\n- SQL\n',
    ],
    [
      'fr',
      'Nous cherchons une personne qui sait construire des flux de données et les maintenir en production.\n\nProfil recherché :\n- Python\n',
    ],
  ])('%s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  test('lists of product names do not outvote the prose', () => {
    const tools = ['Python', 'Kafka', 'Django', 'Pandas', 'Scala', 'Keras', 'Redis', 'Flask'].map(
      (tool) => `- ${tool}`,
    );
    const prose = 'Szukamy osoby, która potrafi budować potoki danych i utrzymywać je w środowisku produkcyjnym.';
    expect(languageOf(`${prose}\n\nWymagania:\n${tools.join('\n')}\n`)).toBe('pl');
  });

  test('too little text is English', () => {
    expect(languageOf('Go, SQL\n')).toBe('en');
  });

  test('a short list in English is English', () => {
    expect(languageOf('Requirements:\n- Python\n- SQL\n- Docker\n- Good English\n')).toBe('en');
  });
});
