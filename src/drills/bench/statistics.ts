/** Medians with an interval that assumes nothing about the shape of the noise. */

export interface Estimate {
  median: number;
  /** 95 % or a little more, by the ranks of the binomial distribution. */
  low: number;
  high: number;
}

/** @param samples at least one. */
export function estimateMedian(samples: readonly number[]): Estimate {
  const sorted = [...samples].sort((one, other) => one - other);
  const rank = lowerRank(sorted.length);
  return {
    median: medianOfSorted(sorted),
    low: sorted[rank] ?? Number.NaN,
    high: sorted[sorted.length - 1 - rank] ?? Number.NaN,
  };
}

export function median(samples: readonly number[]): number {
  return medianOfSorted([...samples].sort((one, other) => one - other));
}

function medianOfSorted(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const TAIL = 0.025;

/**
 * The highest rank k (from 0) such that the median lies outside of [x_k, x_(n-1-k)] with a
 * probability of at most 5 %: Conover, Practical Nonparametric Statistics, §3.2.
 */
function lowerRank(count: number): number {
  let probability = 0.5 ** count;
  let below = probability;
  let rank = 0;
  while (below <= TAIL) {
    probability *= (count - rank) / (rank + 1);
    below += probability;
    rank += 1;
  }
  return Math.max(0, rank - 1);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The b of time = a · size^b, by least squares over the logarithms; NaN below two points. */
export function growthExponent(points: readonly { size: number; medianMs: number }[]): number {
  if (points.length < 2) return Number.NaN;
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ medianMs }) => Math.log(medianMs));
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, index) => sum + (value - meanX) * ((y[index] ?? meanY) - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
