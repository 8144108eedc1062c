/** Runs the code blocks of bank entries: Python, TypeScript, JavaScript, SQL and C++. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
export function runBlock(block: CodeBlock): BlockResult {
  const dir = mkdtempSync(path.join(tmpdir(), 'prepsmith-block-'));
  try {
    switch (block.language) {
      case 'python':
        return runPython(block, dir);
      case 'ts':
      case 'typescript':
      case 'js':
      case 'javascript':
        return runScript(block, dir);
      case 'sql':
        return run('python3', ['-c', SQL_RUNNER], dir, block.code);
      case 'cpp':
        return runCpp(block, dir);
      default:
        return { outcome: 'not-run', detail: block.language };
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
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

function runPython(block: CodeBlock, dir: string): BlockResult {
  const missing = block.needs.filter((name) => run('python3', ['-c', `import ${name}`], dir).outcome === 'failed');
  if (missing.length > 0) {
    const parsed = run('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], dir, block.code);
    return parsed.outcome === 'passed' ? { outcome: 'syntax-only', detail: `needs ${missing.join(', ')}` } : parsed;
  }
  writeFileSync(path.join(dir, 'block.py'), block.code);
  return run('python3', ['-I', 'block.py'], dir);
}

function runScript(block: CodeBlock, dir: string): BlockResult {
  if (block.needs.length > 0) return { outcome: 'not-run', detail: `needs ${block.needs.join(', ')}` };
  const file = path.join(dir, block.language.startsWith('t') ? 'block.mts' : 'block.mjs');
  writeFileSync(file, block.code);
  return run(process.execPath, ['--import', import.meta.resolve('tsx'), file], dir);
}

function runCpp(block: CodeBlock, dir: string): BlockResult {
  if (!/\bint main\s*\(/.test(block.code)) return { outcome: 'not-run', detail: 'no main' };
  if (spawnSync('g++', ['--version']).error) return { outcome: 'not-run', detail: 'no g++ on this machine' };
  writeFileSync(path.join(dir, 'block.cpp'), block.code);
  const built = run('g++', ['-std=c++17', '-Wall', '-O1', '-pthread', 'block.cpp', '-o', 'block'], dir);
  return built.outcome === 'passed' ? run(path.join(dir, 'block'), [], dir) : built;
}

function run(command: string, args: string[], cwd: string, input = ''): BlockResult {
  const done = spawnSync(command, args, { cwd, input, timeout: TIMEOUT_MS, encoding: 'utf8' });
  if (done.error) return { outcome: 'failed', detail: `${command}: ${done.error.message}` };
  if (done.status === 0) return { outcome: 'passed', detail: '' };
  return { outcome: 'failed', detail: (done.stderr || done.stdout || `exit ${done.status}`).trim().slice(-1500) };
}
