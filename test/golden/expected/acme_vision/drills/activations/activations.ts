export type Options = {
  slope?: number;
  alpha?: number;
  low?: number;
  high?: number;
  slopes?: number[];
  pieces?: number;
};

/**
 * A function of the table in drills/activations/README.md and its derivative, an entry for every
 * entry of `x`. At a kink the derivative is the one from the left; nothing overflows.
 */
export function activation(
  name: string,
  x: number[],
  options: Options,
): { y: number[]; dy: number[] | number[][]; dSlope?: number[] } {
  // To do: one small function a name that returns y and dy. `erf` is given below.
  throw new Error('activation is not written yet');
}

/** The error function, which JavaScript lacks; for gelu. Within 10^-15. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
