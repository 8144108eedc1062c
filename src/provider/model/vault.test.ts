import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { readTree } from '../../../test/support/cli.ts';
import { makeCompletion, makePrompt } from '../../../test/support/prompts.ts';
import { openVault, type VaultIdentity } from './vault.ts';

const IDENTITY: VaultIdentity = {
  provider: 'openai',
  model: 'test-model',
  endpoint: 'http://one.test/v1',
  promptVersion: 'p1',
  parameters: { reasoningEffort: 'low', seed: 1 },
};
const PROMPT = makePrompt();
const REPLY = makeCompletion();

const NOTHING = { completion: undefined, generation: 0 };
const AD = 'ab'.repeat(8);

async function makeVault() {
  const fixture = await createFixture({});
  const dir = fixture.getPath('vault');
  const file = path.join(dir, 'ab', `${AD}.jsonl`);
  // Each is another process: nothing but the disk is between them.
  const open = (changes: Partial<VaultIdentity> = {}, fromAnywhere = false) =>
    openVault(dir, { ...IDENTITY, ...changes }, fromAnywhere);
  const vault = open();
  const close = async () => {
    await vault.close();
    await fixture.rm();
  };
  return { dir, file, open, vault, key: vault.keyOf(PROMPT), [Symbol.asyncDispose]: close };
}

describe('a reply', () => {
  test('that was kept is found again, by another process as well', async () => {
    await using made = await makeVault();
    expect(made.vault.find(made.key, PROMPT)).toEqual(NOTHING);
    made.vault.store(made.key, PROMPT, REPLY, 0);
    for (const vault of [made.vault, made.open()])
      expect(vault.find(made.key, PROMPT)).toEqual({ completion: REPLY, generation: 0 });
  });

  test('that led nowhere stays readable and is served no more; the next one is of the next generation', async () => {
    await using made = await makeVault();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    made.vault.discard(made.key);
    for (const vault of [made.vault, made.open()])
      expect(vault.find(made.key, PROMPT)).toEqual({ completion: undefined, generation: 1 });
    expect(await readFile(made.vault.placeOf(made.key), 'utf8')).toBe(REPLY.text);
    made.vault.store(made.key, PROMPT, makeCompletion({ text: 'another' }), 1);
    for (const vault of [made.vault, made.open()])
      expect(vault.find(made.key, PROMPT)).toMatchObject({ completion: { text: 'another' }, generation: 1 });
  });

  test('that nobody kept can be discarded', async () => {
    await using made = await makeVault();
    made.vault.discard(made.key);
    expect(made.vault.find(made.key, PROMPT)).toEqual(NOTHING);
  });

  test('of another endpoint is another’s, unless a run is replayed', async () => {
    await using made = await makeVault();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    const elsewhere = { endpoint: 'http://two.test/v1' };
    expect(made.open(elsewhere).find(made.key, PROMPT)).toEqual({ completion: undefined, generation: 1 });
    expect(made.open(elsewhere, true).find(made.key, PROMPT)).toEqual({ completion: REPLY, generation: 0 });
  });

  test('that was cut off answers no request with more room, and one that is complete answers any', async () => {
    await using made = await makeVault();
    const larger = makePrompt({ maxOutputTokens: 8000 });
    made.vault.store(made.key, PROMPT, makeCompletion({ finish: 'length' }), 0);
    expect(made.vault.find(made.key, larger)).toEqual({ completion: undefined, generation: 1 });
    expect(made.vault.find(made.key, PROMPT).completion).toBeDefined();
    expect(made.vault.find(made.key, makePrompt({ maxOutputTokens: 1000 })).completion).toBeDefined();
    made.vault.store(made.key, PROMPT, REPLY, 1);
    expect(made.vault.find(made.key, larger).completion).toEqual(REPLY);
  });

  test('stands with all others to its ad, and many are kept at once', async () => {
    await using made = await makeVault();
    const prompts = Array.from({ length: 400 }, (_, index) =>
      makePrompt({
        adSha256: String(index % 200)
          .padStart(16, '0')
          .padEnd(64, '0'),
        identity: [String(index)],
      }),
    );
    const keys = prompts.map((prompt) => made.vault.keyOf(prompt));
    for (const [index, prompt] of prompts.entries())
      made.vault.store(keys[index] ?? '', prompt, makeCompletion({ text: String(index) }), 0);
    await made.vault.close();
    const later = made.open();
    expect(prompts.map((prompt, index) => later.find(keys[index] ?? '', prompt).completion?.text)).toEqual(
      prompts.map((_, index) => String(index)),
    );
    expect(Object.keys(await readTree(made.dir))).toHaveLength(200);
  });

  test('leaves neither key of the account nor text of the prompt in any file', async () => {
    await using made = await makeVault();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    expect(Object.values(await readTree(made.dir)).map((text) => JSON.parse(text) as unknown)).toEqual([
      {
        format: 'prepsmith.vault/1',
        key: made.key,
        isUsable: true,
        generation: 0,
        request: {
          provider: 'openai',
          model: 'test-model',
          endpoint: 'http://one.test/v1',
          promptVersion: 'p1',
          job: 'acme',
          part: 'questions',
          turn: 'first',
          maxOutputTokens: 4000,
        },
        completion: REPLY,
      },
    ]);
  });
});

