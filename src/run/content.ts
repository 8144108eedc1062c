/**
 * Bank, taxonomy and templates of a run: hashed at once, because that decides what is stale;
 * parsed only when a pack has to be made.
 */
import { bankVersion, readBankFiles, type Bank, type BankFile } from '../bank/load.ts';
import {
  compileTemplates,
  readTemplateFiles,
  templatesVersion,
  type TemplateFile,
  type Templates,
} from '../render/templates.ts';
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
  /** @throws PrepsmithError `bank-broken`. */
  knowledge(): Promise<Knowledge>;
  /** @throws PrepsmithError `template-broken`. */
  templates(): Templates;
}

export async function openContent(project: Project): Promise<Content> {
  const [bankFiles, templateFiles] = await Promise.all([
    readBankFiles(project.bankDir),
    readTemplateFiles(project.templatesDir),
  ]);
  return contentOf(project, bankFiles, templateFiles);
}

function contentOf(project: Project, bankFiles: readonly BankFile[], templateFiles: readonly TemplateFile[]): Content {
  let knowledge: Promise<Knowledge> | undefined;
  let templates: Templates | undefined;
  return {
    bankVersion: bankVersion(bankFiles),
    templatesVersion: templatesVersion(templateFiles),
    knowledge: () => (knowledge ??= loadKnowledge(project, bankFiles)),
    templates: () => (templates ??= compileTemplates(templateFiles)),
  };
}

async function loadKnowledge(project: Project, bankFiles: readonly BankFile[]): Promise<Knowledge> {
  const caches = [project.compiledBankFile, path.join(stateDir(project), 'cache', 'bank.json')];
  const bank = await loadCompiledBank(bankFiles, shownPath(project, project.bankDir), caches, project.buildId);
  return { bank, taxonomy: buildTaxonomy(bank.skills), matchSkills: buildSkillMatcher(bank.skills) };
}
