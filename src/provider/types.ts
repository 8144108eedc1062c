/**
 * The seam between prepsmith and whatever writes content. A provider answers one request with
 * one reply; it neither checks shapes nor publishes. Errors it throws are PrepsmithErrors.
 */
import type { Job } from '../job/types.ts';
import type { SectionName } from '../pack/wire.ts';

export interface Request {
  job: Job;
  section: SectionName;
}

export interface Reply {
  /** JSON text: `{"questions": [...]}` for the section asked for. */
  text: string;
}

export interface Provider {
  name: string;
  /** `null` where there is no model. */
  model: string | null;
  /** What the content depends on besides the job: recorded in the pack. */
  bankVersion: string | null;
  /** @param signal ends the request early; the promise then rejects. */
  ask(request: Request, signal: AbortSignal): Promise<Reply>;
}
