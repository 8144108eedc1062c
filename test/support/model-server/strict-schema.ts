/**
 * What OpenAI accepts as `json_schema` of a `response_format`. Keywords are an allow-list, as in
 * the documentation: a keyword that only some models take is refused here.
 */
import { isObject, type JsonObject } from './json.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_NESTING = 10;
const MAX_PROPERTIES = 5000;
const MAX_ENUM_VALUES = 1000;
const MAX_NAME_CHARS = 120_000;

const KEYWORDS = words(`
  $schema $defs definitions $ref title description type enum const anyOf
  properties required additionalProperties items minItems maxItems
  pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum
`);
const TYPES = words('string number integer boolean object array null');
const FORMATS = words('date-time time date duration email hostname ipv4 ipv6 uuid');

function words(list: string): ReadonlySet<unknown> {
  return new Set(list.trim().split(/\s+/));
}

interface Totals {
  properties: number;
  enumValues: number;
  nameChars: number;
}

interface Place {
  root: JsonObject;
  path: readonly string[];
  /** Objects that hold this one, itself included. */
  nesting: number;
  totals: Totals;
}

/** @param description the `json_schema` object: name, strict, schema. @returns the message of the 400. */
export function findSchemaViolation(description: unknown): string | undefined {
  if (!isObject(description)) return "Missing required parameter: 'response_format.json_schema'.";
  const { name, strict, schema } = description;
  if (typeof name !== 'string' || !NAME.test(name)) {
    return `Invalid 'response_format.json_schema.name': expected a string that matches '${NAME.source}'.`;
  }
  if (!isObject(schema)) return "Missing required parameter: 'response_format.json_schema.schema'.";
  if (strict !== true) return undefined;
  const violation = violationOfRoot(schema);
  return violation === undefined ? undefined : `Invalid schema for response_format '${name}': ${violation}`;
}

function violationOfRoot(root: JsonObject): string | undefined {
  if (root['anyOf'] !== undefined) return "In context=(), 'anyOf' is not permitted at the root.";
  if (root['type'] !== 'object') {
    return `schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(root['type'] ?? null)}'.`;
  }
  const totals = { properties: 0, enumValues: 0, nameChars: 0 };
  return violationAt(root, { root, path: [], nesting: 0, totals }) ?? violationOfTotals(totals);
}

function violationOfTotals({ properties, enumValues, nameChars }: Totals): string | undefined {
  if (properties > MAX_PROPERTIES) return `${properties} properties exceed the limit of ${MAX_PROPERTIES}.`;
  if (enumValues > MAX_ENUM_VALUES) return `${enumValues} enum values exceed the limit of ${MAX_ENUM_VALUES}.`;
  if (nameChars > MAX_NAME_CHARS) return `names of ${nameChars} characters exceed the limit of ${MAX_NAME_CHARS}.`;
  return undefined;
}

function violationAt(schema: unknown, place: Place): string | undefined {
  const context = `In context=(${place.path.map((part) => `'${part}'`).join(', ')}), `;
  if (!isObject(schema)) return `${context}schema must be an object.`;
  const nesting = isObjectSchema(schema) ? place.nesting + 1 : place.nesting;
  if (nesting > MAX_NESTING) return `${context}${nesting} levels of nesting exceed the limit of ${MAX_NESTING}.`;
  countNode(schema, place.totals);
  const own = violationOfNode(schema, place.root);
  if (own !== undefined) return context + own;
  for (const [path, child] of childrenOf(schema)) {
    const violation = violationAt(child, { ...place, path: [...place.path, ...path], nesting });
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function isObjectSchema({ type, properties }: JsonObject): boolean {
  return properties !== undefined || [type].flat().includes('object');
}

function countNode({ properties, enum: values, $defs }: JsonObject, totals: Totals): void {
  const names = [...Object.keys(properties ?? {}), ...Object.keys($defs ?? {})];
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
  totals.properties += Object.keys(properties ?? {}).length;
  totals.enumValues += Array.isArray(values) ? values.length : 0;
  totals.nameChars += [...names, ...texts].reduce((sum, text) => sum + text.length, 0);
}

function violationOfNode(schema: JsonObject, root: JsonObject): string | undefined {
  const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
  if (unknown !== undefined) return `'${unknown}' is not permitted.`;
  const { format, $ref } = schema;
  if (format !== undefined && !FORMATS.has(format)) return `${JSON.stringify(format)} is not a valid format.`;
  if ($ref !== undefined)
    return isDefined($ref, root) ? undefined : `reference ${JSON.stringify($ref)} cannot be resolved.`;
  return violationOfType(schema) ?? (isObjectSchema(schema) ? violationOfObject(schema) : undefined);
}

function isDefined(ref: unknown, root: JsonObject): boolean {
  return ref === '#' || (typeof ref === 'string' && resolveRef(ref, root) !== undefined);
}

/** Only definitions at the root can be pointed at. */
export function resolveRef(ref: string, root: JsonObject): JsonObject | undefined {
  if (ref === '#') return root;
  const [, keyword, name] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(ref) ?? [];
  const definitions = keyword === undefined ? undefined : root[keyword];
  const found = isObject(definitions) && name !== undefined ? definitions[name] : undefined;
  return isObject(found) ? found : undefined;
}

function violationOfType({ type, enum: values, anyOf, items }: JsonObject): string | undefined {
  if (anyOf !== undefined) {
    return Array.isArray(anyOf) && anyOf.length > 0 ? undefined : "'anyOf' must be a list of at least one schema.";
  }
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) return "'enum' must not be empty.";
  if (type === undefined) return "schema must have a 'type' key.";
  const types: unknown[] = [type].flat();
  const unknown = types.find((name) => !TYPES.has(name));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not a valid type.`;
  return types.includes('array') && !isObject(items) ? 'array schema missing items.' : undefined;
}

function violationOfObject(schema: JsonObject): string | undefined {
  if (schema['additionalProperties'] !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  const names = Object.keys(schema['properties'] ?? {});
  const required = schema['required'];
  const supplied = new Set<unknown>(Array.isArray(required) ? required : []);
  const missing = names.find((name) => !supplied.has(name));
  if (missing !== undefined || !Array.isArray(required)) {
    const rule = "'required' is required to be supplied and to be an array including every key in properties.";
    return missing === undefined ? rule : `${rule} Missing '${missing}'.`;
  }
  names.forEach((name) => supplied.delete(name));
  const [extra] = supplied;
  return extra === undefined ? undefined : `Extra required key ${JSON.stringify(extra)} supplied.`;
}

function childrenOf({ properties, items, anyOf, ...rest }: JsonObject): [string[], unknown][] {
  const groups = { properties, $defs: rest['$defs'], definitions: rest['definitions'] };
  const named = Object.entries(groups).flatMap(([keyword, group]) =>
    Object.entries(group ?? {}).map(([name, child]): [string[], unknown] => [[keyword, name], child]),
  );
  const options: unknown[] = Array.isArray(anyOf) ? anyOf : [];
  return [
    ...named,
    ...(items === undefined ? [] : [[['items'], items] as [string[], unknown]]),
    ...options.map((option, index): [string[], unknown] => [['anyOf', String(index)], option]),
  ];
}
