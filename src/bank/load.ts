/**
 * `bank/*` → `Bank`. A broken entry is left out and reported with its file and line; a broken
 * file or taxonomy stops everything, because no choice made without it can be trusted.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { checkLocated, parseLocatedYaml, type LocatedYaml } from '../located-yaml.ts';
import { describeValue, formatPath, type Problem } from '../problem.ts';
import {
  bankPromptSchema,
  bankQuestionSchema,
  bankTaskSchema,
  exampleSchema,
  skillSchema,
  type BankExample,
  type BankPrompt,
  type BankQuestion,
  type BankTask,
  type Skill,
} from './schema.ts';

export interface Bank {
  /** sha256 of all files, hex: two banks with one version choose the same. */
  version: string;
  skills: Skill[];
  questions: BankQuestion[];
  tasks: BankTask[];
  prompts: BankPrompt[];
  examples: BankExample[];
  /** Entries that were left out, and why. */
  defects: Problem[];
  /** Where each entry stands: id → `questions/web.yaml:12`. */
  places: Record<string, string>;
}

/** The text of one bank file; `name` is relative to the bank folder, with `/`. */
export interface BankFile {
  name: string;
  text: string;
}

/** Reads every YAML file of the bank, in an order that does not depend on the file system. */
export async function readBankFiles(bankDir: string): Promise<BankFile[]> {
  const names = ['skills.yaml', 'behavioural.yaml'];
  for (const folder of ['questions', 'tasks']) {
    const entries = await readdir(path.join(bankDir, folder));
    names.push(...entries.filter((entry) => entry.endsWith('.yaml')).map((entry) => `${folder}/${entry}`));
  }
  names.sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(bankDir, name), 'utf8') })));
}

