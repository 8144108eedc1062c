/** Random inputs against what always holds; what breaks a rule is shrunk to the smallest that does. */
import type { Difference } from '../judge/compare.ts';
import type { Outcome, Session } from '../judge/types.ts';
import type { Arguments, Primitive, Property } from '../primitive.ts';

export interface PropertyResult {
  name: string;
  rule: string;
  /** Inputs that were tried. */
  runs: number;
  counterexample?: Counterexample;
}

export interface Counterexample {
  /** The arguments of the call that shows it; of the last one, where a rule compares several. */
  args: Arguments;
  problem: { difference: Difference } | { outcome: Exclude<Outcome, { state: 'returned' }> };
  shrinks: number;
}

export interface PropertyOptions {
  seed: number;
  runs: number;
}

/** Why a call gave nothing to compare. */
class CallFailure extends Error {
  readonly outcome: Exclude<Outcome, { state: 'returned' }>;

  constructor(outcome: Exclude<Outcome, { state: 'returned' }>) {
    super(outcome.state);
    this.outcome = outcome;
  }
}

export async function checkProperties(
  session: Session,
  primitive: Primitive,
  options: PropertyOptions,
): Promise<PropertyResult[]> {
  const results: PropertyResult[] = [];
  for (const property of primitive.properties) results.push(await checkProperty(session, property, options));
  return results;
}

async function checkProperty(session: Session, property: Property, options: PropertyOptions): Promise<PropertyResult> {
  // Half a megabyte that only a solution which passes its cases needs.
  const fc = await import('fast-check');
  const tried = await fc.check(
    fc.asyncProperty(
      property.arbitrary(fc),
      async (sample) => (await violation(session, property, sample)) === undefined,
    ),
    { seed: options.seed, numRuns: options.runs, endOnFailure: false },
  );
  const { name, rule } = property;
  const result = { name, rule, runs: tried.numRuns };
  if (!tried.failed || tried.counterexample === null) return result;
  const found = await violation(session, property, tried.counterexample[0]);
  return found === undefined ? result : { ...result, counterexample: { ...found, shrinks: tried.numShrinks } };
}

async function violation(
  session: Session,
  property: Property,
  sample: unknown,
): Promise<Omit<Counterexample, 'shrinks'> | undefined> {
  let args: Arguments = [];
  const call = async (...given: Arguments) => {
    args = given;
    const outcome = await session.call(given);
    if (outcome.state === 'returned') return outcome.value;
    throw new CallFailure(outcome);
  };
  try {
    const difference = await property.check(sample, call);
    return difference && { args, problem: { difference } };
  } catch (error) {
    // A rule that trips over a result of the wrong shape has found one, too.
    if (error instanceof CallFailure) return { args, problem: { outcome: error.outcome } };
    const message = error instanceof Error ? error.message : String(error);
    return {
      args,
      problem: { outcome: { state: 'threw', message: `the result has another shape: ${message}`, printed: '' } },
    };
  }
}
