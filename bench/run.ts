/**
 * `npm run bench:kernels [-- --quick] [--only iou]`: the rungs and the peers in one run. Every peer has its own process;
 * for each workload the rounds go through the peers in random order, so that a machine that slows down slows all of
 * them. A figure is the median of the medians of the rounds; what counts is ratios.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { allPeers } from './peers.ts';
import { startPeer } from './process.ts';
import type { PeerProcess } from './process.ts';
import { differenceOf, makeReference } from './reference.ts';
import { render } from './render.ts';
import type { Report, Row } from './render.ts';
import { median } from './serve.ts';
import { makeWorkloads, seeded } from './workloads.ts';
import type { Random, Workload } from './workloads.ts';

const SEED = 20_260_101;
const RESULTS = path.join(import.meta.dirname, 'results', 'kernels.json');
const { values: options } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const ROUNDS = options.quick ? 5 : 9;
const MEASURE_MS = options.quick ? 100 : 150;
/** What takes longer than this is measured in three rounds. */
const SLOW_MS = 1000;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

async function startAll(dir: string, missing: string[]): Promise<PeerProcess[]> {
  const running: PeerProcess[] = [];
  for (const peer of allPeers(dir)) {
    const started = await startPeer(peer);
    if ('missing' in started) missing.push(`${peer.name}: ${started.missing}`);
    else running.push(started);
  }
  return running;
}

async function measure(workload: Workload, peers: readonly PeerProcess[], dir: string, random: Random): Promise<Row[]> {
  const reference = makeReference(workload);
  const entered: { peer: PeerProcess; difference: number; medians: number[]; cpu: number[] }[] = [];
  for (const peer of peers.filter(({ peer: { primitives } }) => primitives.includes(workload.primitive))) {
    const out = path.join(dir, 'out.bin');
    if (!(await peer.prepare(workload, out))) continue;
    entered.push({ peer, difference: differenceOf(workload, out, reference), medians: [], cpu: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { peer, medians, cpu } of shuffled(entered, random)) {
      if (medians.length >= 3 && median(medians) > SLOW_MS) continue;
      const { times, cpuMs } = await peer.measure(workload, MEASURE_MS);
      medians.push(median(times));
      cpu.push(cpuMs);
    }
  }
  return entered.map(({ peer: { peer }, difference, medians, cpu }) => {
    const figures = { medianMs: median(medians), cpuMs: median(cpu), medians };
    return { workload: workload.id, peer: peer.name, difference, ...figures };
  });
}

function installed(name: string): string {
  const file = path.join(import.meta.dirname, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function versions(): Record<string, string> {
  const names = ['@techstark/opencv-js', '@tensorflow/tfjs', 'onnxruntime-node'];
  return Object.fromEntries(names.map((name) => [name, installed(name)]));
}

const dir = mkdtempSync(path.join(os.tmpdir(), 'prepsmith-kernels-'));
const random = seeded(SEED);
const missing: string[] = [];
const rows: Row[] = [];
const loads = [os.loadavg()[0]!];
const workloads = makeWorkloads(dir, SEED).filter(({ id }) => id.startsWith(options.only ?? ''));
const peers = await startAll(dir, missing);
for (const workload of workloads) {
  say(`${workload.id} …`);
  rows.push(...(await measure(workload, peers, dir, random)));
  loads.push(os.loadavg()[0]!);
}
const peerVersions = Object.fromEntries(peers.flatMap(({ peer, version }) => (version ? [[peer.name, version]] : [])));
for (const peer of peers) peer.close();
rmSync(dir, { recursive: true, force: true });

const report: Report = {
  cpu: `${os.cpus()[0]?.model ?? 'unknown'}, ${os.cpus().length} cores`,
  node: process.version,
  versions: { ...versions(), ...peerVersions },
  rounds: ROUNDS,
  load: { least: Math.min(...loads), most: Math.max(...loads) },
  missing,
  rows,
};
mkdirSync(path.dirname(RESULTS), { recursive: true });
// A part of the ladder alone is shown, not kept.
if (options.only === undefined) writeFileSync(RESULTS, `${JSON.stringify(report, undefined, 1)}\n`);
process.stdout.write(render(report));
