import type { Arbitrary } from 'fast-check';
import { compareValues } from '../judge/compare.ts';
import { property, type FastCheck, type Property, type Value } from '../primitive.ts';
import { ACTIVATIONS, activationByDifferences, type Activation, type ActivationArguments } from './oracle.ts';

const TOLERANCE = { absolute: 1e-12, relative: 1e-9 };
const OPTIONS = { slope: 0.125, alpha: 1.5, low: 0.125, high: 0.375, pieces: 2 };

type Sample = { name: Activation; x: number[] };

const eighths = (fc: FastCheck): Arbitrary<number> => fc.integer({ min: -80, max: 80 }).map((value) => value / 8);

function sampleArbitrary(fc: FastCheck, names: readonly Activation[]): Arbitrary<Sample> {
  const pair = fc.tuple(eighths(fc), eighths(fc));
  return fc.record({
    name: fc.constantFrom(...names),
    x: fc.array(pair, { maxLength: 3 }).map((pairs) => pairs.flat()),
  });
}

const listOf = (result: Value, key: string): number[] => {
  const found = (result as Record<string, Value> | null)?.[key];
  return Array.isArray(found) ? (found as number[]) : [];
};

export const ACTIVATION_PROPERTIES: readonly Property<ActivationArguments>[] = [
  property<ActivationArguments, Sample>({
    name: 'reference',
    rule: 'Any numbers: the same as from the definitions in 200 digits.',
    arbitrary: (fc) => sampleArbitrary(fc, ACTIVATIONS),
    check: async ({ name, x }, call) =>
      compareValues(activationByDifferences([name, x, OPTIONS]), await call(name, x, OPTIONS), TOLERANCE),
  }),
  property<ActivationArguments, Sample>({
    name: 'symmetry',
    rule: 'tanh is odd, sigmoid(−x) is 1 − sigmoid(x), softplus(x) − softplus(−x) is x.',
    arbitrary: (fc) => sampleArbitrary(fc, ['tanh', 'sigmoid', 'softplus']),
    check: async ({ name, x }, call) => {
      const there = listOf(await call(name, x, OPTIONS), 'y');
      const back = listOf(
        await call(
          name,
          x.map((value) => -value),
          OPTIONS,
        ),
        'y',
      );
      const mirrored = back.map((value, index) => {
        if (name === 'tanh') return -value;
        return name === 'sigmoid' ? 1 - value : (x[index] as number) + value;
      });
      return compareValues(mirrored, there, { absolute: 1e-12, relative: 1e-9 });
    },
  }),
  property<ActivationArguments, Sample>({
    name: 'monotony',
    rule: 'Where x grows, sigmoid, tanh, relu, elu, selu and softplus do not fall.',
    arbitrary: (fc) => sampleArbitrary(fc, ['sigmoid', 'tanh', 'relu', 'elu', 'selu', 'softplus', 'step']),
    check: async ({ name, x }, call) => {
      const sorted = [...x].sort((one, other) => one - other);
      const y = listOf(await call(name, sorted, OPTIONS), 'y');
      return compareValues(
        [...y].sort((one, other) => one - other),
        y,
        { absolute: 0, relative: 0 },
      );
    },
  }),
  property<ActivationArguments, Sample>({
    name: 'shift',
    rule: 'softmax(x + c) is softmax(x), and sums to 1.',
    arbitrary: (fc) => sampleArbitrary(fc, ['softmax']),
    check: async ({ x }, call) => {
      const plain = listOf(await call('softmax', x, {}), 'y');
      const sum = plain.reduce((one, other) => one + other, 0);
      if (x.length > 0 && !(Math.abs(sum - 1) < 1e-9)) return { path: '.y', expected: 'a sum of 1', got: sum };
      const moved = listOf(
        await call(
          'softmax',
          x.map((value) => value + 64),
          {},
        ),
        'y',
      );
      return compareValues(plain, moved, TOLERANCE);
    },
  }),
];
