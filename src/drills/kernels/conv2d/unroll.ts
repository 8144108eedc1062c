/**
 * Writes the inner loop for one size of filter as source: four neighbouring pixels a turn, every tap a local, every
 * pixel of the input loaded once for the four. What an optimising compiler does in C and V8 does not do.
 */

type Numbers = Float32Array | Float64Array;

/** Writes `width` sums to `out` from `at` on; `rows` are those under the filter, each width + columns − 1 long. */
export type RowKernel = (rows: readonly Float64Array[], out: Numbers, at: number, width: number) => void;

/** Above this many taps the code grows faster than the gain; see `isUnrollable`. */
const MAX_TAPS = 256;
const PIXELS_PER_TURN = 4;

type Loop = (taps: Float64Array, rows: readonly Float64Array[], out: Numbers, at: number, width: number) => void;

/** One function a size for the life of the process: a closure over the taps a call would be optimised anew each time. */
const compiled = new Map<string, Loop>();

export function isUnrollable(height: number, width: number): boolean {
  return height * width <= MAX_TAPS;
}

/** `taps` are height × width numbers, row by row. */
export function unroll(taps: Float32Array, height: number, width: number): RowKernel {
  // Two functions: V8 allocates registers worse when one holds both loops, and converts f32 taps inside the loop.
  const weights = Float64Array.from(taps);
  const fill = compile(height, width, PIXELS_PER_TURN);
  const fillRest = compile(height, width, 1);
  return (rows, out, at, rowWidth) => {
    fill(weights, rows, out, at, rowWidth);
    if (rowWidth % PIXELS_PER_TURN > 0) fillRest(weights, rows, out, at, rowWidth);
  };
}

function compile(height: number, width: number, pixels: number): Loop {
  const key = `${height}x${width}x${pixels}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  // eslint-disable-next-line no-new-func, typescript/no-implied-eval -- its source holds nothing but three numbers
  const made = new Function('taps', 'rows', 'out', 'at', 'width', source(height, width, pixels)) as Loop;
  compiled.set(key, made);
  return made;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function source(height: number, width: number, pixels: number): string {
  const lines = [
    ...range(height).map((y) => `const r${y} = rows[${y}];`),
    ...range(height * width).map((t) => `const w${t} = taps[${t}];`),
    ...turn(height, width, pixels),
  ];
  return lines.join('\n');
}

function turn(height: number, width: number, pixels: number): string[] {
  const first = pixels === 1 ? `width - width % ${PIXELS_PER_TURN}` : '0';
  const lines = [`for (let x = ${first}; x + ${pixels} <= width; x += ${pixels}) {`];
  for (let i = 0; i < pixels; i += 1) lines.push(`let s${i} = 0;`);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width + pixels - 1; x += 1) lines.push(`const p${y}_${x} = r${y}[x + ${x}];`);
    for (let x = 0; x < width; x += 1) {
      for (let i = 0; i < pixels; i += 1) lines.push(`s${i} += p${y}_${x + i} * w${y * width + x};`);
    }
  }
  for (let i = 0; i < pixels; i += 1) lines.push(`out[at + x + ${i}] = s${i};`);
  return [...lines, '}'];
}
