/** What every job of a run shares. */
import type { Content } from './content.ts';
import type { Host } from './host.ts';
import type { OpenProvider } from './open-provider.ts';
import type { Project } from './project.ts';

export interface RunContext {
  project: Project;
  host: Host;
  content: Content;
  /** Opened once, when the first pack is to be made. */
  provider(): Promise<OpenProvider>;
  /** Only matters where a model is asked. */
  jobTimeoutMs: number;
  /** Begin nothing new. */
  signal: AbortSignal;
}
