/** `drill --bench`: how good the reader's version is; table, results.json, chart, and the runs before. */
import { benchChart } from '../drills/bench/chart.ts';
import { benchRows, benchRun, benchVerdict } from '../drills/bench/bench-report.ts';
import { kernelRungs } from '../drills/bench/kernel-rungs.ts';
import { runBench } from '../drills/bench/run-bench.ts';
import { BenchFailure } from '../drills/bench/stopwatch.ts';
import type { BenchResult } from '../drills/bench/types.ts';
import { readProgress, writeProgress, writeWorkbookFile, type BenchRun } from '../drills/workbook.ts';
import { EXIT_CODES } from '../errors.ts';
import { shownPath } from '../run/project.ts';
import { solutionHash, type DrillTarget } from './drill-judge.ts';
import { printJson, type CommonFlags, type Environment } from './environment.ts';
import { formatTable } from './table.ts';

const SEED = 20_260_101;

export async function benchDrill(environment: Environment, target: DrillTarget, flags: CommonFlags): Promise<number> {
  const solution = await solutionHash(target);
  const result = await measure(environment, target);
  if (environment.signal.aborted) return EXIT_CODES.interrupted;
  if (result === undefined) return EXIT_CODES.findings;
  const { earlier, files } = await keep(target, result, solution);
  if (flags.json === true) printJson(environment, { version: 1, ...result, earlier });
  else show(environment, target, result, earlier, files);
  return EXIT_CODES.done;
}

/** `undefined` when it came to nothing, which is said. */
async function measure(environment: Environment, target: DrillTarget): Promise<BenchResult | undefined> {
  const { judge, project, primitive, language, workbook } = target;
  environment.stderr(
    `All cases pass. Measuring ${primitive.id} in ${language}: a minute or so; leave the machine alone.\n`,
  );
  const { templatesDir } = project;
  const extraRungs = kernelRungs(judge, templatesDir, primitive.id);
  const setup = { host: judge, templatesDir, primitive, language, solution: workbook.solution, extraRungs };
  try {
    return await runBench(setup, SEED, {
      measured: (size, aa) => environment.stderr(`${size} ${primitive.bench.unit}: A/A ${aa.median.toFixed(3)}\n`),
    });
  } catch (error) {
    if (!(error instanceof BenchFailure)) throw error;
    environment.stderr(`No verdict: ${error.message}.\n`);
    return undefined;
  }
}

/** In the reader's folder: the numbers, the chart, and a line for the next run to compare with. */
async function keep(
  { primitive, language, packDir }: DrillTarget,
  result: BenchResult,
  solution: string,
): Promise<{ earlier: BenchRun[]; files: string[] }> {
  const write = (name: string, text: string): Promise<string> =>
    writeWorkbookFile(packDir, primitive.id, `bench-${language}/${name}`, text);
  const files = [
    await write('results.json', `${JSON.stringify(result, undefined, 2)}\n`),
    await write('chart.svg', benchChart(result, `${primitive.title}, ${language}`)),
  ];
  const progress = await readProgress(packDir, primitive.id);
  const earlier = progress[language].bench;
  const run = benchRun(result, solution);
  if (run !== undefined) {
    const kept = { ...progress[language], bench: [...earlier, run] };
    await writeProgress(packDir, primitive.id, { ...progress, [language]: kept });
  }
  return { earlier, files };
}

function show(
  environment: Environment,
  { project }: DrillTarget,
  result: BenchResult,
  earlier: readonly BenchRun[],
  files: readonly string[],
): void {
  const { columns, rows } = benchRows(result);
  const titles = columns.map((title, index) => ({ title, isNumber: index > 0 }));
  environment.stdout(formatTable(titles, rows));
  environment.stdout(`\n${benchVerdict(result, earlier).join('\n')}\n\n`);
  for (const file of files) environment.stdout(`${shownPath(project, file)}\n`);
}
