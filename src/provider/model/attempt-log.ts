/** Where every attempt is written down, before it is sent and after it ended. */
import type { Ask, Part } from '../../pack/ladder/types.ts';
import type { Usage } from '../types.ts';
import type { AttemptFailure } from './types.ts';

export interface AttemptStart {
  job: string;
  part: Part;
  turn: Ask['turn'];
  /** First characters of the key of the reply. */
  key: string;
  /** `null`: no price is known. */
  worstUsd: number | null;
  expectedInputTokens: number;
}

export interface AttemptEnd {
  outcome: 'reply' | AttemptFailure;
  status: number | null;
  usage: Usage | null;
  costUsd: number | null;
  durationMs: number;
}

export interface AttemptLog {
  /** Written before the request is sent. @returns what to call when it ended. */
  begin(start: AttemptStart): (end: AttemptEnd) => void;
  /** A reply that was there already: no attempt, no cost. */
  fromVault(start: Pick<AttemptStart, 'job' | 'part' | 'turn' | 'key'>): void;
}
