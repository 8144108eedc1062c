/** The table of the README from what the last whole run of `npm run bench:kernels` measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPO_DIR } from './cli.ts';

interface KernelReport {
  cpu: string;
  node: string;
  versions: Record<string, string>;
  rounds: number;
  load: { least: number; most: number };
  rows: { workload: string; peer: string; medianMs: number }[];
}

const WORKLOADS: Record<string, string> = {
  'iou-1000': 'IoU, 1000 × 1000',
  'iou-4000': 'IoU, 4000 × 4000',
  'nms-10k-sparse': 'NMS, 10,000 sparse',
  'nms-10k-clustered': 'NMS, 10,000 clustered',
  'nms-50k-clustered': 'NMS, 50,000 clustered',
  'conv-3x3-same': '3 × 3, 1080p',
  'conv-7x7-same': '7 × 7, 1080p',
};
const OWN = ['naive', 'typed', 'branch-free', 'sweep', 'grid', 'row-ring', 'wasm', 'wasm, relaxed', 'threads'];
const PEERS = ['torch', 'cv2', 'numpy', 'scipy', 'onnxruntime-node', 'opencv-js', 'tfjs wasm', 'C'];

export function kernelTable(): string {
  const file = path.join(REPO_DIR, 'bench', 'results', 'kernels.json');
  const report = JSON.parse(readFileSync(file, 'utf8')) as KernelReport;
  const shown = Object.entries(WORKLOADS);
  const cell = (peer: string, workload: string): string => {
    const row = report.rows.find((each) => each.peer === peer && each.workload === workload);
    return row === undefined ? '' : Number(row.medianMs.toPrecision(3)).toString();
  };
  const row = (name: string, peer: string): string => line([name, ...shown.map(([workload]) => cell(peer, workload))]);
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
  const { least, most } = report.load;
  return [
    line(['ms', ...shown.map(([, name]) => name)]),
    line(['---', ...shown.map(() => '---:')]),
    ...OWN.map((rung) => row(`**${rung}**`, `prepsmith ${rung}`)),
    ...PEERS.map((peer) => row(peer, peer)),
    '',
    `${report.cpu}, shared with others (load ${least.toFixed(1)} to ${most.toFixed(1)}); Node ${report.node.slice(1)}; medians of ${report.rounds} rounds in random order. ${versions.join(', ')}.`,
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`;
}
