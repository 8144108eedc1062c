/**
 * Chooses entries for an ad, greedily: the one that adds most goes in, what it covers counts for
 * less from then on, and so on. Greedy choice is within 1 − 1/e of the best possible cover for
 * such diminishing gains (Nemhauser, Wolsey, Fisher 1978), and the same ad always gives the same.
 */
import { createHash } from 'node:crypto';
import type { Level, Requirement, RequirementKind } from '../../job/types.ts';
import type { Candidate, Entry, Facet } from './fit.ts';

export interface ChoiceRules<E extends Entry> {
  jobId: string;
  min: number;
  max: number;
  /** Whether what nothing serves yet goes before any gain; otherwise it only weighs more. */
  unservedFirst: boolean;
  /** Factor on an entry's gain, given what is chosen already: mixes levels and kinds. */
  balance(entry: E, chosen: readonly E[]): number;
}

export interface Chosen<E extends Entry> {
  entry: E;
  /** The requirement that it adds most to. */
  serves: Requirement;
}

const KIND_WEIGHT: Record<RequirementKind, number> = { must: 1, nice: 0.5, duty: 0.45, culture: 0.3 };
const UNSERVED_BONUS = 4;
/** What the second, third, … entry on one facet still adds. */
const REPEAT_DECAY = 0.3;
/** Share of the gains beyond the best one: broad entries win ties, they do not win outright. */
const BREADTH = 0.15;
/** Up to this much of a gain is decided by job and entry alone, so that packs differ. */
const SPREAD = 0.2;

export function choose<E extends Entry>(candidates: readonly Candidate<E>[], rules: ChoiceRules<E>): Chosen<E>[] {
  const state = new CoverState();
  const open = new Set(candidates);
  const chosen: Chosen<E>[] = [];
  const spread = new Map(
    candidates.map((candidate) => [candidate, 1 - SPREAD * unitHash(`${rules.jobId}/${candidate.entry.id}`)]),
  );
  while (chosen.length < rules.max && open.size > 0) {
    const entries = chosen.map((item) => item.entry);
    let best: Weighed<E> | undefined;
    for (const candidate of open) {
      const adds = state.gainOf(candidate);
      // Beyond the minimum, more of the same is no reason to make a pack longer.
      if (chosen.length >= rules.min && !adds.isNew) continue;
      const gain = adds.gain * rules.balance(candidate.entry, entries) * (spread.get(candidate) ?? 1);
      const weighed = { candidate, ...adds, gain, urgency: rules.unservedFirst ? adds.urgency : 0 };
      if (best === undefined || isBetter(weighed, best)) best = weighed;
    }
    if (best === undefined) break;
    open.delete(best.candidate);
    state.cover(best.candidate, best.main);
    chosen.push({ entry: best.candidate.entry, serves: best.main });
  }
  return chosen;
}

/** What an entry would add to what is chosen so far. */
interface Gain {
  gain: number;
  main: Requirement;
  /** It serves a line, or touches a skill of one, that nothing did before, or is a must's second item. */
  isNew: boolean;
  /** 2 for a must that nothing serves yet, 1 for another such line, else 0. */
  urgency: number;
}

interface Weighed<E extends Entry> extends Gain {
  candidate: Candidate<E>;
}

/** What nothing serves yet goes before any gain, musts first; ids break ties. */
function isBetter(one: Weighed<Entry>, other: Weighed<Entry>): boolean {
  if (one.urgency !== other.urgency) return one.urgency > other.urgency;
  if (one.gain !== other.gain) return one.gain > other.gain;
  return one.candidate.entry.id < other.candidate.entry.id;
}

/** What the chosen entries cover so far. */
class CoverState {
  private readonly touched = new Map<Facet, number>();
  private readonly served = new Map<Requirement, number>();

  gainOf(candidate: Candidate<Entry>): Gain {
    const perRequirement = new Map<Requirement, number>();
    let isNew = false;
    const closest = Math.max(...candidate.fits.map(({ strength }) => strength));
    for (const { facet, strength } of candidate.fits) {
      const repeats = this.touched.get(facet) ?? 0;
      const isUnserved = !this.served.has(facet.requirement);
      const deepensMust =
        facet.requirement.kind === 'must' && this.served.get(facet.requirement) === 1 && strength === closest;
      isNew ||= isUnserved || deepensMust || (repeats === 0 && facet.requirement.kind !== 'culture');
      // Squared, so that a near miss on a heavy line does not beat a hit; and an entry goes where it
      // fits best, not to the line that weighs most.
      const fitting = strength ** 2 * (strength / closest);
      const gain =
        KIND_WEIGHT[facet.requirement.kind] * fitting * REPEAT_DECAY ** repeats * (isUnserved ? UNSERVED_BONUS : 1);
      perRequirement.set(facet.requirement, Math.max(perRequirement.get(facet.requirement) ?? 0, gain));
    }
    let main: Requirement | undefined;
    let most = -1;
    let total = 0;
    for (const [requirement, gain] of perRequirement) {
      total += gain;
      if (gain > most) [main, most] = [requirement, gain];
    }
    if (main === undefined) throw new Error('a candidate without fits');
    const urgency = this.served.has(main) ? 0 : main.kind === 'must' ? 2 : 1;
    return { gain: most + BREADTH * (total - most), main, isNew, urgency };
  }

  cover(candidate: Candidate<Entry>, main: Requirement): void {
    this.served.set(main, (this.served.get(main) ?? 0) + 1);
    for (const { facet } of candidate.fits) this.touched.set(facet, (this.touched.get(facet) ?? 0) + 1);
  }
}

const LEVELS: readonly Level[] = ['junior', 'mid', 'senior'];
const LEVEL_FACTOR = [1, 0.75, 0.45];

/** 1 for the reader's own level, less for one further away. */
export function levelFactor(level: Level, wanted: Level): number {
  return LEVEL_FACTOR[Math.abs(LEVELS.indexOf(level) - LEVELS.indexOf(wanted))] ?? 0;
}

/** A share that has been reached makes more of the same less welcome. */
export function shareFactor(count: number, total: number, limit: number): number {
  return total >= 4 && count / total >= limit ? 0.4 : 1;
}

/** 0 ≤ x < 1, the same on every machine. */
export function unitHash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
