/** The report as Markdown. */
import { TARGETS } from './targets.ts';

export interface Row {
  readonly workload: string;
  readonly peer: string;
  /** From the reference: as a part of its largest value; for NMS the number of places that differ. */
  readonly difference: number;
  readonly medianMs: number;
  /** Processor time of one run, of all threads. */
  readonly cpuMs: number;
  /** Of the rounds. */
  readonly medians: readonly number[];
}

export interface Report {
  readonly cpu: string;
  readonly node: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** Average load of the machine in the run. */
  readonly load: { readonly least: number; readonly most: number };
  readonly missing: readonly string[];
  readonly rows: readonly Row[];
}

/** Of an output, as a part of the largest value. */
const LARGEST_ERROR = 1e-5;

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  return line(head) + line(head.map(() => '---')) + body.map(line).join('');
}

function timesOf(rows: readonly Row[], primitive: string): string {
  const own = rows.filter(({ workload }) => workload.startsWith(primitive));
  const workloads = [...new Set(own.map(({ workload }) => workload))];
  const peers = [...new Set(own.map(({ peer }) => peer))];
  const cell = (peer: string, workload: string): string => {
    const row = own.find((each) => each.peer === peer && each.workload === workload);
    if (row === undefined) return '';
    return `${row.medianMs.toPrecision(3)}${row.difference <= LARGEST_ERROR ? '' : ' (differs)'}`;
  };
  return table(
    ['ms', ...workloads],
    peers.map((peer) => [peer, ...workloads.map((workload) => cell(peer, workload))]),
  );
}

function ratios(rows: readonly Row[]): string {
  const find = (peer: string, workload: string) => rows.find((row) => row.peer === peer && row.workload === workload);
  const body = TARGETS.flatMap(({ workload, rung, peer, atMost }) => {
    const [own, other] = [find(rung, workload), find(peer, workload)];
    if (own === undefined || other === undefined) return [];
    const ratio = own.medianMs / other.medianMs;
    // Where other work interrupts, it stretches the longer runs: what takes one thread has to reach it both ways.
    const cpuRatio = rung.includes('threads') ? undefined : own.cpuMs / other.cpuMs;
    const verdict = Math.max(ratio, cpuRatio ?? 0) <= atMost ? 'reached' : 'missed';
    return [[workload, rung, peer, ratio.toPrecision(3), cpuRatio?.toPrecision(3) ?? '', String(atMost), verdict]];
  });
  return table(['workload', 'rung', 'against', 'ratio', 'of processor time', 'at most', ''], body);
}

export function render(report: Report): string {
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
  const { least, most } = report.load;
  const lines = [
    `${report.cpu}; Node ${report.node}; ${versions.join('; ')}.`,
    `Medians of ${report.rounds} rounds; load of the machine ${least.toFixed(1)} to ${most.toFixed(1)}.`,
    ...report.missing.map((text) => `Not measured: ${text}`),
  ];
  const times = ['iou', 'nms', 'conv'].map((primitive) => timesOf(report.rows, primitive));
  return `${lines.join('\n')}\n\n${times.join('\n')}\n${ratios(report.rows)}`;
}
