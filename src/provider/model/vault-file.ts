/**
 * The replies to one ad: a file to which lines are only ever added, so that no kill can damage what
 * stands there. A later line about the same request goes before an earlier one; a line that was cut
 * by a kill is none.
 *
 * A line is written into the system's cache before anybody reads the reply: killing the process
 * loses nothing. It is on the disk within a second: a power cut loses no more than that.
 */
import { closeSync, existsSync, fdatasync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const FORMAT = 'prepsmith.vault/1';

const entrySchema = z.strictObject({
  key: z.string(),
  /** How many replies to this request were given up before this one. */
  generation: z.number().int().nonnegative(),
  /** False once the climb that it was part of was given up: kept for reading, never served again. */
  isUsable: z.boolean(),
  request: z.strictObject({
    provider: z.string(),
    model: z.string(),
    endpoint: z.string(),
    promptVersion: z.string(),
    job: z.string(),
    part: z.string(),
    turn: z.string(),
    maxOutputTokens: z.number(),
  }),
  completion: z.strictObject({
    text: z.string(),
    finish: z.enum(['stop', 'length', 'refusal', 'filtered', 'unknown']),
    refusal: z.string().nullable(),
    isConstrained: z.boolean(),
    usage: z
      .strictObject({ inputTokens: z.number(), cachedInputTokens: z.number(), outputTokens: z.number() })
      .nullable(),
    servedBy: z.string().nullable(),
  }),
});
export type VaultEntry = z.infer<typeof entrySchema>;

const lineSchema = z.union([
  z.strictObject({ format: z.literal(FORMAT), ...entrySchema.shape }),
  z.strictObject({ format: z.literal(FORMAT), advises: z.string(), advice: z.array(z.string()) }),
  z.strictObject({ format: z.literal(FORMAT), discards: z.string(), generation: z.number() }),
]);

export interface VaultFile {
  find(key: string): VaultEntry | undefined;
  /** What went along with a request besides what determines its reply. */
  adviceFor(name: string): readonly string[] | undefined;
  keepAdvice(name: string, advice: readonly string[]): void;
  /** @throws when it cannot be kept. */
  append(entry: VaultEntry): void;
  /** @param copy where a person can read it. */
  discard(entry: VaultEntry, copy: string): void;
  close(): Promise<void>;
}

const flush = promisify(fdatasync);
const FLUSH_AFTER_MS = 1000;

export function openVaultFile(file: string): VaultFile {
  const { entries, advice: advised, endsWhole } = readEntries(file);
  let handle: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const write = (line: object) => {
    if (handle === undefined) {
      mkdirSync(path.dirname(file), { recursive: true });
      handle = openSync(file, 'a', 0o600);
      if (!endsWhole) writeSync(handle, '\n');
    }
    writeSync(handle, `${JSON.stringify({ format: FORMAT, ...line })}\n`);
    timer ??= setTimeout(() => {
      timer = undefined;
      if (handle !== undefined) flush(handle).catch(() => undefined);
    }, FLUSH_AFTER_MS);
  };
  return {
    find: (key) => entries.get(key),
    adviceFor: (name) => advised.get(name),
    keepAdvice(name, advice) {
      write({ advises: name, advice });
      advised.set(name, advice);
    },
    append(entry) {
      write(entry);
      entries.set(entry.key, entry);
    },
    discard(entry, copy) {
      mkdirSync(path.dirname(copy), { recursive: true });
      writeFileSync(copy, entry.completion.text, { mode: 0o600 });
      write({ discards: entry.key, generation: entry.generation });
      entries.set(entry.key, { ...entry, isUsable: false });
    },
    async close() {
      clearTimeout(timer);
      if (handle === undefined) return;
      const closing = handle;
      handle = undefined;
      await flush(closing).catch(() => undefined);
      closeSync(closing);
    },
  };
}

/** Lines that cannot be believed are misses: they cost a request, never a run. */
function readEntries(file: string): {
  entries: Map<string, VaultEntry>;
  advice: Map<string, readonly string[]>;
  endsWhole: boolean;
} {
  const entries = new Map<string, VaultEntry>();
  const advice = new Map<string, readonly string[]>();
  if (!existsSync(file)) return { entries, advice, endsWhole: true };
  const text = readFileSync(file, 'utf8');
  for (const line of text.split('\n')) {
    const read = readLine(line);
    if (read === undefined) continue;
    if ('advises' in read) advice.set(read.advises, read.advice);
    else if (!('discards' in read)) entries.set(read.key, read);
    else {
      const entry = entries.get(read.discards);
      if (entry?.generation === read.generation) entries.set(entry.key, { ...entry, isUsable: false });
    }
  }
  return { entries, advice, endsWhole: text === '' || text.endsWith('\n') };
}

function readLine(line: string): z.infer<typeof lineSchema> | undefined {
  if (line === '') return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
