/** Every way in which a reply can go wrong, by name: a recovery table has one row for each. */
import { COMPLETION_FAULTS } from './completion-faults.ts';
import { CONNECTION_FAULTS } from './connection-faults.ts';
import { CONTENT_FAULTS } from './content-faults.ts';
import { REPLY_FAULTS } from './reply-faults.ts';
import type { FaultEntry } from './types.ts';

export const FAULTS = {
  ...REPLY_FAULTS,
  ...CONNECTION_FAULTS,
  ...COMPLETION_FAULTS,
  ...CONTENT_FAULTS,
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

export function faultEntry(name: FaultName): FaultEntry {
  return FAULTS[name];
}

/** Faults after which the same request, or the same with a small change, can succeed. */
export const PASSING_FAULTS = FAULT_NAMES.filter((name) => faultEntry(name).isPermanent !== true);
