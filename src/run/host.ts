/** What a run takes from the machine it is on; injected, so that nothing here depends on it. */
export interface Host {
  pid: number;
  /** Whether a process of this number is running on this machine. */
  isAlive(pid: number): boolean;
  /** Milliseconds; only differences are used. */
  now(): number;
  /** Milliseconds since 1970: for ledgers and reports, never for a pack. */
  epochMs: () => number;
}
