/** `pack.yaml` ↔ `Pack`. Reading names the line of what does not hold; writing is deterministic. */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { PrepsmithError } from '../errors.ts';
import { checkLocated, parseLocatedYaml } from '../located-yaml.ts';
import { formatProblem } from '../problem.ts';
import { packSchema, type Pack } from './schema.ts';

export const PACK_FILE = 'pack.yaml';

const HEADER = [
  '# The one source of this folder: every other generated file here is a render of it.',
  '# Edit it and run `npx prepsmith render`; your own notes belong into my/, which is never touched.',
].join('\n');

export function formatPack(pack: Pack): string {
  const body = stringify(pack, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
  return `${HEADER}\n# As prepsmith wrote it: ${digest(body)}\n${body}`;
}

/** Whether nobody has changed the file since prepsmith wrote it, on this machine or another. */
export function isAsWritten(text: string): boolean {
  const [, written, body] =
    /^# As prepsmith wrote it: ([0-9a-f]{16})\n([^]*)$/m.exec(text.replace(/\r\n/g, '\n')) ?? [];
  return written !== undefined && body !== undefined && digest(body) === written;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** @throws PrepsmithError `pack-file` with file, line and path of everything that does not hold. */
export function parsePack(text: string, file: string): Pack {
  const parsed = parseLocatedYaml(text, file);
  const checked = 'problems' in parsed ? parsed : checkLocated(parsed.doc, packSchema);
  if ('value' in checked) return checked.value;
  const [first, ...rest] = checked.problems;
  throw new PrepsmithError('pack-file', {
    message: first ? formatProblem(first) : `${file}: not a pack`,
    problems: rest,
    remedy:
      'Correct the field, or make the pack anew with `npx prepsmith generate <job> --force` (the edited file is kept under .prepsmith/replaced/).',
  });
}
