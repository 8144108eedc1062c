/** Who takes part in a bench, each in a process of its own. */
import { LIMITS, nodeProgram, PEER_LIMITS, prepareProgram, pythonProgram } from '../judge/program.ts';
import { openSession } from '../judge/session.ts';
import type { JudgeHost, Program, Session } from '../judge/types.ts';
import type { Language } from '../primitive-ids.ts';
import type { Primitive } from '../primitive.ts';
import { drillFile, ladderOf, referenceFile } from '../texts.ts';
import type { SideKind } from './types.ts';

export interface Side {
  name: string;
  kind: SideKind | 'twin';
  session: Session;
}

/** A rung that lives elsewhere, such as a compiled kernel: see `kernelProgram`. */
export interface ExtraRung {
  name: string;
  program: Program;
}

export interface BenchSetup {
  host: JudgeHost;
  templatesDir: string;
  primitive: Primitive;
  language: Language;
  /** The reader's file. */
  solution: string;
  extraRungs?: readonly ExtraRung[];
}

export interface OpenSides extends AsyncDisposable {
  sides: Side[];
  /** Peers that are not there, and why. */
  absent: { name: string; reason: string }[];
}

export async function openSides(setup: BenchSetup): Promise<OpenSides> {
  const { host, templatesDir, primitive, language } = setup;
  const functionName = primitive.functionName[language];
  const cleanups: (() => Promise<unknown>)[] = [];
  const open = (name: string, kind: Side['kind'], program: Program, limits = LIMITS): Side => {
    const session = openSession(host, program, limits);
    cleanups.push(() => session.close());
    return { name, kind, session };
  };
  const openFile = async (name: string, kind: Side['kind'], file: string): Promise<Side> => {
    const prepared = await prepareProgram(host, templatesDir, { language, file, functionName });
    cleanups.push(async () => prepared[Symbol.asyncDispose]());
    return open(name, kind, prepared.program);
  };
  const reference = referenceFile(templatesDir, primitive.id, language);
  const sides = [
    await openFile('yours', 'yours', setup.solution),
    await openFile('reference', 'reference', reference),
    await openFile('reference again', 'twin', reference),
  ];
  for (const rung of await ladderOf(templatesDir, primitive.id, language))
    sides.push(await openFile(rung.name, 'rung', rung.file));
  for (const { name, program } of setup.extraRungs ?? []) sides.push(open(name, 'rung', program));
  const absent: OpenSides['absent'] = [];
  for (const name of primitive.bench.peers) {
    const peer = open(name, 'peer', peerProgram(setup, name), PEER_LIMITS);
    const failure = await peer.session.load();
    if (failure === undefined) sides.push(peer);
    else absent.push({ name, reason: failure.state === 'threw' ? failure.message : failure.state });
  }
  return {
    sides,
    absent,
    [Symbol.asyncDispose]: async () => void (await Promise.all(cleanups.map((cleanup) => cleanup()))),
  };
}

function peerProgram({ host, templatesDir, primitive }: BenchSetup, name: string): Program {
  const file = drillFile(templatesDir, primitive.id, 'peers.py');
  return pythonProgram(host, templatesDir, { language: 'python', file, functionName: `peers:${name}` }, PEER_LIMITS);
}

/** A session that measures the machine and holds nobody's code. */
export function openMachine(host: JudgeHost, templatesDir: string): Session {
  return openSession(host, nodeProgram(host, templatesDir, '-', '-'), LIMITS);
}
