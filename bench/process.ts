/** A peer in a process of its own, spoken to in lines of JSON. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Workload } from './workloads.ts';

export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The primitives that it is asked for. */
  readonly primitives: readonly Workload['primitive'][];
}

interface Answer {
  readonly ready?: boolean;
  readonly version?: string;
  readonly prepared?: boolean;
  readonly times?: readonly number[];
  readonly cpuMs?: number;
}

export interface Measured {
  readonly times: readonly number[];
  /** Of one run: processor time of all threads. */
  readonly cpuMs: number;
}

export interface PeerProcess {
  readonly peer: Peer;
  readonly version: string | undefined;
  prepare(workload: Workload, out: string): Promise<boolean>;
  measure(workload: Workload, forMs: number): Promise<Measured>;
  close(): void;
}

/** Undefined with a reason on stderr when the peer is not installed. */
export async function startPeer(peer: Peer): Promise<PeerProcess | { missing: string }> {
  const child = spawn(peer.command, peer.args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-2000)));
  child.stdin.on('error', () => undefined);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${peer.name} exited with ${code}: ${complaint.trim().split('\n').at(-1)}`)),
    );
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextAnswer = async (): Promise<Answer> => {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done === true) return await failed;
      if (typeof value === 'string' && value.startsWith('@')) return JSON.parse(value.slice(1)) as Answer;
    }
  };
  const ask = async (request: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return await nextAnswer();
  };
  try {
    const { version } = await nextAnswer();
    return {
      peer,
      version,
      prepare: async (workload, out) => (await ask({ prepare: workload, out })).prepared === true,
      measure: async (workload, forMs) => {
        const { times = [], cpuMs = Number.NaN } = await ask({ measure: workload.id, forMs });
        return { times, cpuMs };
      },
      close: () => child.stdin.end(),
    };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}
