/**
 * Real numbers as whole multiples of 10^-200: exp, ln and erf to 190 digits and more, for expected
 * values that no floating-point formula has a part in.
 */
const DIGITS = 200;
const ONE = 10n ** BigInt(DIGITS);

/** value · 10^200. */
export type Fixed = bigint;

export const fixedOne: Fixed = ONE;

/** Every finite double is a fraction of a power of two: nothing is lost above 10^-200. */
export function toFixed(value: number): Fixed {
  let scaled = value;
  let halvings = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1n;
  }
  return (BigInt(scaled) * ONE) >> halvings;
}

/** The nearest double. */
export function fromFixed(value: Fixed): number {
  const digits = (value < 0n ? -value : value).toString().padStart(DIGITS + 1, '0');
  const size = Number(`${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`);
  return value < 0n ? -size : size;
}

export function multiply(one: Fixed, other: Fixed): Fixed {
  return (one * other) / ONE;
}

export function divide(one: Fixed, other: Fixed): Fixed {
  return (one * ONE) / other;
}

const HALVINGS = 24n;

/** Taylor's series of x / 2^24, squared 24 times. */
export function exponential(x: Fixed): Fixed {
  if (x < 0n) return divide(ONE, exponential(-x));
  const small = x >> HALVINGS;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n += 1n) {
    term = multiply(term, small) / n;
    sum += term;
  }
  for (let done = 0n; done < HALVINGS; done += 1n) sum = multiply(sum, sum);
  return sum;
}

const HALLEY_STEPS = 8;

/** Halley's method on exp, from the logarithm of the leading digits. @param x above 0. */
export function logarithm(x: Fixed): Fixed {
  const digits = x.toString();
  const exponent = digits.length - 16 - DIGITS;
  let y = toFixed(Math.log(Number(digits.slice(0, 16))) + exponent * Math.LN10);
  for (let step = 0; step < HALLEY_STEPS; step += 1) {
    const power = exponential(y);
    y += 2n * divide(x - power, x + power);
  }
  return y;
}

/** Beyond 20 it differs from ±1 by less than 10^-170. */
const ERF_END = toFixed(20);

/** Taylor's series: 2/√π · Σ (−1)^n x^(2n+1) / (n! (2n+1)). */
export function errorFunction(x: Fixed): Fixed {
  if (x > ERF_END) return ONE;
  if (x < -ERF_END) return -ONE;
  const square = multiply(x, x);
  let power = x;
  let sum = 0n;
  for (let n = 0n; power !== 0n; n += 1n) {
    sum += power / (2n * n + 1n);
    power = -multiply(power, square) / (n + 1n);
  }
  return divide(2n * sum, SQRT_PI);
}

/** π by Machin's formula. */
const PI = 4n * (4n * inverseTangent(5n) - inverseTangent(239n));
const SQRT_PI = squareRoot(PI);

/** arctan(1 / x). */
function inverseTangent(x: bigint): Fixed {
  let power = ONE / x;
  let sum = 0n;
  for (let n = 0n; power !== 0n; n += 1n) {
    sum += (n % 2n === 0n ? power : -power) / (2n * n + 1n);
    power /= x * x;
  }
  return sum;
}

/** Newton's method on whole numbers. */
export function squareRoot(x: Fixed): Fixed {
  const target = x * ONE;
  let guess = target;
  for (let next = (guess + 1n) / 2n; next < guess; next = (guess + target / guess) / 2n) guess = next;
  return guess;
}
