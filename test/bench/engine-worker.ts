/**
 * One variant of the engine benchmark in a process of its own: `bare` is what one writes first (a
 * loop over p-limit and the SDK, JSON.parse on the reply); `prepsmith` sends the same requests
 * through everything that a run has: prompt, vault, ledger, limits, budget, salvage, checks.
 * Prints one JSON document.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import pLimit from 'p-limit';
import { climbSection } from '../../src/pack/ladder/climb-section.ts';
import type { Job } from '../../src/job/types.ts';
import { echoSource, type EchoSource } from '../../src/pack/ladder/scan-text.ts';
import { systemClock } from '../../src/provider/limits/clock.ts';
import { createRateGate } from '../../src/provider/limits/rate-gate.ts';
import { createSlots } from '../../src/provider/limits/slots.ts';
import { createComplete } from '../../src/provider/model/attempts.ts';
import { createBudget } from '../../src/provider/model/budget.ts';
import { createModelProvider } from '../../src/provider/model/model-provider.ts';
import { createOpenAiClient } from '../../src/provider/model/openai-client.ts';
import { createPromptWriter } from '../../src/provider/model/prompts.ts';
import { openVault } from '../../src/provider/model/vault.ts';
import { driveClimb } from '../../src/run/drive-climb.ts';
import { openLedger } from '../../src/run/ledger.ts';
import { readTemplateFiles } from '../../src/templates/files.ts';
import { REPO_DIR } from '../support/cli.ts';
import { benchJob, benchTopics } from './engine-case.ts';

const [variant, baseUrl = '', callsText = '1000', slotsText = '64'] = process.argv.slice(2);
const calls = Number(callsText);
const slots = Number(slotsText);
const MODEL = 'gpt-6-luna';
const API_KEY = 'sk-bench-0123456789';

const files = await readTemplateFiles(path.join(REPO_DIR, 'templates'), 'prompts');
const sources = { examplesFor: () => [], askedElsewhere: () => [] };
const prompts = createPromptWriter(files, sources, 12_000);
const stateDir = await mkdtemp(path.join(tmpdir(), 'prepsmith-engine-'));

/** The request for one job, as the climb would ask for it. */
function firstAsk(index: number) {
  const step = climbSection(goal(index)).next();
  if (step.done === true) throw new Error('a climb that asks nothing');
  return { job: jobOf(index), ask: step.value };
}

const constantEchoes = echoSource(prompts.constantTexts);
const PARTS_OF_JOB = 8;

/** The parts of a job share what is made once a job, as they do in a run. */
const jobs = new Map<number, { job: Job; echoes: EchoSource }>();
function shared(index: number) {
  const number = Math.floor(index / PARTS_OF_JOB);
  const known = jobs.get(number);
  if (known !== undefined) return known;
  const job = benchJob(number);
  const ofAd = echoSource([job.text]);
  const made = { job, echoes: { has: (shingle: number) => constantEchoes.has(shingle) || ofAd.has(shingle) } };
  jobs.set(number, made);
  jobs.delete(number - slots);
  return made;
}
const jobOf = (index: number) => shared(index).job;

function goal(index: number) {
  const { echoes } = shared(index);
  return { section: 'questions' as const, topics: benchTopics(index % PARTS_OF_JOB), offset: 0, echoes };
}

async function bare(): Promise<void> {
  const client = new OpenAI({ apiKey: API_KEY, baseURL: baseUrl, maxRetries: 2 });
  const limit = pLimit(slots);
  await limit.map(
    Array.from({ length: calls }, (_, index) => index),
    async (index) => {
      const prompt = prompts.write(firstAsk(index));
      const completion = await client.chat.completions.create({
        model: MODEL,
        messages: [...prompt.messages],
        max_completion_tokens: prompt.maxOutputTokens,
        response_format: {
          type: 'json_schema',
          json_schema: { name: prompt.schemaName, strict: true, schema: prompt.schema },
        },
      });
      JSON.parse(completion.choices[0]?.message.content ?? '');
    },
  );
}

async function prepsmith(): Promise<void> {
  const clock = systemClock();
  const client = createOpenAiClient({
    apiKey: API_KEY,
    baseUrl,
    model: MODEL,
    reasoningEffort: undefined,
    epochMs: () => clock.epochMs(),
  });
  const host = { pid: process.pid, isAlive: () => false, now: () => clock.nowMs(), epochMs: () => clock.epochMs() };
  const start = { provider: 'openai', model: MODEL, budgetUsd: 1000, spentBeforeUsd: 0 };
  const log = openLedger(path.join(stateDir, 'ledger'), host, start);
  const complete = createComplete({
    client,
    clock,
    gate: createRateGate(clock, {}),
    slots: createSlots(clock, slots),
    budget: createBudget(1000, 0),
    log,
    price: { input: 0.1, cachedInput: 0.01, output: 0.5 },
    attemptTimeoutMs: 60_000,
    expectedOutputTokens: () => 3600,
  });
  const identity = { provider: 'openai', model: MODEL, endpoint: baseUrl, promptVersion: 'bench', parameters: {} };
  const vault = openVault(path.join(stateDir, 'vault'), identity);
  const parts = {
    name: 'openai',
    model: MODEL,
    promptVersion: 'bench',
    bankVersion: 'bench',
    prompts,
    vault,
    log,
    isFresh: false,
    shown: (file: string) => file,
  };
  const provider = createModelProvider(parts, complete);
  const { signal } = new AbortController();
  // As in a run, where every job has several requests: slots never wait for what is done with a reply.
  const limit = pLimit(slots * 2);
  await limit.map(
    Array.from({ length: calls }, (_, index) => index),
    async (index) => {
      const climb = await driveClimb(provider, jobOf(index), climbSection(goal(index)), signal, () => undefined);
      if (climb.outcome !== 'reached') throw new Error(`call ${index}: ${JSON.stringify(climb.problems)}`);
    },
  );
  await provider.close();
  log.end('done');
  await client.close();
}

// Everything is loaded and compiled before the clock starts, in both variants.
const cpuBefore = process.cpuUsage();
const startedMs = performance.now();
await (variant === 'bare' ? bare() : prepsmith());
const elapsedMs = performance.now() - startedMs;
const cpu = process.cpuUsage(cpuBefore);
const maxRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ elapsedMs, cpuMs: (cpu.user + cpu.system) / 1000, maxRssMb })}\n`);
await rm(stateDir, { recursive: true, force: true });
process.exit(0);
