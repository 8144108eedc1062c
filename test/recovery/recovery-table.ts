/** The recovery table as Markdown: fault → rung → what becomes of the job. */
import { FAULT_NAMES } from '../support/model-server/faults/table.ts';
import { recoveryOf, type Recovery } from './run-recovery.ts';

const HEAD = [
  '# What becomes of a job when the endpoint misbehaves',
  '',
  'Made by `npm run recovery`, which starts a server that speaks the chat-completions protocol, lets it misbehave in every way below, and makes a pack against it. "Once": the first request of a section meets the fault. "Always": every request of that section does. A number in brackets counts the requests for that section that the server answered (a repeated answer to the same `Idempotency-Key` is not counted).',
  '',
  'The rungs: **direct** (it fits as it came) · **parsed** (the same, from an endpoint that is not held to the schema) · **salvaged** (mended without a further request) · **re-asked** (only the failing fields were written again) · **regenerated** (what failed or was cut off was written anew, in another request than before) · **quarantined** (given up: nothing is published, the reply is kept for reading).',
  '',
  '| the endpoint | once | always |',
  '| --- | --- | --- |',
];

export async function recoveryTable(): Promise<string> {
  const rows: string[] = [];
  for (const name of FAULT_NAMES) rows.push(row(await recoveryOf(name)));
  return `${[...HEAD, ...rows].join('\n')}\n`;
}

function row({ fault, shows, once, always }: Recovery): string {
  return `| \`${fault}\`: ${shows.replaceAll('|', '\\|')} | ${cell(once)} | ${cell(always)} |`;
}

/** How often a request is repeated before a time is over depends on the machine. */
function cell({ rung, requests, becomes }: Recovery['once']): string {
  return `${rung}${becomes.includes('timeout') ? '' : ` (${requests})`}, ${becomes}`;
}
