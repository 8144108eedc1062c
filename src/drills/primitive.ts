/**
 * What a drill is made of. A primitive is one folder here, which says what is right and how to
 * find out, and one in `templates/drills/` with the texts: README, hints, stubs, sealed references.
 */
import type { Arbitrary } from 'fast-check';
import type { Difference, Tolerance } from './judge/compare.ts';
import type { Language, PrimitiveId } from './primitive-ids.ts';
import type { Random } from './random.ts';

/** What goes into the reader's function and comes out of it: JSON, with NaN, ±Infinity and -0. */
export type Value = number | boolean | string | null | readonly Value[] | { readonly [key: string]: Value };
export type Arguments = readonly Value[];

export interface CaseInput<A extends Arguments = Arguments> {
  /** Kebab case; states the rule, as the name of a test does. */
  name: string;
  /** The line of the contract that the case stands for. */
  rule: string;
  args: A;
}

export interface DrillCase extends CaseInput {
  uuid: string;
  expected: Value;
}

/** Calls the reader's function. @throws CallFailure when it throws, hangs or dies. */
export type Call<A extends Arguments = Arguments> = (...args: A) => Promise<Value>;

export type FastCheck = typeof import('fast-check');

export interface Property<A extends Arguments = Arguments, Sample = unknown> {
  name: string;
  rule: string;
  arbitrary(fc: FastCheck): Arbitrary<Sample>;
  /** What differs from what the rule says; `undefined` when it holds. */
  check(sample: Sample, call: Call<A>): Promise<Difference | undefined>;
}

/** A mistake that people make, as a change of the sealed TypeScript reference. */
export interface Mutant {
  mistake: string;
  /** Text that occurs exactly once in `reference.ts`. */
  find: string;
  replace: string;
  /** Why no case can tell it from the reference; such a mutant is not counted. */
  equivalent?: string;
}

/** What a call of size n cannot do without, whatever the algorithm. */
export interface Work {
  multiplyAdds: number;
  /** Read and written once. */
  bytes: number;
}

export interface BenchPlan<A extends Arguments = Arguments> {
  /** What n counts: "boxes". */
  unit: string;
  /** Ascending, at least four. */
  sizes: Record<Language, readonly number[]>;
  input(size: number, random: Random): A;
  work(size: number): Work;
  /** Names in `templates/drills/<id>/peers.py`. */
  peers: readonly string[];
}

export interface Primitive<A extends Arguments = Arguments> {
  id: PrimitiveId;
  title: string;
  /** The function that the reader writes. */
  functionName: Record<Language, string>;
  /** Names of the arguments, in order. */
  parameters: readonly string[];
  /** Skills of bank/skills.yaml that ask for this drill: these and all below them. */
  skills: readonly string[];
  tolerance: Tolerance;
  cases(): CaseInput<A>[];
  /** The right answer by a method that no implementation would use; slow and short. */
  oracle(args: A): Value;
  properties: readonly Property<A>[];
  mutants: readonly Mutant[];
  bench: BenchPlan<A>;
}

/** Keeps the sample's type inside the property; outside it is nobody's business. */
export function property<A extends Arguments, Sample>(given: Property<A, Sample>): Property<A> {
  return given;
}
