/**
 * Bytes of an ad → the cleaned text that quotes are taken from. The order matters: wraps are
 * measured in characters, so encoding comes first; invisible characters count towards the width
 * of a terminal line, so they go last.
 */
import { BULLET_LINE } from './bullets.ts';
import { decodeText, type DecodeFailure } from './decode.ts';
import { joinWraps } from './join-wraps.ts';
import { repairEncoding } from './repair-encoding.ts';

export interface CleanedAd {
  /** NFC, LF, no trailing blanks, no scraper noise, exactly one newline at the end. */
  text: string;
  encoding: string;
  repairedRuns: number;
  joinedWraps: number;
  droppedLines: string[];
}

export function cleanAd(bytes: Uint8Array): CleanedAd | { failure: DecodeFailure } {
  const decoded = decodeText(bytes);
  if ('failure' in decoded) return decoded;
  const repaired = repairEncoding(decoded.text.replace(/\r\n?/g, '\n'));
  const joined = joinWraps(repaired.text.replace(/[\u2028\u2029\u0085]/g, '\n'));
  const { text, droppedLines } = dropNoise(plainSpaces(joined.text));
  return {
    text: `${joinContinuations(text)
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\s*\n/, '')
      .trimEnd()}\n`,
    encoding: decoded.encoding,
    repairedRuns: repaired.repairedRuns,
    joinedWraps: joined.joins,
    droppedLines,
  };
}

function plainSpaces(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g, '')
      .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
      // oxlint-disable-next-line no-control-regex -- left-overs of copying from a terminal
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
      .replace(/(?<! ) +$/gm, '')
      .replace(/(?<=\S) {40,}/g, ' ')
  );
}

/** A bullet whose text goes on in an indented next line is one line. */
function joinContinuations(text: string): string {
  const out: string[] = [];
  let itemIndent: number | undefined;
  for (const line of text.split('\n')) {
    const bullet = BULLET_LINE.exec(line);
    const indent = line.length - line.trimStart().length;
    const isContinuation = itemIndent !== undefined && bullet === null && line !== '' && indent >= itemIndent + 2;
    if (isContinuation) out[out.length - 1] += ` ${line.trim()}`;
    else {
      out.push(line);
      itemIndent = bullet === null ? undefined : (bullet[1]?.length ?? 0);
    }
  }
  return out.join('\n');
}

/** Lines that job sites add around an ad; compared without case and punctuation. */
const NOISE: ReadonlySet<string> = new Set([
  'job description',
  'online interview',
  'friendly offer',
  'about the job',
  'apply',
  'apply now',
  'easy apply',
  'save',
  'save job',
  'share',
  'share this job',
  'report this job',
  'show more',
  'show less',
  'see more',
  'read more',
  'full job description',
  'new',
  'promoted',
  'actively recruiting',
]);

function dropNoise(text: string): { text: string; droppedLines: string[] } {
  const droppedLines: string[] = [];
  const kept = text.split('\n').filter((line) => {
    const isNoise = NOISE.has(
      line
        .toLowerCase()
        .replace(/[^\p{L} ]/gu, '')
        .trim(),
    );
    if (isNoise) droppedLines.push(line.trim());
    return !isNoise;
  });
  return { text: kept.join('\n'), droppedLines };
}
