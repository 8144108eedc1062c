/**
 * Activation functions from their definitions in 200 digits, and their derivatives as differences
 * from the left with a step of 10^-60: no formula for a derivative is used.
 */
import type { Value } from '../primitive.ts';
import {
  divide,
  errorFunction,
  exponential,
  fixedOne as ONE,
  fromFixed,
  logarithm,
  multiply,
  squareRoot,
  toFixed,
  type Fixed,
} from './fixed-point.ts';

export const ACTIVATIONS = [
  'step',
  'sigmoid',
  'tanh',
  'relu',
  'leaky-relu',
  'randomised-leaky-relu',
  'parametric-relu',
  'elu',
  'selu',
  'softplus',
  'gelu',
  'swish',
  'mish',
  'maxout',
  'softmax',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export interface ActivationOptions {
  readonly [key: string]: Value;
}

export type ActivationArguments = readonly [Activation, readonly number[], ActivationOptions];

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;
const STEP: Fixed = ONE / 10n ** 60n;

export function activationByDifferences([name, x, options]: ActivationArguments): Value {
  if (name === 'softmax') return softmaxByDifferences(x);
  if (name === 'maxout') return maxoutByDefinition(x, options['pieces'] as number);
  const results = x.map((value, index) => elementwise(name, value, options, index));
  const plain = { y: results.map(({ y }) => y), dy: results.map(({ dy }) => dy) };
  // Learning the slope needs the derivative by it: what the slope is multiplied with.
  return name === 'parametric-relu' ? { ...plain, dSlope: x.map((value) => (value > 0 ? 0 : value)) } : plain;
}

function elementwise(
  name: Elementwise,
  value: number,
  options: ActivationOptions,
  index: number,
): { y: number; dy: number } {
  if (Number.isNaN(value)) return { y: Number.NaN, dy: Number.NaN };
  const f = (x: Fixed): Fixed => DEFINITIONS[name](x, options, index);
  const x = toFixed(value);
  const y = f(x);
  // The jump of the step function has no slope; everywhere else it is 0 from both sides.
  const dy = name === 'step' ? 0n : divide(y - f(x - STEP), STEP);
  return { y: fromFixed(y), dy: fromFixed(dy) };
}

type Elementwise = Exclude<Activation, 'maxout' | 'softmax'>;
type Definition = (x: Fixed, options: ActivationOptions, index: number) => Fixed;

const sigmoid = (x: Fixed): Fixed => divide(ONE, ONE + exponential(-x));
const softplus = (x: Fixed): Fixed => logarithm(ONE + exponential(x));
const hyperbolicTangent = (x: Fixed): Fixed => ONE - divide(2n * ONE, exponential(2n * x) + ONE);
const sloped = (x: Fixed, slope: number): Fixed => (x > 0n ? x : multiply(x, toFixed(slope)));
const exponentialUnit = (x: Fixed, alpha: Fixed): Fixed => (x > 0n ? x : multiply(alpha, exponential(x) - ONE));
const numberOf = (options: ActivationOptions, name: string): number => options[name] as number;

const DEFINITIONS: Record<Elementwise, Definition> = {
  step: (x) => (x < 0n ? 0n : ONE),
  sigmoid,
  tanh: hyperbolicTangent,
  relu: (x) => sloped(x, 0),
  'leaky-relu': (x, options) => sloped(x, numberOf(options, 'slope')),
  'randomised-leaky-relu': (x, options, index) => {
    const slopes = options['slopes'] as readonly number[] | undefined;
    return sloped(x, slopes?.[index] ?? (numberOf(options, 'low') + numberOf(options, 'high')) / 2);
  },
  'parametric-relu': (x, options) => sloped(x, numberOf(options, 'slope')),
  elu: (x, options) => exponentialUnit(x, toFixed(numberOf(options, 'alpha'))),
  selu: (x) => multiply(toFixed(SELU_SCALE), exponentialUnit(x, toFixed(SELU_ALPHA))),
  softplus,
  gelu: (x) => multiply(x, (ONE + errorFunction(divide(x, squareRoot(2n * ONE)))) / 2n),
  swish: (x) => multiply(x, sigmoid(x)),
  mish: (x) => multiply(x, hyperbolicTangent(softplus(x))),
};

/** 1 / Σ e^(xj − xi): the same as e^xi / Σ e^xj, and never 0 / 0. */
function softmax(x: readonly Fixed[]): Fixed[] {
  return x.map((one) =>
    divide(
      ONE,
      x.map((other) => exponential(other - one)).reduce((sum, power) => sum + power, 0n),
    ),
  );
}

function softmaxByDifferences(values: readonly number[]): Value {
  if (values.some(Number.isNaN)) {
    const nan = values.map(() => Number.NaN);
    return { y: nan, dy: values.map(() => nan) };
  }
  const x = values.map(toFixed);
  const y = softmax(x);
  const columns = x.map((_, moved) => softmax(x.map((value, index) => (index === moved ? value - STEP : value))));
  const dy = y.map((value, row) => columns.map((column) => fromFixed(divide(value - (column[row] as Fixed), STEP))));
  return { y: y.map(fromFixed), dy };
}

function maxoutByDefinition(x: readonly number[], pieces: number): Value {
  const y: number[] = [];
  const dy = x.map(() => 0);
  for (let start = 0; start < x.length; start += pieces) {
    const best = Math.max(...x.slice(start, start + pieces));
    y.push(best);
    dy[x.indexOf(best, start)] = 1;
  }
  return { y, dy };
}
