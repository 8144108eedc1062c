/** `prepsmith render [job…]`: writes the files again from `pack.yaml`; no provider is asked. */
import type { CommonFlags, Environment } from './environment.ts';
import { runJobs } from './generate.ts';

export async function render(environment: Environment, jobs: readonly string[], flags: CommonFlags): Promise<number> {
  return runJobs(environment, jobs, flags, 'render');
}
