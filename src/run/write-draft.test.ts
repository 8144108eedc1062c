import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openModelProvider, type RunSettings } from '../../test/support/model-runs.ts';
import type { FaultName } from '../../test/support/model-server/faults/table.ts';
import { startModelServer, type ModelServerOptions } from '../../test/support/model-server/server.ts';
import { writeReply } from '../../test/support/model-server/write-reply.ts';
import { createProject, PYTHON_AD } from '../../test/support/projects.ts';
import { PrepsmithError } from '../errors.ts';
import { cleanAd } from '../job/clean.ts';
import { parseJob } from '../job/parse.ts';
import { ITEM_SCHEMAS, SECTIONS } from '../pack/draft.ts';
import { newWriting, type JobWriting } from './job-writing.ts';
import { writeDraft, type WrittenDraft } from './write-draft.ts';

const never = new AbortController().signal;

/** One ad, a server, and a provider that asks it. */
async function stage(options: ModelServerOptions = {}, settings: Partial<RunSettings> = {}) {
  const made = await createProject({ 'jobs/python.txt': PYTHON_AD });
  const server = await startModelServer(options);
  const opened = await openModelProvider(made, { provider: 'openai', baseUrl: server.baseUrl, ...settings });
  const { provider, knowledge } = opened;
  const job = parseJob({ id: 'python', file: 'jobs/python.txt', bytes: Buffer.from(PYTHON_AD) }, knowledge.matchSkills);
  const tools = {
    provider,
    matchSkills: knowledge.matchSkills,
    skillName: (id: string) => knowledge.taxonomy.skill(id)?.name ?? id,
  };
  const write = async (signal = never): Promise<WrittenDraft & { writing: JobWriting }> => {
    const writing = newWriting();
    return { ...(await writeDraft(tools, job, writing, signal)), writing };
  };
  return {
    rootDir: made.fixture.path,
    job,
    server,
    write,
    tools,
    async [Symbol.asyncDispose]() {
      await server.close();
      await opened.close('done');
      await made.fixture.rm();
    },
  };
}

/** The n-th request for this part meets the fault, the others go well. */
function faultIn(part: string, ...faults: (FaultName | undefined)[]): ModelServerOptions['faults'] {
  let count = 0;
  return ({ messages }) => (messages.some(({ content }) => content.includes(part)) ? faults[count++] : undefined);
}
const TASKS = 'Write coding tasks';
const READING = 'Read the ad and decide';

async function failure(asked: Promise<unknown>): Promise<PrepsmithError> {
  const thrown: unknown = await asked.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof PrepsmithError)) throw thrown;
  return thrown;
}

const withMissedLines: ModelServerOptions['respond'] = (request) => {
  const reply = JSON.parse(writeReply(request)) as Record<string, unknown>;
  if ('missed' in reply)
    reply['missed'] = [
      { quote: 'Python Engineer', kind: 'duty' },
      { quote: 'Ten years of COBOL', kind: 'must' },
    ];
  return JSON.stringify(reply);
};

describe('a draft', () => {
  test('is written in one reading and the parts of its sections, each at its first reply', async () => {
    await using on = await stage();
    const { draft, job, writing } = await on.write();
    expect(job.requirements).toEqual(on.job.requirements);
    for (const section of SECTIONS) {
      expect(draft[section].length).toBeGreaterThan(0);
      for (const item of draft[section]) expect(ITEM_SCHEMAS[section].safeParse(item)).toMatchObject({ success: true });
    }
    expect(draft.questions[0]?.origin).toBe('openai:gpt-5-mini');
    const requests = on.server.requests.length;
    expect(writing).toMatchObject({
      attempts: requests,
      replies: requests,
      cacheHits: 0,
      rungs: { direct: requests },
      repairs: [],
      leftOut: [],
      reasked: 0,
    });
    expect(writing.costUsd).toBeGreaterThan(0);
    expect(writing.usage.outputTokens).toBe(on.server.summary().completionTokens);
  });

  test('is written again from the vault: same draft, nothing is asked and nothing paid', async () => {
    await using on = await stage();
    const first = await on.write();
    const requests = on.server.requests.length;
    const second = await on.write();
    expect(second.draft).toEqual(first.draft);
    expect(on.server.requests).toHaveLength(requests);
    expect(second.writing).toMatchObject({
      attempts: 0,
      replies: requests,
      cacheHits: requests,
      costUsd: 0,
      usage: { inputTokens: 0, outputTokens: 0 },
    });
  });

  test('has the lines that only the model saw', async () => {
    await using on = await stage({ respond: withMissedLines });
    const { job } = await on.write();
    expect(
      job.requirements
        .filter((line) => !on.job.requirements.some(({ id }) => id === line.id))
        .map(({ quote }) => quote),
    ).toEqual(['Python Engineer']);
    expect(cleanAd(Buffer.from(PYTHON_AD))).toMatchObject({ text: job.text });
  });

  test('goes without a reading that leads nowhere: every must has its question all the same', async () => {
    await using on = await stage({ faults: faultIn(READING, 'refusal') });
    const { draft, job, writing } = await on.write();
    const served = new Set(draft.questions.map(({ serves }) => serves));
    expect(job.requirements.filter(({ id, kind }) => kind === 'must' && !served.has(id))).toEqual([]);
    expect(writing.rungs).toMatchObject({ quarantined: 1 });
  });
});

