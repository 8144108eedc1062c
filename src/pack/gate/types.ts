/** What a check of the gate sees and says. */
import type { Pack } from '../schema.ts';

export interface GateInput {
  pack: Pack;
  /** The cleaned ad that the pack was made from; absent when it is gone. */
  adText: string | undefined;
  /** The rendered files: path inside the pack's folder, with `/`, and text. */
  files: readonly { path: string; text: string }[];
}

export interface Finding {
  /** Name of the check, stable: it can be searched for. */
  code: string;
  /** An error keeps the pack from being published; a warning is listed. */
  severity: 'error' | 'warning';
  /** Where: `questions[3].serves`, or a file of the pack. */
  path: string;
  message: string;
  remedy: string;
}

/** One check, one file. Pure: it neither reads nor writes. */
export type Check = (input: GateInput) => Finding[];
