export type Grid = number[][];

/** One padded copy, so that the inner loops ask nothing; one tap after the other over a whole row. */
export function conv2d(image: Grid, kernel: Grid, mode: 'same' | 'valid'): ArrayLike<number>[] {
  const height = image.length;
  const width = image[0]?.length ?? 0;
  const rows = kernel.length;
  const columns = kernel[0].length;
  const isSame = mode === 'same';
  const top = isSame ? Math.floor((rows - 1) / 2) : 0;
  const left = isSame ? Math.floor((columns - 1) / 2) : 0;
  const outHeight = isSame ? height : height - rows + 1;
  const outWidth = isSame ? width : width - columns + 1;
  if (outHeight <= 0 || outWidth <= 0) return [];
  const padded = image.map((line) => {
    const row = new Float64Array(outWidth + columns - 1);
    row.set(line, left);
    return row;
  });
  return Array.from({ length: outHeight }, (_, y) => {
    const out = new Float64Array(outWidth);
    for (let i = 0; i < rows; i += 1) {
      const source = padded[y + i - top];
      if (source === undefined) continue;
      for (let j = 0; j < columns; j += 1) {
        const tap = kernel[i][j];
        for (let x = 0; x < outWidth; x += 1) out[x] += source[x + j] * tap;
      }
    }
    return out;
  });
}
