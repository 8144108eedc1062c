/** `Pack` → every generated file of its folder but `pack.yaml`. Pure. */
import type { DrillShelf } from '../drills/shelf.ts';
import type { Pack } from '../pack/schema.ts';
import { packView } from './pack-view.ts';
import type { Templates } from '../templates/compile.ts';
import type { RenderedFile } from './types.ts';

const FILES = ['README.md', 'questions.md', 'answers.md', 'behavioural.md', 'coverage.md'] as const;

/** Where the brief of a task stands inside the folder of its pack. */
export function taskFile(taskId: string): string {
  return `tasks/${taskId}/README.md`;
}

export function renderPack(pack: Pack, templates: Templates, drills: Pick<DrillShelf, 'filesOf'>): RenderedFile[] {
  const view = packView(pack);
  const files: RenderedFile[] = FILES.map((path) => ({ path, text: templates.render(path, view) }));
  for (const task of view.tasks)
    files.push({ path: task.href, text: templates.render('task.md', { task, title: view.title }) });
  return [...files, ...pack.drills.flatMap((drill) => drills.filesOf(drill))];
}
