/** Two packs of fifteen files that share some paths and differ in others. */
export const LOOP_JOB = 'acme';

const SHARED = ['README.md', 'questions.md', 'answers.md', 'behavioural.md', 'coverage.md', 'pack.yaml'];

/** Version A for even turns, version B for odd ones. */
export function versionOf(turn: number): { path: string; text: string }[] {
  const name = turn % 2 === 0 ? 'a' : 'b';
  const tasks = Array.from({ length: 15 - SHARED.length }, (_, index) => `tasks/task-${name}-${index}/README.md`);
  return [...SHARED, ...tasks].map((path) => ({ path, text: `${name} ${path}\n`.repeat(200) }));
}
