/** The activation functions of the notes with their derivatives. */
import { PRIMITIVE_TITLES } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { activationCases } from './cases.ts';
import { ACTIVATION_MUTANTS } from './mutants.ts';
import { activationByDifferences, type ActivationArguments } from './oracle.ts';
import { ACTIVATION_PROPERTIES } from './properties.ts';

export const ACTIVATION_FUNCTIONS: Primitive<ActivationArguments> = {
  id: 'activations',
  title: PRIMITIVE_TITLES.activations,
  functionName: { typescript: 'activation', python: 'activation' },
  parameters: ['name', 'x', 'options'],
  skills: [
    'dl.activations',
    'dl.fundamentals',
    'dl.feedforward',
    'dl.backpropagation',
    'dl.cnn',
    'dl.pytorch',
    'dl.tensorflow',
    'dl.keras',
  ],
  tolerance: { absolute: 1e-12, relative: 1e-9 },
  cases: activationCases,
  oracle: activationByDifferences,
  properties: ACTIVATION_PROPERTIES,
  mutants: ACTIVATION_MUTANTS,
  bench: {
    unit: 'numbers',
    sizes: { typescript: [1000, 4000, 16_000, 64_000], python: [250, 1000, 4000, 16_000] },
    input: (size, random) => ['mish', Array.from({ length: size }, () => random.fraction(-6, 6)), {}],
    // An exponential, a logarithm and two quotients a number: some forty multiply-adds.
    work: (size) => ({ multiplyAdds: 40 * size, bytes: 24 * size }),
    peers: ['numpy', 'torch'],
  },
};
