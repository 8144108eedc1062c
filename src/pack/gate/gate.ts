/** All checks of the gate, in the order their findings are shown. */
import { checkCoverage } from './coverage.ts';
import { checkLinks } from './links.ts';
import { checkPairing } from './pairing.ts';
import { checkQuoteFidelity } from './quote-fidelity.ts';
import type { Check, Finding, GateInput } from './types.ts';

const CHECKS: readonly Check[] = [checkPairing, checkQuoteFidelity, checkCoverage, checkLinks];

/** Shape is not checked here: what is not a `Pack` never gets this far. */
export function runGate(input: GateInput): Finding[] {
  return CHECKS.flatMap((check) => check(input));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
