/** Which request meets which fault. */
import type { ChatRequest } from '../chat-request.ts';
import { hashText, seededRandom } from '../random.ts';
import { promptText } from '../tokens.ts';
import { faultEntry, PASSING_FAULTS, type FaultName } from './table.ts';
import { DEFAULT_SETTINGS, type FaultEntry, type FaultSettings } from './types.ts';

export type Fault = FaultName | ({ name: FaultName } & Partial<FaultSettings>);

export interface FaultMix {
  /** Of the requests, from 0 to 1. */
  share: number;
  seed: number;
  /** @default every fault that passes */
  among?: readonly FaultName[];
}

/** @param index counts the requests that get as far as the model, from 0. */
export type FaultScript = (request: ChatRequest, index: number) => Fault | undefined;

export type FaultPlan = FaultScript | readonly (Fault | undefined)[] | FaultMix;

export interface PlannedFault {
  name: FaultName;
  entry: FaultEntry;
  settings: FaultSettings;
}

export function planFaults(plan: FaultPlan): (request: ChatRequest, index: number) => PlannedFault | undefined {
  const script = toScript(plan);
  return (request, index) => {
    const fault = script(request, index);
    if (fault === undefined) return undefined;
    const { name, ...settings } = typeof fault === 'string' ? { name: fault } : fault;
    const entry = faultEntry(name);
    if (entry.applies?.(request) === false) return undefined;
    return { name, entry, settings: { ...DEFAULT_SETTINGS, ...settings } };
  };
}

function toScript(plan: FaultPlan): FaultScript {
  if (typeof plan === 'function') return plan;
  if ('share' in plan) return mixFaults(plan);
  return (_, index) => plan[index];
}

/** Falls by prompt and by how often it was sent, so that the order of arrival changes nothing. */
function mixFaults({ share, seed, among = PASSING_FAULTS }: FaultMix): FaultScript {
  const times = new Map<number, number>();
  return (request) => {
    const prompt = hashText(promptText(request));
    const time = (times.get(prompt) ?? 0) + 1;
    times.set(prompt, time);
    const random = seededRandom(hashText(`${seed} ${prompt} ${time}`));
    return random() < share ? among[Math.floor(random() * among.length)] : undefined;
  };
}
