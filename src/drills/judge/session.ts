/**
 * A child process that holds the reader's function. The code in it is a stranger's: no shell, few
 * environment variables, a limit on time, memory and output, and the whole process group ends
 * with it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { decodeValue, encodeValue } from '../wire-value.ts';
import { watchMemory } from './memory.ts';
import { readReply, type Reply } from './reply.ts';
import type { JudgeHost, Limits, Outcome, Program, Session } from './types.ts';

/** The largest answer of a bench has some 20 MB. */
const MAX_REPLY_CHARACTERS = 64 * 1024 * 1024;

export function openSession(host: JudgeHost, program: Program, limits: Limits): Session {
  let process: RunnerProcess | undefined;
  const load = async (): Promise<Outcome | undefined> => {
    if (process !== undefined && !process.hasEnded) return undefined;
    if (host.signal?.aborted === true) return INTERRUPTED;
    process = new RunnerProcess(host, program, limits.memoryMb);
    const loaded = await process.next(limits.loadMs);
    if (loaded.state === 'ready') return undefined;
    await process.end();
    return loaded;
  };
  const request = async (message: object, timeoutMs: number): Promise<Outcome> => {
    const failure = await load();
    if (failure !== undefined || process === undefined) return failure ?? OUT_OF_TURN;
    process.send(message);
    const reply = await process.next(timeoutMs);
    if (reply.state === 'timed-out' || reply.state === 'died') await process.end();
    return reply.state === 'ready' ? OUT_OF_TURN : reply;
  };
  return {
    load,
    request,
    call: (args) => request({ op: 'call', args: encodeValue(args) }, limits.callMs),
    prepare: (args, timeoutMs) => request({ op: 'prepare', args: encodeValue(args) }, timeoutMs),
    sample: (iterations, timeoutMs) => request({ op: 'sample', iterations }, timeoutMs),
    close: async () => process?.end(),
  };
}

const INTERRUPTED: Outcome = { state: 'died', message: 'interrupted' };
const OUT_OF_TURN: Outcome = { state: 'died', message: 'the process answered out of turn' };

/** One life of the child. */
class RunnerProcess {
  hasEnded = false;
  readonly #host: JudgeHost;
  readonly #child: ChildProcess;
  readonly #closed: Promise<void>;
  #pending = '';
  #reason: string | undefined;
  #wake: () => void = () => undefined;

  constructor(host: JudgeHost, program: Program, memoryMb: number) {
    this.#host = host;
    this.#child = spawn(program.command, program.args, {
      cwd: program.cwd,
      env: program.env,
      // A group of its own: what the reader's code starts ends with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const stop = watchMemory(this.#child.pid, memoryMb, () => {
      this.#reason = `it used more than the ${memoryMb} MB that a drill may use`;
      this.#kill();
    });
    const interrupt = (): void => this.#kill();
    host.signal?.addEventListener('abort', interrupt);
    this.#closed = new Promise((resolve) => {
      const ended = (reason: string): void => {
        stop();
        host.signal?.removeEventListener('abort', interrupt);
        this.hasEnded = true;
        this.#reason ??= reason;
        this.#wake();
        resolve();
      };
      this.#child.once('error', (error) => ended(describeFailure(error, program.command)));
      this.#child.once('close', (code, signal) => ended(describeEnd(code, signal)));
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => this.#receive(chunk));
  }

  send(message: object): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /** The next line of the child, or why there is none. */
  async next(timeoutMs: number): Promise<Reply> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#wake();
    }, timeoutMs);
    try {
      for (;;) {
        const line = this.#takeLine();
        if (line !== undefined) return decoded(readReply(line));
        if (this.hasEnded) return { state: 'died', message: this.#reason ?? 'the process ended' };
        if (isLate) return { state: 'timed-out', afterMs: timeoutMs };
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async end(): Promise<void> {
    this.#kill();
    await this.#closed;
  }

  #receive(chunk: string): void {
    this.#pending += chunk;
    if (this.#pending.length > MAX_REPLY_CHARACTERS) {
      this.#reason = 'it sent more than any answer needs';
      this.#kill();
    }
    if (chunk.includes('\n')) this.#wake();
  }

  #takeLine(): string | undefined {
    const end = this.#pending.indexOf('\n');
    if (end < 0) return undefined;
    const line = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end + 1);
    return line;
  }

  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.hasEnded) return;
    if (!this.#host.killGroup(pid)) this.#child.kill('SIGKILL');
  }
}

function decoded(reply: Reply): Reply {
  return reply.state === 'returned' ? { ...reply, value: decodeValue(reply.value) } : reply;
}

function describeFailure(error: Error, command: string): string {
  return 'code' in error && error.code === 'ENOENT'
    ? `${command} is not installed here; put it on the PATH, or name another one in PREPSMITH_PYTHON`
    : error.message;
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `the process was ended by ${signal}`;
  // V8 and Python abort with these when the memory is gone.
  return code === 134 ? 'the process ran out of memory' : `the process ended with exit code ${code}`;
}