describe('a file of the vault', () => {
  const other = makePrompt({ identity: ['another request'] });

  test('whose last line was cut loses that reply alone, and takes more', async () => {
    await using made = await makeVault();
    const otherKey = made.vault.keyOf(other);
    made.vault.store(made.key, PROMPT, REPLY, 0);
    made.vault.store(otherKey, other, REPLY, 0);
    await truncate(made.file, (await readFile(made.file)).length - 20);
    const next = made.open();
    expect(next.find(made.key, PROMPT).completion).toEqual(REPLY);
    expect(next.find(otherKey, other)).toEqual(NOTHING);
    next.store(otherKey, other, REPLY, 0);
    await next.close();
    const last = made.open();
    for (const [key, prompt] of [
      [made.key, PROMPT],
      [otherKey, other],
    ] as const)
      expect(last.find(key, prompt).completion).toEqual(REPLY);
  });

  test.each([
    '',
    '{"format": "prepsmith.vault/0"}\n',
    'null\n[]\n\u0000\u0000\n',
    '{"format":"prepsmith.vault/1","discards":"x","generation":0}\n',
  ])('that holds %j is a miss and no error', async (text) => {
    await using made = await makeVault();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    await made.vault.close();
    await writeFile(made.file, text);
    const vault = made.open();
    expect(vault.find(made.key, PROMPT)).toEqual(NOTHING);
    vault.store(made.key, PROMPT, REPLY, 0);
    await vault.close();
    expect(made.open().find(made.key, PROMPT).completion).toEqual(REPLY);
  });

  test('may hold lines of a later version between those of ours', async () => {
    await using made = await makeVault();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    await appendFile(made.file, '{"format":"prepsmith.vault/2"}\n');
    expect(made.open().find(made.key, PROMPT).completion).toEqual(REPLY);
  });

  test('can be closed, and written to afterwards', async () => {
    await using made = await makeVault();
    await made.vault.close();
    await made.vault.close();
    made.vault.store(made.key, PROMPT, REPLY, 0);
    expect(made.open().find(made.key, PROMPT).completion).toEqual(REPLY);
  });
});

describe('a key', () => {
  const keyWith = (identity: Partial<VaultIdentity>, prompt = PROMPT) =>
    openVault('vault', { ...IDENTITY, ...identity }).keyOf(prompt);
  const usual = keyWith({});

  test('is a name that any file system takes', () => {
    expect(usual).toMatch(/^(?:ab){8}-[0-9a-f]{64}$/);
  });

  test.each<[string, Partial<VaultIdentity>]>([
    ['provider', { provider: 'other' }],
    ['model', { model: 'test-model-2' }],
    ['version of the prompts', { promptVersion: 'p2' }],
    ['parameter', { parameters: { reasoningEffort: 'high', seed: 1 } }],
    ['lack of a parameter', { parameters: {} }],
  ])('differs with another %s', (_, identity) => {
    expect(keyWith(identity)).not.toBe(usual);
  });

  test.each([
    ['ad', { adSha256: 'cd'.repeat(32) }],
    ['text', { identity: ['You write interview questions.', 'Something else'] }],
    ['division of the texts', { identity: [PROMPT.identity.join('')] }],
    ['schema', { schema: { type: 'object' } }],
    ['name of the schema', { schemaName: 'tasks' }],
  ])('differs with another %s', (_, changes) => {
    expect(keyWith({}, makePrompt(changes))).not.toBe(usual);
  });

  test('is the same whatever is to be avoided tonight, wherever it is sent, however much room there is', () => {
    const [system, user] = PROMPT.messages;
    const messages = [system, { ...user, content: `${user?.content}\n\nDo not ask:\n- x` }] as typeof PROMPT.messages;
    const same = [
      keyWith({}, makePrompt({ messages })),
      keyWith({}, makePrompt({ maxOutputTokens: 9 })),
      keyWith({}, makePrompt({ jobId: 'renamed', turn: 'again' })),
      keyWith({ endpoint: 'http://two.test/v1' }),
      keyWith({ parameters: { seed: 1, reasoningEffort: 'low' } }),
    ];
    expect(new Set([...same, usual]).size).toBe(1);
  });
});
