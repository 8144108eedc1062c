/** What the judge works with. */
import type { Arguments, Value } from '../primitive.ts';

export interface Limits {
  loadMs: number;
  callMs: number;
  memoryMb: number;
}

/** A command line that speaks the protocol of `templates/drills/judge/runner.*`. */
export interface Program {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
}

export type Outcome =
  | { state: 'returned'; value: Value; hasChangedInput: boolean; printed: string }
  | { state: 'threw'; message: string; line?: number; printed: string }
  | { state: 'timed-out'; afterMs: number }
  | { state: 'died'; message: string };

/** What the judge needs of the process it runs in; `cli.ts` fills it in. */
export interface JudgeHost {
  /** The Node that runs prepsmith. */
  nodePath: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the reader has had enough: every process ends. */
  signal?: AbortSignal;
  /** Milliseconds of a sample of the bench, where 20 are too many, as in a test. */
  sampleMs?: number;
  /** Ends a process and all that it started. @returns false where there are no process groups. */
  killGroup(pid: number): boolean;
}

export interface Session {
  /** Starts the process. `undefined` when the function is there and can be called. */
  load(): Promise<Outcome | undefined>;
  /** One call of the reader's function. A function that hangs or dies ends its process; the next call has a new one. */
  call(args: Arguments): Promise<Outcome>;
  /** Makes the arguments that `sample` uses, and calls once. */
  prepare(args: Arguments, timeoutMs: number): Promise<Outcome>;
  /** Milliseconds that so many calls take together. */
  sample(iterations: number, timeoutMs: number): Promise<Outcome>;
  request(message: object, timeoutMs: number): Promise<Outcome>;
  close(): Promise<void>;
}