/** sha256 over names and texts, hex. */
export function bankVersion(files: readonly BankFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.name}\0${file.text}\0`);
  return hash.digest('hex');
}

/** @returns the bank, or the problems of files that cannot be read at all. */
export function parseBank(files: readonly BankFile[], bankDir: string): { bank: Bank } | { problems: Problem[] } {
  const reader = new BankReader(bankDir);
  for (const file of files) reader.read(file);
  if (reader.fatal.length > 0) return { problems: reader.fatal };
  return { bank: { version: bankVersion(files), ...reader.finish() } };
}

const behaviouralFileSchema = z.strictObject({ prompts: z.array(z.unknown()), examples: z.array(z.unknown()) });

class BankReader {
  readonly fatal: Problem[] = [];
  private readonly defects: Problem[] = [];
  private readonly places: Record<string, string> = {};
  private readonly skills: Skill[] = [];
  private readonly questions: BankQuestion[] = [];
  private readonly tasks: BankTask[] = [];
  private readonly prompts: BankPrompt[] = [];
  private readonly examples: BankExample[] = [];
  private readonly bankDir: string;

  constructor(bankDir: string) {
    this.bankDir = bankDir;
  }

  read(file: BankFile): void {
    const parsed = parseLocatedYaml(file.text, path.posix.join(this.bankDir.replaceAll('\\', '/'), file.name));
    if ('problems' in parsed) {
      this.fatal.push(...parsed.problems);
      return;
    }
    const { doc } = parsed;
    if (file.name === 'skills.yaml') this.readSkills(doc);
    else if (file.name === 'behavioural.yaml') this.readBehavioural(doc);
    else if (file.name.startsWith('questions/')) this.readList(doc, doc.value, [], bankQuestionSchema, this.questions);
    else this.readList(doc, doc.value, [], bankTaskSchema, this.tasks);
  }

  finish() {
    const { skills, questions, tasks, prompts, examples, defects, places } = this;
    return { skills, questions, tasks, prompts, examples, defects: [...defects, ...this.crossChecks()], places };
  }

  /** The taxonomy is all or nothing: a hole in it would change what every ad asks for. */
  private readSkills(doc: LocatedYaml): void {
    const result = checkLocated(doc, z.array(skillSchema));
    if ('problems' in result) this.fatal.push(...result.problems);
    else {
      this.skills.push(...result.value);
      this.fatal.push(...danglingSkills(doc, result.value));
    }
  }

  private readBehavioural(doc: LocatedYaml): void {
    const result = checkLocated(doc, behaviouralFileSchema);
    if ('problems' in result) {
      this.fatal.push(...result.problems);
      return;
    }
    this.readList(doc, result.value.prompts, ['prompts'], bankPromptSchema, this.prompts);
    this.readList(doc, result.value.examples, ['examples'], exampleSchema, this.examples);
  }

  private readList<T extends z.ZodType<{ id: string }>>(
    doc: LocatedYaml,
    list: unknown,
    base: readonly PropertyKey[],
    schema: T,
    into: z.infer<T>[],
  ): void {
    if (!Array.isArray(list)) {
      const message = `expected a list of entries, found ${describeValue(list)}`;
      this.fatal.push({ file: doc.file, ...doc.locate(base), path: '', message });
      return;
    }
    for (const [index, entry] of list.entries()) {
      const at = [...base, index];
      const result = checkLocated(doc, schema, entry, at);
      if ('problems' in result) {
        this.defects.push(...result.problems);
        continue;
      }
      const { line } = doc.locate(at);
      const known = Object.hasOwn(this.places, result.value.id) ? this.places[result.value.id] : undefined;
      if (known !== undefined) {
        const message = `expected an id of its own, found "${result.value.id}", which stands in ${known} already`;
        this.defects.push({ file: doc.file, line, path: formatPath([...at, 'id']), message });
        continue;
      }
      this.places[result.value.id] = `${doc.file}:${line}`;
      into.push(result.value);
    }
  }

  /** References between files: entries that point at unknown skills or examples are left out. */
  private crossChecks(): Problem[] {
    const skillIds = new Set(this.skills.map((skill) => skill.id));
    const exampleIds = new Set(this.examples.map((example) => example.id));
    const problems: Problem[] = [];
    const check = (list: { id: string; skills: string[]; example?: string | undefined }[]) => {
      for (let index = list.length - 1; index >= 0; index -= 1) {
        const entry = list[index];
        if (entry === undefined) continue;
        const unknown = entry.skills.find((skill) => !skillIds.has(skill));
        const message =
          unknown !== undefined
            ? `expected skills of skills.yaml, found "${unknown}"`
            : entry.example !== undefined && !exampleIds.has(entry.example)
              ? `expected the id of an example, found "${entry.example}"`
              : undefined;
        if (message === undefined) continue;
        const [file, line] = splitPlace(this.places[entry.id] ?? '');
        problems.unshift({ file, line, path: `${entry.id}.${unknown !== undefined ? 'skills' : 'example'}`, message });
        list.splice(index, 1);
      }
    };
    check(this.questions);
    check(this.tasks);
    check(this.prompts);
    return problems;
  }
}

function splitPlace(place: string): [file: string, line: number] {
  const colon = place.lastIndexOf(':');
  return [place.slice(0, colon), Number(place.slice(colon + 1))];
}

function danglingSkills(doc: LocatedYaml, skills: readonly Skill[]): Problem[] {
  const ids = new Set<string>();
  const problems: Problem[] = [];
  const report = (index: number, field: string, message: string) =>
    problems.push({ file: doc.file, ...doc.locate([index, field]), path: `[${index}].${field}`, message });
  for (const [index, skill] of skills.entries()) {
    if (ids.has(skill.id)) report(index, 'id', `expected an id of its own, found "${skill.id}" a second time`);
    ids.add(skill.id);
  }
  for (const [index, skill] of skills.entries()) {
    if (skill.parent !== undefined && !ids.has(skill.parent)) {
      report(index, 'parent', `expected the id of a skill, found "${skill.parent}"`);
    }
    for (const stranger of skill.related.filter((id) => !ids.has(id)))
      report(index, 'related', `expected ids of skills, found "${stranger}"`);
  }
  const parents = new Map(skills.map((skill) => [skill.id, skill.parent]));
  const isOwnAncestor = (id: string): boolean => {
    const passed = new Set<string>();
    let at = parents.get(id);
    for (; at !== undefined && at !== id && !passed.has(at); at = parents.get(at)) passed.add(at);
    return at === id;
  };
  // One round is told once, at its first member.
  const round = skills.findIndex((skill) => isOwnAncestor(skill.id));
  if (round !== -1) report(round, 'parent', `expected a parent that is no part of this skill, found "${skills[round]?.parent ?? ''}"`);
  return problems;
}
