import type { Mutant } from '../primitive.ts';

export const ACTIVATION_MUTANTS: readonly Mutant[] = [
  { mistake: 'step of 0 is 0', find: 'x < 0 ? 0 : 1', replace: 'x <= 0 ? 0 : 1' },
  { mistake: 'step has a derivative of 1', find: '[x < 0 ? 0 : 1, 0]', replace: '[x < 0 ? 0 : 1, 1]' },
  {
    mistake: 'the derivative of relu at 0 is 1',
    find: 'relu: (x) => sloped(x, 0)',
    replace: 'relu: (x) => (x >= 0 ? [x, 1] : [0, 0])',
  },
  {
    mistake: 'the derivative of relu at 0 is 1/2',
    find: 'relu: (x) => sloped(x, 0)',
    replace: 'relu: (x) => [Math.max(0, x), x > 0 ? 1 : x < 0 ? 0 : 0.5]',
  },
  {
    mistake: 'the kinks take the derivative from the right',
    find: 'return x > 0 ? [x, 1] : [slope * x, slope];',
    replace: 'return x >= 0 ? [x, 1] : [slope * x, slope];',
  },
  { mistake: 'the leaky slope has the wrong sign', find: '[slope * x, slope]', replace: '[-slope * x, slope]' },
  { mistake: 'the derivative of the leaky part is 0', find: '[slope * x, slope]', replace: '[slope * x, 0]' },
  {
    mistake: 'leaky relu as max(x, slope · x)',
    find: 'return x > 0 ? [x, 1] : [slope * x, slope];',
    replace: 'return x > slope * x ? [x, 1] : [slope * x, slope];',
  },
  {
    mistake: 'a slope of 0 falls back to 0.01',
    find: "'leaky-relu': (x, options) => sloped(x, options.slope)",
    replace: "'leaky-relu': (x, options) => sloped(x, options.slope || 0.01)",
  },
  {
    mistake: 'the sigmoid without the minus',
    find: 'const small = Math.exp(-Math.abs(x));',
    replace: 'const small = Math.exp(Math.abs(x));',
  },
  {
    mistake: 'the sigmoid by the plain formula of one branch',
    find: 'return x >= 0 ? 1 / (1 + small) : small / (1 + small);',
    replace: 'return Math.exp(x) / (1 + Math.exp(x));',
  },
  {
    mistake: 'the sigmoid without its second branch',
    find: 'x >= 0 ? 1 / (1 + small) : small / (1 + small)',
    replace: '1 / (1 + small)',
  },
  {
    mistake: 'the derivative of the sigmoid is s · (1 + s)',
    find: 'return [s, s * (1 - s)];',
    replace: 'return [s, s * (1 + s)];',
  },
  {
    mistake: 'the derivative of the sigmoid applied to x',
    find: 'return [s, s * (1 - s)];',
    replace: 'return [s, x * (1 - x)];',
  },
  { mistake: 'the derivative of tanh is 1 − t', find: '[t, 1 - t * t]', replace: '[t, 1 - t]' },
  {
    mistake: 'tanh as the sigmoid',
    find: 'const t = Math.tanh(x);\n    return [t,',
    replace: 'const t = sigmoid(x);\n    return [t,',
  },
  { mistake: 'elu without − 1', find: 'alpha * Math.expm1(x)', replace: 'alpha * Math.exp(x)' },
  { mistake: 'elu forgets alpha', find: 'alpha * Math.expm1(x)', replace: 'Math.expm1(x)' },
  { mistake: 'the derivative of elu forgets alpha', find: 'alpha * Math.exp(x)]', replace: 'Math.exp(x)]' },
  {
    mistake: 'the derivative of elu is 1 at 0',
    find: 'return x > 0 ? [x, 1] : [alpha',
    replace: 'return x >= 0 ? [x, 1] : [alpha',
  },
  {
    mistake: 'selu without its scale for positive numbers',
    find: 'return [SCALE * y, SCALE * dy];',
    replace: 'return x > 0 ? [y, dy] : [SCALE * y, SCALE * dy];',
  },
  { mistake: 'selu with the scale on y alone', find: '[SCALE * y, SCALE * dy]', replace: '[SCALE * y, dy]' },
  {
    mistake: 'softplus overflows',
    find: 'Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))',
    replace: 'Math.log(1 + Math.exp(x))',
  },
  {
    mistake: 'softplus with log10',
    find: 'Math.log1p(Math.exp(-Math.abs(x)))',
    replace: '(Math.log1p(Math.exp(-Math.abs(x))) / Math.LN10)',
  },
  {
    mistake: 'gelu by the approximation with tanh',
    find: 'return [x * cdf, cdf + x * density];',
    replace: 'return [0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))), cdf + x * density];',
  },
  {
    mistake: 'gelu by the approximation with the sigmoid',
    find: 'return [x * cdf, cdf + x * density];',
    replace: 'return [x * sigmoid(1.702 * x), cdf + x * density];',
  },
  { mistake: 'the derivative of gelu is Φ alone', find: 'cdf + x * density', replace: 'cdf' },
  { mistake: 'Φ without √2', find: 'erf(x / Math.SQRT2)', replace: 'erf(x)' },
  { mistake: 'the derivative of swish is s alone', find: 's + x * s * (1 - s)', replace: 's' },
  { mistake: 'the derivative of swish without x', find: 's + x * s * (1 - s)', replace: 's + s * (1 - s)' },
  {
    mistake: 'mish as x · tanh(x), as the notes have it',
    find: 'const t = Math.tanh(softplus(x));',
    replace: 'const t = Math.tanh(x);',
  },
  {
    mistake: 'the derivative of mish forgets the chain rule',
    find: 't + x * (1 - t * t) * sigmoid(x)',
    replace: 't + x * (1 - t * t)',
  },
  {
    mistake: 'randomised: the lower slope in evaluation',
    find: '(options.low + options.high) / 2',
    replace: 'options.low',
  },
  { mistake: 'randomised: the drawn slopes are not used', find: 'options.slopes?.[index] ??', replace: '' },
  { mistake: 'randomised: the first slope for all', find: 'options.slopes?.[index]', replace: 'options.slopes?.[0]' },
  {
    mistake: 'parametric: the derivative by the slope is x everywhere',
    find: 'x.map((value) => (value > 0 ? 0 : value))',
    replace: '[...x]',
  },
  {
    mistake: 'parametric: no derivative by the slope',
    find: "if (name === 'parametric-relu')",
    replace: "if (name === ('none' as string))",
  },
  {
    mistake: 'maxout takes strides',
    find: 'x.slice(start, start + pieces)',
    replace: 'x.filter((_, index) => index % (x.length / pieces) === start / pieces)',
  },
  {
    mistake: 'maxout starts at 0',
    find: 'const best = Math.max(...group);',
    replace: 'const best = Math.max(0, ...group);',
  },
  { mistake: 'maxout: the last of equal pieces', find: 'group.indexOf(best)', replace: 'group.lastIndexOf(best)' },
  {
    mistake: 'maxout: every equal piece takes the gradient',
    find: 'dy.push(...group.map((_, index) => (index === first ? 1 : 0)));',
    replace: 'dy.push(...group.map((value) => (value === best ? 1 : 0)));',
  },
  { mistake: 'softmax overflows', find: 'Math.exp(value - highest)', replace: 'Math.exp(value)' },
  {
    mistake: 'softmax shifts by the wrong sign',
    find: 'Math.exp(value - highest)',
    replace: 'Math.exp(value + highest)',
  },
  { mistake: 'softmax is not normalised', find: 'power / sum', replace: 'power' },
  {
    mistake: 'the Jacobian has its diagonal alone',
    find: 'one * (Number(row === column) - other)',
    replace: '(row === column ? one * (1 - other) : 0)',
  },
  {
    mistake: 'the Jacobian has the wrong sign beside the diagonal',
    find: 'one * (Number(row === column) - other)',
    replace: 'one * (row === column ? 1 - other : other)',
  },
  {
    mistake: 'the larger of x and 0 in the other order',
    find: 'Math.max(x, 0)',
    replace: 'Math.max(0, x)',
    equivalent: 'the maximum does not depend on the order',
  },
];
