/** One line of the child → a reply of a known shape. */
import { z } from 'zod';
import type { Value } from '../primitive.ts';
import type { Outcome } from './types.ts';

export type Reply = Outcome | { state: 'ready' };

/** JSON is a `Value` as it is; to look through megabytes of it again would cost more than the call. */
const value = z.custom<Value>((given) => given !== undefined);

const replySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({
    state: z.literal('returned'),
    value,
    hasChangedInput: z.boolean().default(false),
    printed: z.string(),
  }),
  z.object({
    state: z.literal('threw'),
    message: z.string(),
    line: z.number().int().positive().optional(),
    printed: z.string(),
  }),
]);

export function readReply(line: string): Reply {
  try {
    const reply = replySchema.parse(JSON.parse(line));
    if (reply.state !== 'threw') return reply;
    const { line: at, ...rest } = reply;
    return at === undefined ? rest : { ...rest, line: at };
  } catch {
    return { state: 'died', message: `the process wrote something else than an answer: ${line.slice(0, 80)}` };
  }
}
