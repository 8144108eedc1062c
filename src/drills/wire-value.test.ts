import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from './primitive.ts';
import { decodeValue, encodeValue, showValue } from './wire-value.ts';

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    number,
    fc.boolean(),
    fc.constantFrom('same', 'cat', ''),
    fc.array(tie('value')),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('value')),
  ),
}));

describe('encodeValue', () => {
  it('survives JSON, with NaN, the infinities and -0', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(given))) as Value)).toStrictEqual(
          structuredClone(given),
        );
      }),
    );
  });
});

describe('showValue', () => {
  it('writes a value as a person does, and cuts what is long', () => {
    expect(showValue([1, -0, Number.NaN, { y: 'same' }])).toBe('[1, -0, NaN, {y: "same"}]');
    expect(showValue(undefined)).toBe('nothing');
    expect(
      showValue(
        Array.from({ length: 99 }, () => 1),
        10,
      ),
    ).toBe('[1, 1, 1, … (297 characters)');
  });
});
