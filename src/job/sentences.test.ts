import { describe, expect, test } from 'vitest';
import { askOf, asksForCharacter, isOptional, splitSentences } from './sentences.ts';
import type { Line } from './sections.ts';

function lineOf(text: string, start = 0): Line {
  return { text, start, end: start + text.length, isBullet: false, isNumbered: false, followsBlank: true };
}

describe('splitting a line into sentences', () => {
  test.each([
    ['We build maps. You know SQL.', ['We build maps.', 'You know SQL.']],
    ['Really? Yes! 5 years of it.', ['Really?', 'Yes!', '5 years of it.']],
    ['He said “Go.” We went.', ['He said “Go.”', 'We went.']],
    ['(Really.) “Quoted.” (Again.)', ['(Really.)', '“Quoted.”', '(Again.)']],
    ['no end', ['no end']],
  ])('%s', (text, sentences) => {
    expect(splitSentences(lineOf(text)).map((sentence) => sentence.text)).toEqual(sentences);
  });

  test.each([
    'Databases, e.g. PostgreSQL, are known to you.',
    'A web framework, i.e. Django or Flask.',
    'Acme Inc. Warsaw is hiring.',
    'Acme Sp. z o.o. Kraków is hiring.',
    'We use Node.js and ASP.NET daily.',
    'Python 3.11 or later, min. 3 years.',
    'Send it to Dr. Smith in Berlin.',
    'Approx. 5 years of SQL.',
  ])('%s is one sentence', (text) => {
    expect(splitSentences(lineOf(text)).map((sentence) => sentence.text)).toEqual([text]);
  });

  test('a word that merely ends like an abbreviation ends the sentence', () => {
    expect(splitSentences(lineOf('We say no. You say SQL.'))).toHaveLength(2);
  });

  test('offsets count from the start of the ad', () => {
    const text = '   We build maps. Łódź is home. 🚀 You know SQL.';
    const sentences = splitSentences({
      text: text.trim(),
      start: 3,
      end: text.length,
      isBullet: false,
      isNumbered: false,
      followsBlank: true,
    });
    expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual(
      sentences.map((sentence) => sentence.text),
    );
    expect(sentences.length).toBeGreaterThan(1);
  });
});

describe('what a sentence of prose asks', () => {
  test.each([
    '5+ years of Python required.',
    '3 years of experience with SQL.',
    'At least 5 years of commercial experience in backend development.',
    'You must know Python and SQL.',
    'You should have a good command of Docker.',
    'You have solid experience with Kubernetes.',
    'You have 5 years of experience with Java.',
    'You bring strong skills in statistics.',
    'Experience with AWS is required.',
    'Knowledge of Docker is essential.',
    'Fluency in English is a must.',
    'A degree in computer science is mandatory.',
    'We are looking for someone with experience in machine learning.',
    'We need a developer who knows React inside out.',
    'The ideal candidate has worked with Spark.',
    'We expect you to write clean code.',
    'Candidates must be fluent in English.',
    'This role would suit a person who has worked as a data engineer.',
    'If you have a background in C++, apply today.',
    'Strong Python skills are required.',
    'Proficiency in SQL is needed.',
    'You know Python and its ecosystem inside out.',
    'You are fluent in Python and SQL.',
    'You’re comfortable with Linux and the command line.',
    'You’ve shipped at least one product to production.',
    'Minimum 3 years with Java.',
  ])('must: %s', (sentence) => {
    expect(askOf(sentence)).toBe('must');
  });

  test.each([
    'Experience with Docker would be a plus.',
    'Knowledge of Polish is an advantage.',
    'A degree is nice to have.',
    'Familiarity with AWS is desirable.',
    'Experience with Rust is a big plus.',
    'Bonus points for experience with Kafka.',
    'Experience in retail is not required, but welcome.',
    'Kubernetes is a plus.',
    'It’s great if you know Terraform, too.',
    'Ideally you have worked with Spark before.',
  ])('nice: %s', (sentence) => {
    expect(askOf(sentence)).toBe('nice');
  });

  test.each([
    'You will build data pipelines in Python.',
    'You’ll design and own our APIs.',
    "You'll also mentor two juniors.",
    'Your main task is keeping the models accurate.',
    'You are responsible for the front end.',
    'The successful candidate will maintain our services.',
    'We are looking for an engineer who will scale our platform.',
    'In this role you will work closely with data scientists.',
    'Your responsibilities include on-call duty.',
  ])('duty: %s', (sentence) => {
    expect(askOf(sentence)).toBe('duty');
  });

  test.each(['We want brilliant people who love to build great products.', 'We hire people that care.'])(
    'culture: %s',
    (sentence) => {
      expect(askOf(sentence)).toBe('culture');
      expect(asksForCharacter(sentence)).toBe(true);
    },
  );

  test.each([
    'Acme has 5 offices and 300 people.',
    'Founded in 2015, Acme makes maps for cyclists.',
    'We have 10 years of history in the market.',
    'You will get a laptop and a sport card.',
    'You will have 26 days of holiday.',
    'You’ll love our office in Kraków.',
    'You will be part of a team of five.',
    'You will learn a lot.',
    'Do you have experience with Python?',
    'You need to apply before Friday.',
    'You should read our blog.',
    'You must send a CV.',
    'Our customers must have trust in us.',
    'Our team has over 20 years of experience in finance.',
    'We are a company with 15 years of experience on the market.',
    'We offer a salary of up to 20k and a bonus.',
  ])('nothing: %s', (sentence) => {
    expect(askOf(sentence)).toBeUndefined();
  });
});

describe('a line of a must list that is optional', () => {
  test.each([
    'Docker (would be a plus) is nice to have',
    'Experience with Kafka is a plus',
    'Kubernetes as a bonus',
    'Rust: nice to have',
    'Polish is welcome',
    'Erfahrung mit AWS von Vorteil',
    'Docker – mile widziane',
  ])('%s', (line) => {
    expect(isOptional(line)).toBe(true);
  });

  test.each([
    'Python',
    'C++ (C++20 would be a plus)',
    'Experience with SQL. Knowledge of Redis is a plus.',
    'A plus-minus analysis of budgets',
    'Experience with Google Plus APIs',
  ])('%s: not', (line) => {
    expect(isOptional(line)).toBe(false);
  });
});
