/**
 * Indices by score, highest first; equal scores by lower index, −0 equals 0, NaN last. A stable radix sort over the bits
 * of the float, three passes of 11 bits: no comparator is called.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const;

/** Keys that ascend as scores descend. */
function descendingKeys(scores: Float32Array): Uint32Array {
  const keys = new Uint32Array(scores.length);
  const floats = new Float32Array(keys.buffer);
  for (let i = 0; i < keys.length; i += 1) {
    const score = scores[i]!;
    floats[i] = score + 0; // −0 + 0 is 0
    const bits = keys[i]!;
    // A larger positive float has larger bits, a larger negative one smaller bits.
    const key = bits >>> 31 === 0 ? ~bits & 0x7f_ff_ff_ff : bits;
    keys[i] = score === score ? key : 0xff_ff_ff_ff;
  }
  return keys;
}

function countDigits(keys: Uint32Array): Uint32Array {
  const counts = new Uint32Array(SHIFTS.length * BUCKETS);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i]!;
    counts[key & MASK]! += 1;
    counts[BUCKETS + ((key >>> DIGIT_BITS) & MASK)]! += 1;
    counts[2 * BUCKETS + (key >>> (2 * DIGIT_BITS))]! += 1;
  }
  return counts;
}

export function orderByScore(scores: Float32Array): Uint32Array {
  const n = scores.length;
  const keys = descendingKeys(scores);
  const counts = countDigits(keys);
  let order = new Uint32Array(n);
  let next = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) order[i] = i;
  for (const [pass, shift] of SHIFTS.entries()) {
    const places = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    if (n > 0 && places[(keys[0]! >>> shift) & MASK] === n) continue; // all alike
    for (let bucket = 0, sum = 0; bucket < BUCKETS; bucket += 1) {
      const count = places[bucket]!;
      places[bucket] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i += 1) {
      const index = order[i]!;
      const digit = (keys[index]! >>> shift) & MASK;
      const place = places[digit]!;
      places[digit] = place + 1;
      next[place] = index;
    }
    [order, next] = [next, order];
  }
  return order;
}
