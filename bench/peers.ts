/** Who is measured. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { Peer } from './process.ts';

const PYTHON = '/usr/bin/python3';
const RELAXED = '--experimental-wasm-relaxed-simd';
const ALL = ['iou', 'nms', 'conv2d'] as const;

function file(name: string): string {
  return path.join(import.meta.dirname, 'peers', name);
}

function node(
  name: string,
  script: string,
  primitives: Peer['primitives'],
  rungName?: string,
  flags: string[] = [],
): Peer {
  const rungArgs = rungName === undefined ? [] : [rungName];
  const args = [...flags, '--import', 'tsx', file(script), ...rungArgs];
  return { name, command: process.execPath, args, primitives };
}

function rung(name: string, primitives: Peer['primitives'], flags: string[] = []): Peer {
  return node(`prepsmith ${name}${flags.length > 0 ? ', relaxed' : ''}`, 'prepsmith.ts', primitives, name, flags);
}

function python(name: string, peer: string, primitives: Peer['primitives'], extra: string[] = []): Peer {
  return { name, command: PYTHON, args: [file('python.py'), peer, ...extra], primitives };
}

/** Compiles the yardstick into `dir`; none without a C compiler. */
function yardstick(dir: string): Peer[] {
  const library = path.join(dir, 'nms-grid.so');
  const flags = ['-O3', '-march=native', '-shared', '-fPIC', '-o', library, file('nms-grid.c'), '-lm'];
  return spawnSync('gcc', flags).status === 0 ? [python('C', 'c', ['nms'], [library])] : [];
}

export function allPeers(dir: string): Peer[] {
  return [
    rung('naive', ALL),
    rung('typed', ALL),
    rung('branch-free', ['iou']),
    rung('sweep', ['iou']),
    rung('grid', ['nms']),
    rung('row-ring', ['conv2d']),
    rung('wasm', ALL),
    rung('wasm', ['conv2d'], [RELAXED]),
    rung('threads', ['iou', 'conv2d']),
    rung('threads', ['conv2d'], [RELAXED]),
    ...yardstick(dir),
    python('torch', 'torch', ALL),
    python('cv2', 'cv2', ['nms', 'conv2d']),
    python('numpy', 'numpy', ['iou']),
    python('scipy', 'scipy', ['conv2d']),
    node('onnxruntime-node', 'onnxruntime.ts', ['nms', 'conv2d']),
    node('opencv-js', 'opencv-js.ts', ['conv2d']),
    node('tfjs wasm', 'tfjs.ts', ['nms', 'conv2d']),
  ];
}
