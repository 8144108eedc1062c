/**
 * Indices by score, highest first; equal scores by lower index, −0 equals 0, NaN last. A stable radix sort over the bits
 * of the float, three passes of 11 bits: no comparator is called.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const;

/** Kept between calls: fresh memory costs more than the work in it. */
let room = makeRoom(0);

function makeRoom(capacity: number) {
  const keys = new Uint32Array(capacity);
  const counts = new Uint32Array(SHIFTS.length * BUCKETS);
  const orders = [new Uint32Array(capacity), new Uint32Array(capacity)] as const;
  return { capacity, keys, floats: new Float32Array(keys.buffer), counts, orders };
}

/** Keys that ascend as scores descend. */
function writeDescendingKeys(scores: Float32Array, keys: Uint32Array, floats: Float32Array): void {
  for (let i = 0; i < scores.length; i += 1) {
    const score = scores[i]!;
    floats[i] = score + 0; // −0 + 0 is 0
    const bits = keys[i]!;
    // A larger positive float has larger bits, a larger negative one smaller bits.
    const key = bits >>> 31 === 0 ? ~bits & 0x7f_ff_ff_ff : bits;
    keys[i] = score === score ? key : 0xff_ff_ff_ff;
  }
}

function countDigits(keys: Uint32Array, n: number, counts: Uint32Array): void {
  counts.fill(0);
  for (let i = 0; i < n; i += 1) {
    const key = keys[i]!;
    counts[key & MASK]! += 1;
    counts[BUCKETS + ((key >>> DIGIT_BITS) & MASK)]! += 1;
    counts[2 * BUCKETS + (key >>> (2 * DIGIT_BITS))]! += 1;
  }
}

/** The first places of the result hold the order; it is good until the next call. */
export function orderByScore(scores: Float32Array): Uint32Array {
  const n = scores.length;
  if (room.capacity < n) room = makeRoom(n);
  const { keys, floats, counts } = room;
  let [order, next] = room.orders;
  writeDescendingKeys(scores, keys, floats);
  countDigits(keys, n, counts);
  for (let i = 0; i < n; i += 1) order[i] = i;
  for (const [pass, shift] of SHIFTS.entries()) {
    const first = pass * BUCKETS;
    if (n > 0 && counts[first + ((keys[0]! >>> shift) & MASK)] === n) continue; // all alike
    for (let bucket = first, sum = 0; bucket < first + BUCKETS; bucket += 1) {
      const count = counts[bucket]!;
      counts[bucket] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i += 1) {
      const index = order[i]!;
      const bucket = first + ((keys[index]! >>> shift) & MASK);
      const place = counts[bucket]!;
      counts[bucket] = place + 1;
      next[place] = index;
    }
    [order, next] = [next, order];
  }
  return order;
}
