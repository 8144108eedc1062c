/** Compiles the Handlebars templates. Only our own files are ever compiled, never text of an ad or a model. */
import Handlebars from 'handlebars';
import { PrepsmithError } from '../errors.ts';
import { TEMPLATE_SUFFIX, type TemplateFile } from './files.ts';

export interface Templates {
  /** @throws PrepsmithError `template-broken` when a field that it names is missing. */
  render(name: string, view: object): string;
}

/** What a kind of template may use besides `each`, `if` and `unless`, and how its output is finished. */
export interface Dialect {
  /** Folder below `templates/`, for messages. */
  folder: string;
  /** Text → text: escapes for the place where it stands. */
  helpers: Readonly<Record<string, (text: string) => string>>;
  finish(output: string): string;
}

/** @throws PrepsmithError `template-broken` for a template that does not compile. */
export function compileTemplates(files: readonly TemplateFile[], dialect: Dialect): Templates {
  const engine = createEngine(dialect);
  const helperNames = ['each', 'if', 'unless', ...Object.keys(dialect.helpers)];
  const options = {
    strict: true,
    // Text is escaped by the helpers; HTML escapes would show as text in code blocks.
    noEscape: true,
    knownHelpers: Object.fromEntries(helperNames.map((name) => [name, true])),
    knownHelpersOnly: true,
  };
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of files) {
    try {
      const program = namingFields(engine.parse(file.text));
      // Compiling is lazy: this finds unknown helpers before the first render.
      engine.precompile(program, options);
      compiled.set(file.name, engine.compile(program, options));
    } catch (cause) {
      throw broken(dialect, file.name, cause);
    }
  }
  return {
    render(name, view) {
      const template = compiled.get(name);
      if (template === undefined) throw broken(dialect, name, new Error('there is no such file'));
      try {
        return dialect.finish(template(view));
      } catch (cause) {
        throw broken(dialect, name, cause);
      }
    },
  };
}

/** `strict` does not reach the arguments of helpers, so each of ours checks its own. */
function createEngine(dialect: Dialect): typeof Handlebars {
  const engine = Handlebars.create();
  const { each, if: when } = engine.helpers;
  if (each === undefined || when === undefined) throw new Error('handlebars without each and if');
  engine.registerHelper({
    each(this: unknown, value: unknown, options: Handlebars.HelperOptions): string {
      return each.call(this, present(value, options), options) as string;
    },
    if(this: unknown, value: unknown, options: Handlebars.HelperOptions): string {
      return when.call(this, present(value, options), options) as string;
    },
  });
  for (const [name, escape] of Object.entries(dialect.helpers)) {
    engine.registerHelper(name, (value: unknown, options: Handlebars.HelperOptions) => escape(textOf(value, options)));
  }
  return engine;
}

function present(value: unknown, options: Handlebars.HelperOptions): unknown {
  if (value === undefined) throw new Error(`expected the field "${String(options.hash['field'])}", found nothing`);
  return value;
}

function textOf(value: unknown, options: Handlebars.HelperOptions): string {
  const found = present(value, options);
  if (typeof found === 'string') return found;
  throw new Error(`expected text in the field "${String(options.hash['field'])}", found ${typeof found}`);
}

/** Tells every helper the name of the field that it is given, for its messages. */
function namingFields(program: hbs.AST.Program): hbs.AST.Program {
  nameFields(program.body);
  return program;
}

function nameFields(body: readonly hbs.AST.Statement[]): void {
  for (const statement of body) {
    if (statement.type === 'MustacheStatement') nameField(statement as hbs.AST.MustacheStatement);
    if (statement.type !== 'BlockStatement') continue;
    const block = statement as hbs.AST.BlockStatement & { inverse?: hbs.AST.Program };
    nameField(block);
    nameFields(block.program.body);
    nameFields(block.inverse?.body ?? []);
  }
}

function nameField(node: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): void {
  const [field] = node.params;
  if (field?.type !== 'PathExpression') return;
  const { original, loc } = field as hbs.AST.PathExpression;
  const value: hbs.AST.StringLiteral = { type: 'StringLiteral', value: original, original, loc };
  node.hash = { type: 'Hash', loc, pairs: [{ type: 'HashPair', key: 'field', value, loc }] };
}

function broken(dialect: Dialect, name: string, cause: unknown): PrepsmithError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PrepsmithError('template-broken', {
    message: `templates/${dialect.folder}/${name}${TEMPLATE_SUFFIX}: ${reason.replace(/\s*\n\s*/g, ' ')}`,
    remedy: 'Correct the template; the fields that it may use are those that the program gives it.',
    cause,
  });
}
