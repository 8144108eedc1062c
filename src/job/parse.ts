/** `JobSource` → `Job`: clean, find the sections, take the requirements, apply the overrides. */
import { createHash } from 'node:crypto';
import { PrepsmithError } from '../errors.ts';
import { cleanAd, type CleanedAd } from './clean.ts';
import { MAX_AD_BYTES, MAX_LINE_CHARACTERS, type DecodeFailure } from './decode.ts';
import { findCompany, findLanguage, findLevel, findTitle } from './identity.ts';
import { parseOverrides } from './overrides.ts';
import { findRequirements, type SkillMatcher } from './requirements.ts';
import { splitSections } from './sections.ts';
import { askOf } from './sentences.ts';
import type { Job, JobSource, Requirement } from './types.ts';

/** @throws PrepsmithError `job-file`, `not-an-ad` or `job-overrides`; always about this file alone. */
export function parseJob(source: JobSource, matchSkills: SkillMatcher): Job {
  return parseCleanedAd(source, readAd(source), matchSkills);
}

/** @throws PrepsmithError `job-file` when the bytes are no text. */
export function readAd(source: JobSource): CleanedAd {
  const cleaned = cleanAd(source.bytes);
  if ('failure' in cleaned) throw unreadable(source.file, cleaned.failure, source.bytes.length);
  return cleaned;
}

/** @throws PrepsmithError `not-an-ad` or `job-overrides`. */
export function parseCleanedAd(source: JobSource, ad: CleanedAd, matchSkills: SkillMatcher): Job {
  const overrides = parseOverrides(source.overrides);
  const sections = splitSections(ad.text);
  const requirements = findRequirements(sections, matchSkills);
  if (!looksLikeAd(requirements)) throw notAnAd(source.file, ad.text);
  if (requirements.length > MAX_REQUIREMENTS) throw tooManyRequirements(source.file, requirements.length);
  const title = overrides.title ?? findTitle(ad.text, source.id);
  const musts = requirements
    .filter((requirement) => requirement.kind === 'must')
    .map((requirement) => requirement.quote);
  return {
    id: source.id,
    title,
    company: overrides.company ?? findCompany(ad.text),
    level: overrides.level ?? findLevel(title, musts),
    language: overrides.language ?? findLanguage(ad.text, sections),
    source: source.file,
    sha256: createHash('sha256').update(ad.text).digest('hex'),
    text: ad.text,
    requirements,
    counts: overrides.counts ?? {},
  };
}

/** The longest ads have some sixty; beyond this the file holds something else, or many ads. */
const MAX_REQUIREMENTS = 300;

function tooManyRequirements(file: string, count: number): PrepsmithError {
  return new PrepsmithError('job-file', {
    message: `${file}: expected one job ad, found ${count} requirements (at most ${MAX_REQUIREMENTS})`,
    remedy: 'Keep one ad a file; is this the right file?',
  });
}

/** Recipes have lists, too: without a heading, a line has to ask something or to name a skill. */
function looksLikeAd(requirements: readonly Requirement[]): boolean {
  return requirements.some(
    ({ section, skills, quote }) => section !== '' || skills.length > 0 || askOf(quote) !== undefined,
  );
}

function unreadable(file: string, failure: DecodeFailure, size: number): PrepsmithError {
  const reasons: Record<DecodeFailure, { found: string; remedy: string }> = {
    empty: { found: 'the file is empty', remedy: 'Paste the text of the ad into it, or delete it.' },
    'too-large': {
      found: `${size.toLocaleString('en')} bytes are more than the ${MAX_AD_BYTES.toLocaleString('en')} that an ad may have`,
      remedy: 'Keep one ad a file; is this the right file?',
    },
    'line-too-long': {
      found: `a line is longer than the ${MAX_LINE_CHARACTERS.toLocaleString('en')} characters that one may have`,
      remedy: 'Paste the text of the ad with its line breaks.',
    },
    binary: {
      found: 'the bytes are no text in any encoding',
      remedy: 'Save the ad as plain text (UTF-8), not as PDF, DOCX or an image.',
    },
  };
  const { found, remedy } = reasons[failure];
  return new PrepsmithError('job-file', {
    message: `${file}: expected the text of a job ad, found that ${found}`,
    remedy,
  });
}

function notAnAd(file: string, text: string): PrepsmithError {
  const words = text.split(/\s+/).filter(Boolean).length;
  return new PrepsmithError('not-an-ad', {
    message: `${file}: expected a job ad, found ${words} ${words === 1 ? 'word' : 'words'} and not one line that asks something of a candidate`,
    remedy: 'Put what the job asks for under a heading such as "Requirements:" or "What you will do:", one line each.',
  });
}
