/** What a thread of the pool does. The source of both functions is sent to the workers: they use nothing from outside. */

export type RowFunction = (...args: number[]) => void;

export interface WorkerSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** [number of the round, next row to take, workers that have finished] */
  readonly control: Int32Array;
  readonly kernel: string;
  readonly args: readonly number[];
  readonly rows: number;
  readonly rowsPerTurn: number;
}

/** Runs the kernel over the next few rows until none are left. */
export function takeRows(kernel: RowFunction, setup: Omit<WorkerSetup, 'module' | 'memory' | 'kernel'>): void {
  const { control, args, rows, rowsPerTurn } = setup;
  for (let from = Atomics.add(control, 1, rowsPerTurn); from < rows; from = Atomics.add(control, 1, rowsPerTurn))
    kernel(...args, from, Math.min(rows, from + rowsPerTurn));
}

/** Never returns. */
export function serve(setup: WorkerSetup, take: typeof takeRows): void {
  const { control } = setup;
  const { exports } = new WebAssembly.Instance(setup.module, { env: { memory: setup.memory } });
  const kernel = (exports as Record<string, RowFunction>)[setup.kernel] as RowFunction;
  for (let round = 0; ;) {
    Atomics.wait(control, 0, round);
    round = Atomics.load(control, 0);
    take(kernel, setup);
    Atomics.add(control, 2, 1);
    Atomics.notify(control, 2);
  }
}
