/** Time over size as an SVG: both axes logarithmic, so that a straight line is a power of n. */
import type { BenchResult, SideKind } from './types.ts';

const WIDTH = 760;
const HEIGHT = 460;
const PLOT = { left: 70, right: 560, top: 48, bottom: 400 };
/** Least distance between two labels at the ends of lines. */
const LABEL_STEP = 15;
const COLOURS: Record<SideKind, readonly string[]> = {
  yours: ['#c2410c'],
  reference: ['#1d4ed8'],
  rung: ['#0f766e', '#4d7c0f', '#0e7490', '#a16207', '#059669', '#6d28d9', '#0369a1', '#9f1239'],
  peer: ['#7e22ce', '#be185d', '#57534e'],
};

interface Line {
  name: string;
  kind: SideKind;
  colour: string;
  points: { size: number; ms: number }[];
}

export function benchChart(result: BenchResult, title: string): string {
  const lines = linesOf(result);
  const all = [
    ...lines.flatMap(({ points }) => points),
    ...result.limits.map(({ size, limitMs }) => ({ size, ms: limitMs })),
  ];
  const x = scale(
    all.map(({ size }) => size),
    PLOT.left,
    PLOT.right,
  );
  const y = scale(
    all.map(({ ms }) => ms),
    PLOT.bottom,
    PLOT.top,
  );
  const path = (points: Line['points']): string =>
    points.map(({ size, ms }, index) => `${index === 0 ? 'M' : 'L'}${x(size)} ${y(ms)}`).join(' ');
  const limit = result.limits.filter(({ limitMs }) => limitMs > 0).map(({ size, limitMs }) => ({ size, ms: limitMs }));
  const body = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${PLOT.left}" y="26" font-size="15">${escapeXml(title)}</text>`,
    ...axes(result, x, y, all),
    `<path d="${path(limit)}" fill="none" stroke="#78716c" stroke-dasharray="5 4"/>`,
    ...lines.map(
      ({ colour, points, kind }) =>
        `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-width="${kind === 'yours' ? 3 : 1.5}"/>`,
    ),
    ...labels([...lines, { name: 'limit of this machine', kind: 'peer', colour: '#78716c', points: limit }], y),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">\n${body.map((line) => `  ${line}\n`).join('')}</svg>\n`;
}

function linesOf({ sides }: BenchResult): Line[] {
  const used = new Map<SideKind, number>();
  return sides
    .filter(({ points }) => points.length > 0)
    .map(({ name, kind, points }) => {
      const index = used.get(kind) ?? 0;
      used.set(kind, index + 1);
      const colours = COLOURS[kind];
      const colour = colours[index % colours.length] ?? '#000000';
      return { name, kind, colour, points: points.map(({ size, medianMs }) => ({ size, ms: medianMs })) };
    });
}

type Scale = (value: number) => number;

function scale(values: readonly number[], from: number, to: number): Scale {
  const positive = values.filter((value) => value > 0).map(Math.log10);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  return (value) => Math.round(from + ((Math.log10(value) - low) / (high - low || 1)) * (to - from));
}

function axes(result: BenchResult, x: Scale, y: Scale, all: readonly { ms: number }[]): string[] {
  const positive = all.map(({ ms }) => ms).filter((ms) => ms > 0);
  const [low, high] = [Math.floor(Math.log10(Math.min(...positive))), Math.ceil(Math.log10(Math.max(...positive)))];
  const decades = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).filter(
    (ms) => y(ms) <= PLOT.bottom && y(ms) >= PLOT.top,
  );
  const sizes = result.limits.map(({ size }) => size);
  return [
    ...decades.flatMap((ms) => [
      `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(ms)}" y2="${y(ms)}" stroke="#e7e5e4"/>`,
      `<text x="${PLOT.left - 8}" y="${y(ms) + 4}" text-anchor="end">${ms >= 1 ? ms : Number(ms.toPrecision(1))} ms</text>`,
    ]),
    ...sizes.map((size) => `<text x="${x(size)}" y="${PLOT.bottom + 18}" text-anchor="middle">${size}</text>`),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 40}" text-anchor="middle">${escapeXml(result.unit)}</text>`,
  ];
}

/** At the right, moved apart where lines end together. */
function labels(lines: readonly Line[], y: Scale): string[] {
  const placed = lines
    .flatMap((line) => {
      const last = line.points.at(-1);
      return last === undefined ? [] : [{ line, at: y(last.ms) }];
    })
    .sort((one, other) => one.at - other.at);
  // From the top down, then what fell out of the plot from the bottom up.
  const heights = placed.map(({ at }) => at);
  for (let index = 1; index < heights.length; index += 1)
    heights[index] = Math.max(heights[index] ?? 0, (heights[index - 1] ?? 0) + LABEL_STEP);
  for (let index = heights.length - 1, limit = PLOT.bottom; index >= 0; index -= 1, limit -= LABEL_STEP)
    heights[index] = limit = Math.min(heights[index] ?? 0, limit);
  return placed.map(
    ({ line }, index) =>
      `<text x="${PLOT.right + 10}" y="${(heights[index] ?? 0) + 4}" fill="${line.colour}">${escapeXml(line.name)}</text>`,
  );
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
