import type { CaseInput } from '../primitive.ts';
import type { Activation, ActivationArguments, ActivationOptions } from './oracle.ts';

const AROUND_ZERO = [-3, -1, -0.5, -0, 0, 0.5, 1, 3];
const FAR = [-1000, -800, -40, 40, 800, 1000];

const VALUE = 'y is the function, dy its derivative, an entry for every entry of x.';
const LEFT = 'At a kink dy is the derivative from the left.';
const STEP = 'step: 0 below 0, 1 from 0 on; dy is 0 everywhere.';
const FAR_OUT = 'No overflow: for large |x| the numbers stay finite and right.';
const NAN = 'NaN gives NaN in y and in dy.';
const EMPTY = 'No entries give empty lists.';
const RANDOMISED = 'randomised leaky ReLU: `slopes` in training, (low + high) / 2 in evaluation.';
const LEARNED = 'parametric ReLU: dSlope is the derivative by the slope.';
const EXACT_GELU = 'gelu is x · Φ(x) with the exact Φ, not its approximation by tanh.';
const MAXOUT = 'maxout: the largest of every `pieces` neighbours; dy is 1 at the first largest, 0 at the others.';
const SOFTMAX = 'softmax: dy[i][j] is the derivative of y[i] by x[j].';

/** What each function is given where nothing else is said. */
const OPTIONS: Partial<Record<Activation, ActivationOptions>> = {
  'leaky-relu': { slope: 0.01 },
  'parametric-relu': { slope: 0.25 },
  'randomised-leaky-relu': { low: 0.125, high: 0.375 },
  elu: { alpha: 1 },
  maxout: { pieces: 2 },
};

export function activationCases(): CaseInput<ActivationArguments>[] {
  return [...plainCases(), ...kinkCases(), ...optionCases(), ...farCases(), ...groupCases(), ...nanCases()];
}

function make(
  name: string,
  rule: string,
  activation: Activation,
  x: readonly number[],
  options: ActivationOptions = OPTIONS[activation] ?? {},
): CaseInput<ActivationArguments> {
  return { name, rule, args: [activation, x, options] };
}

function plainCases(): CaseInput<ActivationArguments>[] {
  const smooth = ['sigmoid', 'tanh', 'softplus', 'swish', 'mish'] as const;
  const bent = ['relu', 'leaky-relu', 'parametric-relu', 'elu', 'selu'] as const;
  return [
    make('worked-example', VALUE, 'sigmoid', [0, 2]),
    ...[...smooth, ...bent].map((name) =>
      make(`${name}-and-its-derivative`, VALUE, name, [-3, -1.5, -0.25, 0.25, 1.5, 3]),
    ),
    make('gelu-is-exact-not-the-tanh-approximation', EXACT_GELU, 'gelu', [-3, -1.5, -0.25, 0.25, 1.5, 3]),
    make('swish-falls-below-zero-and-comes-back', VALUE, 'swish', [-1.278, -0.5, -5]),
    make('mish-takes-the-tanh-of-softplus', VALUE, 'mish', [-2, -1, 1, 2]),
    ...smooth.map((name) => make(`${name}-of-zero`, VALUE, name, [0, -0])),
    make('an-empty-list-gives-empty-lists', EMPTY, 'relu', []),
  ];
}

function kinkCases(): CaseInput<ActivationArguments>[] {
  return [
    make('step-of-zero-is-one', STEP, 'step', [0, -0]),
    make('the-derivative-of-step-is-zero-everywhere', STEP, 'step', AROUND_ZERO),
    make('the-derivative-of-relu-at-zero-is-zero', LEFT, 'relu', AROUND_ZERO),
    make('the-derivative-of-leaky-relu-at-zero-is-the-slope', LEFT, 'leaky-relu', [0]),
    make('the-derivative-of-parametric-relu-at-zero-is-the-slope', LEFT, 'parametric-relu', [0]),
    make('the-derivative-of-elu-at-zero-is-alpha', LEFT, 'elu', [0], { alpha: 0.5 }),
    make('the-derivative-of-selu-at-zero-is-scale-times-alpha', LEFT, 'selu', [0]),
  ];
}

