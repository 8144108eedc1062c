export type Grid = number[][];

/** O(height · width): places and weights are computed once a row and once a column. */
export function resizeBilinear(image: Grid, height: number, width: number, alignCorners: boolean): Grid {
  const rows = placesOf(image.length, height, alignCorners);
  const columns = placesOf(image[0].length, width, alignCorners);
  const result: Grid = [];
  for (const row of rows) {
    const upper = image[row.low];
    const lower = image[row.high];
    const line: number[] = [];
    for (let x = 0; x < width; x += 1) {
      const { low, high, weight } = columns[x];
      const above = upper[low] * (1 - weight) + upper[high] * weight;
      const below = lower[low] * (1 - weight) + lower[high] * weight;
      line.push(above * (1 - row.weight) + below * row.weight);
    }
    result.push(line);
  }
  return result;
}

type Place = { low: number; high: number; weight: number };

function placesOf(from: number, to: number, alignCorners: boolean): Place[] {
  return Array.from({ length: to }, (_, at) => {
    const place = sourceOf(at, from, to, alignCorners);
    const low = Math.floor(place);
    return { low, high: Math.min(from - 1, low + 1), weight: place - low };
  });
}

/** Where the centre of a pixel of the result lies in the image. */
function sourceOf(at: number, from: number, to: number, alignCorners: boolean): number {
  if (alignCorners) return to === 1 ? 0 : (at * (from - 1)) / (to - 1);
  const centre = ((at + 0.5) * from) / to - 0.5;
  return Math.min(from - 1, Math.max(0, centre));
}
