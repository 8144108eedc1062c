export type Grid = number[][];

/** Cross-correlation with a zero border. O(H · W · kh · kw). */
export function conv2d(image: Grid, kernel: Grid, mode: 'same' | 'valid'): Grid {
  const height = image.length;
  const width = image[0]?.length ?? 0;
  const rows = kernel.length;
  const columns = kernel[0].length;
  const top = mode === 'same' ? Math.floor((rows - 1) / 2) : 0;
  const left = mode === 'same' ? Math.floor((columns - 1) / 2) : 0;
  const outHeight = mode === 'same' ? height : height - rows + 1;
  const outWidth = mode === 'same' ? width : width - columns + 1;
  if (outHeight <= 0 || outWidth <= 0) return [];
  const result: Grid = [];
  for (let y = 0; y < outHeight; y += 1) {
    const row: number[] = [];
    for (let x = 0; x < outWidth; x += 1) {
      let sum = 0;
      for (let i = 0; i < rows; i += 1) {
        const sourceY = y + i - top;
        if (sourceY < 0 || sourceY >= height) continue;
        for (let j = 0; j < columns; j += 1) {
          const sourceX = x + j - left;
          if (sourceX < 0 || sourceX >= width) continue;
          sum += image[sourceY][sourceX] * kernel[i][j];
        }
      }
      row.push(sum);
    }
    result.push(row);
  }
  return result;
}