function optionCases(): CaseInput<ActivationArguments>[] {
  return [
    make('the-slope-of-leaky-relu-is-given', VALUE, 'leaky-relu', [-10, -1, 2], { slope: 0.3 }),
    make('a-slope-of-zero-is-a-slope', VALUE, 'leaky-relu', [-10, 2], { slope: 0 }),
    make('a-slope-above-one-is-a-slope', VALUE, 'leaky-relu', [-2, 2], { slope: 2 }),
    make('alpha-of-elu-is-given', VALUE, 'elu', [-2, -0.5, 0.5], { alpha: 2.5 }),
    make(
      'randomised-leaky-relu-takes-the-mean-slope-in-evaluation',
      RANDOMISED,
      'randomised-leaky-relu',
      [-4, -1, 0, 2],
    ),
    make(
      'randomised-leaky-relu-takes-the-drawn-slopes-in-training',
      RANDOMISED,
      'randomised-leaky-relu',
      [-4, -1, -2, 2],
      { low: 0.125, high: 0.375, slopes: [0.125, 0.25, 0.375, 0.2] },
    ),
    make('parametric-relu-has-a-derivative-by-its-slope', LEARNED, 'parametric-relu', [-4, -0.5, 0, 3], { slope: 0.1 }),
    make('a-learned-slope-may-be-negative', LEARNED, 'parametric-relu', [-4, 3], { slope: -0.5 }),
  ];
}

function farCases(): CaseInput<ActivationArguments>[] {
  const names = ['sigmoid', 'tanh', 'softplus', 'gelu', 'swish', 'mish', 'elu', 'selu'] as const;
  return names.map((name) => make(`${name}-does-not-overflow`, FAR_OUT, name, FAR));
}

function groupCases(): CaseInput<ActivationArguments>[] {
  return [
    make('maxout-takes-the-larger-of-two', MAXOUT, 'maxout', [1, 5, -2, -7]),
    make('maxout-takes-neighbours-not-strides', MAXOUT, 'maxout', [1, 2, 9, 3, 4, 0], { pieces: 3 }),
    make('of-equal-pieces-the-first-takes-the-gradient', MAXOUT, 'maxout', [4, 4, 1, 2, 2, 0], { pieces: 3 }),
    make('maxout-of-negative-pieces-is-negative', MAXOUT, 'maxout', [-3, -1]),
    make('maxout-of-one-piece-is-the-identity', MAXOUT, 'maxout', [-3, 5], { pieces: 1 }),
    make('softmax-sums-to-one-and-has-a-jacobian', SOFTMAX, 'softmax', [1, 2, 3]),
    make('softmax-of-equal-numbers-is-even', SOFTMAX, 'softmax', [0.3, 0.3]),
    make('softmax-of-large-numbers-does-not-overflow', FAR_OUT, 'softmax', [1000, 1001, 999]),
    make('softmax-of-very-negative-numbers-does-not-divide-by-zero', FAR_OUT, 'softmax', [-1000, -1001]),
    make('softmax-of-distant-numbers', FAR_OUT, 'softmax', [-1000, 0, 1000]),
    make('softmax-of-one-number-is-one', SOFTMAX, 'softmax', [-7]),
    make('softmax-of-nothing-is-nothing', EMPTY, 'softmax', []),
  ];
}

function nanCases(): CaseInput<ActivationArguments>[] {
  const names = ['step', 'sigmoid', 'relu', 'leaky-relu', 'elu', 'selu', 'gelu', 'mish'] as const;
  return [
    ...names.map((name) => make(`nan-stays-nan-in-${name}`, NAN, name, [1, Number.NaN, -1])),
    make('a-nan-makes-all-of-softmax-nan', NAN, 'softmax', [1, Number.NaN]),
  ];
}
