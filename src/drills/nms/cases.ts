import type { CaseInput } from '../primitive.ts';
import { detectionCases } from './detection-cases.ts';
import type { NmsArguments } from './oracle.ts';
import { scoreCases } from './score-cases.ts';
import { overlapCases } from './overlap-cases.ts';

export function nmsCases(): CaseInput<NmsArguments>[] {
  return [...overlapCases(), ...scoreCases(), ...detectionCases()];
}
