/**
 * Bank, taxonomy and templates of a run: hashed at once, because that decides what is stale;
 * parsed only when a pack has to be made.
 */
import { bankVersion, readBankFiles, type Bank, type BankFile } from '../bank/load.ts';
import { PrepsmithError } from '../errors.ts';
import type { DrillShelf } from '../drills/shelf.ts';
import { readDrillTexts, type DrillTexts } from '../drills/texts.ts';
import { readTemplateFiles, templatesVersion, type TemplateFile } from '../templates/files.ts';
import type { Templates } from '../templates/compile.ts';
import { buildSkillMatcher, type SkillMatcher } from '../skills/match.ts';
import { buildTaxonomy, type Taxonomy } from '../skills/taxonomy.ts';
import { loadCompiledBank } from './compiled-bank.ts';
import path from 'node:path';
import { shownPath, stateDir, type Project } from './project.ts';

export interface Knowledge {
  bank: Bank;
  taxonomy: Taxonomy;
  matchSkills: SkillMatcher;
}

export interface Content {
  bankVersion: string;
  templatesVersion: string;
  promptVersion: string;
  promptFiles: readonly TemplateFile[];
  /** @throws PrepsmithError `bank-broken`. */
  knowledge(): Promise<Knowledge>;
  /** @throws PrepsmithError `template-broken`. */
  templates(): Promise<Templates>;
  drills(): Promise<DrillShelf>;
}

/** @throws PrepsmithError `bank-broken` or `template-broken` when the files are not there. */
export async function openContent(project: Project): Promise<Content> {
  const [bankFiles, templateFiles, promptFiles, drillTexts] = await Promise.all([
    readBankFiles(project.bankDir).catch((cause: unknown) => notInstalled('bank-broken', project.bankDir, cause)),
    templatesIn(project, 'pack'),
    templatesIn(project, 'prompts'),
    readDrillTexts(project.templatesDir),
  ]);
  return contentOf(project, bankFiles, templateFiles, promptFiles, drillTexts);
}

function templatesIn({ templatesDir }: Project, folder: string): Promise<TemplateFile[]> {
  return readTemplateFiles(templatesDir, folder).catch((cause: unknown) =>
    notInstalled('template-broken', templatesDir, cause),
  );
}

function notInstalled(code: 'bank-broken' | 'template-broken', dir: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new PrepsmithError(code, {
    message: `${dir}: cannot be read: ${reason}`,
    remedy: 'Restore the folder from the repository.',
    cause,
  });
}

function contentOf(
  project: Project,
  bankFiles: readonly BankFile[],
  templateFiles: readonly TemplateFile[],
  promptFiles: readonly TemplateFile[],
  drillTexts: DrillTexts,
): Content {
  let knowledge: Promise<Knowledge> | undefined;
  let templates: Promise<Templates> | undefined;
  let drills: Promise<DrillShelf> | undefined;
  return {
    bankVersion: bankVersion(bankFiles),
    templatesVersion: templatesVersion([...templateFiles, { name: 'drills', text: JSON.stringify(drillTexts) }]),
    promptVersion: templatesVersion(promptFiles),
    promptFiles,
    knowledge: () => (knowledge ??= loadKnowledge(project, bankFiles)),
    // Loaded here, because a run with nothing to do needs no template engine.
    templates: () =>
      (templates ??= import('../render/pack-templates.ts').then(({ compilePackTemplates }) =>
        compilePackTemplates(templateFiles),
      )),
    drills: () => (drills ??= import('../drills/shelf.ts').then(({ openShelf }) => openShelf(drillTexts))),
  };
}

async function loadKnowledge(project: Project, bankFiles: readonly BankFile[]): Promise<Knowledge> {
  const caches = [project.compiledBankFile, path.join(stateDir(project), 'cache', 'bank.json')];
  const bank = await loadCompiledBank(bankFiles, shownPath(project, project.bankDir), caches, project.buildId);
  return { bank, taxonomy: buildTaxonomy(bank.skills), matchSkills: buildSkillMatcher(bank.skills) };
}
