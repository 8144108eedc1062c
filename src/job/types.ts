/** What an ad becomes. Offsets are UTF-16 indices into `Job.text`: `text.slice(start, end) === quote`. */

export type RequirementKind = 'must' | 'nice' | 'duty' | 'culture';
export type Level = 'junior' | 'mid' | 'senior';

/** One ad as it was found, before anybody looked inside. */
export interface JobSource {
  id: string;
  /** Path as a person would type it, for messages and for `job.source`. */
  file: string;
  bytes: Uint8Array;
  /** The optional `<id>.yaml` beside the ad. */
  overrides?: { file: string; text: string };
}

export interface Requirement {
  /** Stable: made from the words of the quote, so that lines added elsewhere do not change it. */
  id: string;
  quote: string;
  start: number;
  end: number;
  kind: RequirementKind;
  /** Heading it stood under, '' for none. */
  section: string;
  /** Skill ids, in the order they are named. */
  skills: string[];
}

export interface Counts {
  questions?: number | undefined;
  tasks?: number | undefined;
  behavioural?: number | undefined;
}

export interface Job {
  id: string;
  title: string;
  company: string | null;
  level: Level;
  /** BCP 47 primary subtag: `en`, `pl`, `de`, … */
  language: string;
  source: string;
  /** sha256 of the cleaned text, hex. */
  sha256: string;
  text: string;
  requirements: Requirement[];
  counts: Counts;
}
