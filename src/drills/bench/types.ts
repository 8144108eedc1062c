/** What a bench gives: the content of `results.json`. */
import type { Language, PrimitiveId } from '../primitive-ids.ts';
import type { Estimate } from './statistics.ts';

export type SideKind = 'yours' | 'reference' | 'rung' | 'peer';

export interface Point {
  size: number;
  /** Milliseconds a call. */
  medianMs: number;
  lowMs: number;
  highMs: number;
  /** Time of yours ÷ time of this side, round by round. */
  yoursTo?: Estimate;
}

export interface SideResult {
  name: string;
  kind: SideKind;
  points: Point[];
  /** Of the growth of time with size. */
  exponent: number;
  /** Why there are no points, or fewer. */
  note?: string;
}

/** The reference against itself, in two processes: what the machine makes of equal things. */
export interface AaResult extends Estimate {
  size: number;
  rounds: number;
  /** Whether 0.95 ≤ median ≤ 1.05: only then is there a verdict for this size. */
  isTrusted: boolean;
}

export interface MachineLimits {
  bytesPerSecond: number;
  multiplyAddsPerSecond: number;
}

export interface LimitPoint {
  size: number;
  limitMs: number;
  by: 'memory' | 'arithmetic';
}

export interface BenchResult {
  format: 'prepsmith.drill-bench/1';
  primitive: PrimitiveId;
  language: Language;
  unit: string;
  aa: AaResult[];
  sides: SideResult[];
  machine: MachineLimits;
  limits: LimitPoint[];
}
