/** `jobs/<id>.yaml`: what a person knows better than the parser. */
import { z } from 'zod';
import { LEVELS } from '../bank/schema.ts';
import { PrepsmithError } from '../errors.ts';
import { checkLocated, parseLocatedYaml } from '../located-yaml.ts';
import { formatProblem } from '../problem.ts';

const overridesSchema = z.strictObject({
  title: z.string().trim().min(2).max(120).optional(),
  company: z.string().trim().min(1).max(120).optional(),
  level: z.enum(LEVELS).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'expected a two-letter code such as "en"')
    .optional(),
  counts: z
    .strictObject({
      questions: z.number().int().min(1).max(60).optional(),
      tasks: z.number().int().min(0).max(12).optional(),
      behavioural: z.number().int().min(0).max(20).optional(),
    })
    .optional(),
});
export type Overrides = z.infer<typeof overridesSchema>;

/** @throws PrepsmithError `job-overrides` naming file, line and field. */
export function parseOverrides(source: { file: string; text: string } | undefined): Overrides {
  if (source === undefined) return {};
  const parsed = parseLocatedYaml(source.text, source.file);
  const checked =
    'problems' in parsed
      ? parsed
      : parsed.doc.value === null
        ? { value: {} }
        : checkLocated(parsed.doc, overridesSchema);
  if ('value' in checked) return checked.value;
  const [first] = checked.problems;
  throw new PrepsmithError('job-overrides', {
    message: first ? formatProblem(first) : `${source.file}: not valid`,
    problems: checked.problems.slice(1),
    remedy: 'Correct the file or delete it; an example: {title: Data Engineer, level: mid, counts: {questions: 14}}.',
  });
}