const stubborn: ModelServerOptions['faults'] = ({ messages, schema }) =>
  messages.some(({ content }) => content.includes(TASKS)) || JSON.stringify(schema ?? {}).includes('problemStatement')
    ? 'placeholder-tbd'
    : undefined;

describe('a part that goes wrong', () => {
  test.each<[FaultName, object]>([
    ['fenced', { salvaged: 1 }],
    ['markdown', {}],
    ['item-missing', { 're-asked': 1 }],
    ['placeholder-tbd', { 're-asked': 1 }],
    ['prompt-echo', { 're-asked': 1 }],
    ['too-short', { 're-asked': 1 }],
    ['length-cut', { regenerated: 1 }],
    ['empty-content', { regenerated: 1 }],
    ['silent-cut', {}],
    ['bare-list', {}],
    ['extra-item', {}],
    ['html-200', {}],
    ['cut-body', {}],
    ['server-error', {}],
  ])('(%s) is mended, and the draft is whole', async (fault, rungs) => {
    await using on = await stage({ faults: faultIn(TASKS, fault) });
    const { draft, writing } = await on.write();
    expect(draft.tasks).toHaveLength(4);
    expect(new Set(draft.tasks.map(({ id }) => id)).size).toBe(4);
    expect(writing.rungs).toMatchObject(rungs);
    expect(JSON.stringify(draft)).not.toMatch(/TBD|Another matter/);
  });

  test('again and again ends the job: nothing of it is kept for the next night but to be read', async () => {
    await using on = await stage({ faults: stubborn });
    const error = await failure(on.write());
    expect(error).toMatchObject({
      code: 'reply-invalid',
      message: expect.stringMatching(
        /^no reply for tasks holds, after all that can be tried; nothing was published: tasks\[\d\]\.[\w.]+: expected /,
      ),
    });
    const [, place = ''] = /The last reply is kept in (\S+)\.$/.exec(error.remedy) ?? [];
    expect(await readFile(path.join(on.rootDir, place), 'utf8')).toContain('TBD');
    const before = on.server.requests.length;
    await failure(on.write());
    expect(on.server.requests.length).toBeGreaterThan(before);
  });

  test('because the model refuses says its words, and what was not sent yet is not sent', async () => {
    await using on = await stage({ faults: faultIn(TASKS, 'refusal', 'refusal') });
    const error = await failure(on.write());
    expect(error).toMatchObject({ code: 'reply-refused', message: expect.stringContaining("I'm sorry, I can't help") });
  });

  test('tells what it cost, also when it fails', async () => {
    await using on = await stage({ faults: faultIn(TASKS, 'refusal', 'refusal') });
    const writing = newWriting();
    await failure(writeDraft(on.tools, on.job, writing, never));
    expect(writing.costUsd).toBeGreaterThan(0);
    expect(writing.rungs).toMatchObject({ quarantined: expect.any(Number) });
  });
});

describe('being stopped', () => {
  test('before the first request: none is sent', async () => {
    await using on = await stage();
    await expect(on.write(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(on.server.requests).toHaveLength(0);
  });

  test('in the middle: what is under way is kept, and the next run goes on from there', async () => {
    await using on = await stage({ latencyMs: 40 });
    const stop = new AbortController();
    const asked = on.write(stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 60);
    await expect(asked).rejects.toThrow('stopped');
    // What was on its way arrives after the job has ended as well.
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const { writing } = await on.write();
    expect(writing.cacheHits).toBe(on.server.charged.length - writing.attempts);
    expect(writing.cacheHits).toBeGreaterThan(0);
    expect(on.server.summary().chargedAgain).toBe(0);
  });
});
