/** Runs the code blocks of bank entries: Python, TypeScript, JavaScript, SQL and C++. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface CodeBlock {
  language: string;
  /** Libraries beyond the standard one, from `needs=numpy,torch`. */
  needs: string[];
  code: string;
}

export interface BlockResult {
  outcome: 'passed' | 'failed' | 'syntax-only' | 'not-run';
  detail: string;
}

const TIMEOUT_MS = 60_000;

/** Fenced blocks of a Markdown text, in order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of markdown.matchAll(/^( *)```([^\n`]*)\n([\s\S]*?)^\1```[ \t]*$/gm)) {
    const [language = '', ...rest] = (match[2] ?? '').trim().split(/\s+/);
    const needs = rest.find((word) => word.startsWith('needs='))?.slice('needs='.length).split(',') ?? [];
    const indent = match[1] ?? '';
    const code = (match[3] ?? '').split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
    blocks.push({ language, needs, code });
  }
  return blocks;
}

/** Runs one block to its end; `failed` carries what the program said. */
export async function runBlock(block: CodeBlock): Promise<BlockResult> {
  const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-block-'));
  try {
    if (['python', 'sql'].includes(block.language) && !(await isInstalled('python3', dir))) return { outcome: 'not-run', detail: 'no python3 on this machine' };
    if (block.language === 'cpp' && !(await isInstalled('g++', dir))) return { outcome: 'not-run', detail: 'no g++ on this machine' };
    switch (block.language) {
      case 'python':
        return await runPython(block, dir);
      case 'ts':
      case 'typescript':
      case 'js':
      case 'javascript':
        return await runScript(block, dir);
      case 'sql':
        return await run('python3', ['-c', SQL_RUNNER], dir, block.code);
      case 'cpp':
        return await runCpp(block, dir);
      default:
        return { outcome: 'not-run', detail: block.language };
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const SQL_RUNNER = `
import sqlite3, sys
con = sqlite3.connect(":memory:")
statement, rows = "", None
for line in sys.stdin.read().splitlines(keepends=True):
    statement += line
    if sqlite3.complete_statement(statement):
        cursor = con.execute(statement)
        rows = cursor.fetchall() if cursor.description else rows
        statement = ""
assert not statement.strip(), "unfinished statement: " + statement
assert rows, "the last query returned no rows"
`;

const missingLibraries = new Map<string, Promise<boolean>>();

function isMissing(name: string, dir: string): Promise<boolean> {
  const known = missingLibraries.get(name) ?? run('python3', ['-c', `import ${name}`], dir).then((result) => result.outcome === 'failed');
  missingLibraries.set(name, known);
  return known;
}

async function runPython(block: CodeBlock, dir: string): Promise<BlockResult> {
  const missing: string[] = [];
  for (const name of block.needs) if (await isMissing(name, dir)) missing.push(name);
  if (missing.length > 0) {
    const parsed = await run('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], dir, block.code);
    return parsed.outcome === 'passed' ? { outcome: 'syntax-only', detail: `needs ${missing.join(', ')}` } : parsed;
  }
  await writeFile(path.join(dir, 'block.py'), block.code);
  return run('python3', ['-I', 'block.py'], dir);
}

async function runScript(block: CodeBlock, dir: string): Promise<BlockResult> {
  if (block.needs.length > 0) return { outcome: 'not-run', detail: `needs ${block.needs.join(', ')}` };
  const isTypeScript = block.language.startsWith('t');
  const file = path.join(dir, isTypeScript ? 'block.mts' : 'block.mjs');
  await writeFile(file, block.code);
  return run(process.execPath, [...(isTypeScript ? ['--import', import.meta.resolve('tsx')] : []), file], dir);
}

const installed = new Map<string, Promise<boolean>>();

function isInstalled(program: string, dir: string): Promise<boolean> {
  const known = installed.get(program) ?? run(program, ['--version'], dir).then((result) => result.outcome === 'passed');
  installed.set(program, known);
  return known;
}

async function runCpp(block: CodeBlock, dir: string): Promise<BlockResult> {
  if (!/\bint main\s*\(/.test(block.code)) return { outcome: 'not-run', detail: 'no main' };
  await writeFile(path.join(dir, 'block.cpp'), block.code);
  const built = await run('g++', ['-std=c++17', '-Wall', '-O1', '-pthread', 'block.cpp', '-o', 'block'], dir);
  return built.outcome === 'passed' ? run(path.join(dir, 'block'), [], dir) : built;
}

function run(command: string, args: string[], cwd: string, input = ''): Promise<BlockResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, timeout: TIMEOUT_MS, stdio: 'pipe' });
    let said = '';
    const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1500));
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => resolve({ outcome: 'failed', detail: `${command}: ${error.message}` }));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? { outcome: 'passed', detail: '' } : { outcome: 'failed', detail: said.trim() || `ended by ${signal ?? String(code)}` }),
    );
    child.stdin.end(input);
  });
}
