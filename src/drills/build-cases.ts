/** The cases of a primitive with what is expected of them, and the document that carries them. */
import { caseId } from './case-id.ts';
import { LANGUAGES } from './primitive-ids.ts';
import type { DrillCase, Primitive } from './primitive.ts';
import { encodeValue } from './wire-value.ts';

const CASES_FORMAT = 'prepsmith.drill-cases/1';

/** In the order of the contract: the plain first, the traps after. */
export function buildCases(primitive: Primitive): DrillCase[] {
  return primitive.cases().map((input) => ({
    uuid: caseId(primitive.id, input.name),
    ...input,
    expected: primitive.oracle(input.args),
  }));
}

/** The text of `cases.json`: one case a line, so that a change shows as a change of a line. */
export function casesDocument(primitive: Primitive): string {
  const { id, functionName, parameters, tolerance } = primitive;
  const head = {
    format: CASES_FORMAT,
    primitive: id,
    functions: Object.fromEntries(LANGUAGES.map((language) => [language, functionName[language]])),
    parameters,
    numbers: 'NaN, Infinity, -Infinity and -0 are written as strings of these names',
    tolerance: { ...tolerance, rule: '|expected - got| <= absolute + relative * |expected|' },
  };
  const lines = buildCases(primitive).map(
    ({ uuid, name, rule, args, expected }) =>
      `    ${JSON.stringify({ uuid, name, rule, args: encodeValue(args), expected: encodeValue(expected) })}`,
  );
  const opening = JSON.stringify(head, undefined, 2).replace(/\n\}$/, '');
  return `${opening},\n  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
