/**
 * Last rung: worker threads over shared memory. A job is a kernel over the rows of its output; every thread, the caller
 * among them, takes the next few rows from a shared counter until none are left, so that a thread on a busy core takes
 * fewer. Nothing is copied: the workers run the same module over the same memory.
 */
import { Worker } from 'node:worker_threads';
import type { KernelExports, Workspace } from '../wasm/workspace.ts';
import { serve, takeRows } from './worker.ts';
import type { WorkerSetup } from './worker.ts';

export interface RowJob {
  readonly workspace: Workspace;
  /** Runs on the calling thread before the rows. */
  readonly prepare?: () => void;
  readonly kernel: keyof Pick<KernelExports, 'iouRows' | 'convRows' | 'convSeparableRows'>;
  /** The arguments of the kernel without the last two, the rows [from, to). */
  readonly args: readonly number[];
  /** For kernels that write to scratch: the arguments of one more thread. */
  readonly argsOfWorker?: () => readonly number[];
  readonly rows: number;
  readonly rowsPerTurn: number;
}

export interface Pool {
  /** Returns when every row is there; blocks the calling thread, as the job's own `run` does. */
  run(): void;
  close(): Promise<void>;
}

const [ROUND, NEXT_ROW, FINISHED] = [0, 1, 2];

/** Starts `threads` − 1 workers for `job`; they sleep between runs and do not keep the process alive. */
export async function startPool(job: RowJob, threads: number): Promise<Pool> {
  const control = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const { module, memory, kernels } = job.workspace;
  const { kernel, args, rows, rowsPerTurn } = job;
  const workers = Array.from({ length: threads - 1 }, () => {
    const ownArgs = job.argsOfWorker?.() ?? args;
    return startWorker({ module, memory, control, kernel, args: ownArgs, rows, rowsPerTurn });
  });
  await Promise.all(workers.map(untilOnline));
  return {
    run() {
      job.prepare?.();
      Atomics.store(control, NEXT_ROW, 0);
      Atomics.store(control, FINISHED, 0);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND);
      takeRows(kernels[kernel], { control, args, rows, rowsPerTurn });
      for (let done = Atomics.load(control, FINISHED); done < workers.length; done = Atomics.load(control, FINISHED))
        Atomics.wait(control, FINISHED, done);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** The source of the functions is sent, not a file: the same works from TypeScript, under a test runner and in dist. */
function startWorker(setup: WorkerSetup): Worker {
  const source = `(${serve.toString()})(require('node:worker_threads').workerData, ${takeRows.toString()})`;
  return new Worker(source, { eval: true, workerData: setup });
}

function untilOnline(worker: Worker): Promise<void> {
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('online', resolve);
    worker.once('error', reject);
  });
}
