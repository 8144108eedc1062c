export type Options = {
  slope?: number;
  alpha?: number;
  low?: number;
  high?: number;
  slopes?: number[];
  pieces?: number;
};
export type Result = { y: number[]; dy: number[] | number[][]; dSlope?: number[] };

/** The function and its derivative. */
type Pair = [y: number, dy: number];

const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

const FUNCTIONS: Record<string, (x: number, options: Required<Options>, index: number) => Pair> = {
  step: (x) => [x < 0 ? 0 : 1, 0],
  sigmoid: (x) => {
    const s = sigmoid(x);
    return [s, s * (1 - s)];
  },
  tanh: (x) => {
    const t = Math.tanh(x);
    return [t, 1 - t * t];
  },
  relu: (x) => sloped(x, 0),
  'leaky-relu': (x, options) => sloped(x, options.slope),
  'parametric-relu': (x, options) => sloped(x, options.slope),
  'randomised-leaky-relu': (x, options, index) => sloped(x, options.slopes?.[index] ?? (options.low + options.high) / 2),
  elu: (x, options) => exponentialUnit(x, options.alpha),
  selu: (x) => {
    const [y, dy] = exponentialUnit(x, ALPHA);
    return [SCALE * y, SCALE * dy];
  },
  softplus: (x) => [softplus(x), sigmoid(x)],
  gelu: (x) => {
    const cdf = 0.5 * (1 + erf(x / Math.SQRT2));
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    return [x * cdf, cdf + x * density];
  },
  swish: (x) => {
    const s = sigmoid(x);
    return [x * s, s + x * s * (1 - s)];
  },
  mish: (x) => {
    const t = Math.tanh(softplus(x));
    return [x * t, t + x * (1 - t * t) * sigmoid(x)];
  },
};

export function activation(name: string, x: number[], options: Options): Result {
  if (name === 'softmax') return softmax(x);
  if (name === 'maxout') return maxout(x, options.pieces ?? 2);
  const known = options as Required<Options>;
  const pairs = x.map((value, index): Pair => (Number.isNaN(value) ? [NaN, NaN] : FUNCTIONS[name](value, known, index)));
  const result: Result = { y: pairs.map(([y]) => y), dy: pairs.map(([, dy]) => dy) };
  if (name === 'parametric-relu') result.dSlope = x.map((value) => (value > 0 ? 0 : value));
  return result;
}

/** exp of what is not positive alone, so that nothing overflows. */
function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + small) : small / (1 + small);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sloped(x: number, slope: number): Pair {
  return x > 0 ? [x, 1] : [slope * x, slope];
}

function exponentialUnit(x: number, alpha: number): Pair {
  return x > 0 ? [x, 1] : [alpha * Math.expm1(x), alpha * Math.exp(x)];
}

function maxout(x: number[], pieces: number): Result {
  const y: number[] = [];
  const dy: number[] = [];
  for (let start = 0; start < x.length; start += pieces) {
    const group = x.slice(start, start + pieces);
    const best = Math.max(...group);
    const first = group.indexOf(best);
    y.push(best);
    dy.push(...group.map((_, index) => (index === first ? 1 : 0)));
  }
  return { y, dy };
}

function softmax(x: number[]): Result {
  const highest = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((one, other) => one + other, 0);
  const y = powers.map((power) => power / sum);
  return { y, dy: y.map((one, row) => y.map((other, column) => one * (Number(row === column) - other))) };
}

/** 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!: all terms of one sign, nothing cancels. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
