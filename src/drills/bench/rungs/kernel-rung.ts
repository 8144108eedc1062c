/** A kernel of the ladder as a side of the bench: what is done before, within and after the clock. */
import type { Arguments, Value } from '../../primitive.ts';

export interface KernelRung<A extends Arguments, P extends readonly unknown[], R> {
  /** The arguments of the drill → those of the kernel: memory in its own layout, threads that wait. */
  prepare(...args: A): P | Promise<P>;
  /** All that is timed. */
  run(...prepared: P): R;
  /** What the kernel left → what the drill asks for. */
  restore(result: R, ...args: A): Value;
}

/** Lets each rung have its own types. */
export function kernelRung<A extends Arguments, P extends readonly unknown[], R>(
  rung: KernelRung<A, P, R>,
): KernelRung<A, P, R> {
  return rung;
}

export const THREADS = 2;
