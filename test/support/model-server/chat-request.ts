/** The body of `POST /v1/chat/completions`, checked as OpenAI checks it. */
import { isObject, parseJson, type JsonObject } from './json.ts';
import { invalidRequest, reject } from './replies.ts';
import { findSchemaViolation } from './strict-schema.ts';

export const ROLES = ['developer', 'system', 'user', 'assistant'] as const;

export interface ChatMessage {
  role: (typeof ROLES)[number];
  content: string;
}

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  format: 'text' | 'json_object' | 'json_schema';
  /** The JSON schema of `response_format`, when there is one. */
  schema: JsonObject | undefined;
  /** `max_completion_tokens` or `max_tokens`, whichever was sent. */
  maxTokens: number | undefined;
  /** `Idempotency-Key`. */
  key: string | undefined;
  /** Everything as sent. */
  body: JsonObject;
}

/** Sent by nobody here, or of no effect on a server without a model; known, so not an error. */
const IGNORED = [
  'frequency_penalty',
  'logit_bias',
  'metadata',
  'presence_penalty',
  'prompt_cache_key',
  'prompt_cache_retention',
  'reasoning_effort',
  'safety_identifier',
  'seed',
  'service_tier',
  'stop',
  'store',
  'temperature',
  'top_p',
  'user',
  'verbosity',
];
const READ = ['model', 'messages', 'response_format', 'max_completion_tokens', 'max_tokens', 'n', 'stream'];
const KNOWN = new Set([...IGNORED, ...READ]);

/** @throws RejectedError with OpenAI's 400. */
export function readChatRequest(text: string, key: string | undefined): ChatRequest {
  const body = parseJson(text);
  if (!isObject(body)) {
    const message = 'We could not parse the JSON body of your request.';
    return reject(400, invalidRequest(message));
  }
  checkParameters(body);
  const messages = readMessages(body['messages']);
  return {
    model: readModel(body['model']),
    messages,
    ...readFormat(body['response_format'], messages),
    maxTokens: readMaxTokens(body),
    key,
    body,
  };
}

function checkParameters(body: JsonObject): void {
  const unknown = Object.keys(body).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) {
    reject(400, invalidRequest(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter'));
  }
  for (const [name, only] of [
    ['stream', false],
    ['n', 1],
  ] as const) {
    const value = body[name] ?? only;
    if (value === only) continue;
    const message = `Unsupported value: '${name}' does not support ${JSON.stringify(value)} with this model.`;
    reject(400, invalidRequest(message, name, 'unsupported_value'));
  }
  const temperature = body['temperature'] ?? 1;
  if (typeof temperature !== 'number' || temperature < 0 || temperature > 2) {
    reject(400, invalidRequest("Invalid 'temperature': expected a number from 0 to 2.", 'temperature'));
  }
}

function readModel(model: unknown): string {
  if (typeof model === 'string' && model !== '') return model;
  return reject(400, invalidRequest('you must provide a model parameter', 'model'));
}

function readMessages(messages: unknown): ChatMessage[] {
  if (messages === undefined) {
    const message = "Missing required parameter: 'messages'.";
    return reject(400, invalidRequest(message, 'messages', 'missing_required_parameter'));
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    const message = "Invalid 'messages': expected an array with at least 1 element.";
    return reject(400, invalidRequest(message, 'messages', 'invalid_type'));
  }
  return messages.map(readMessage);
}

function readMessage(message: unknown, index: number): ChatMessage {
  const { role, content } = isObject(message) ? message : {};
  const known = ROLES.find((name) => name === role);
  if (known === undefined) {
    const param = `messages[${index}].role`;
    const text = `Invalid value: ${JSON.stringify(role)}. Supported values are: ${ROLES.join(', ')}.`;
    return reject(400, invalidRequest(text, param, 'invalid_value'));
  }
  if (typeof content !== 'string') {
    const param = `messages[${index}].content`;
    return reject(400, invalidRequest(`Invalid type for '${param}': expected a string.`, param, 'invalid_type'));
  }
  return { role: known, content };
}

function readMaxTokens(body: JsonObject): number | undefined {
  const { max_completion_tokens: present, max_tokens: old } = body;
  if (present !== undefined && old !== undefined) {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    return reject(400, invalidRequest(message, 'max_tokens', 'invalid_parameter_combination'));
  }
  const value = present ?? old ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  const param = present === undefined ? 'max_tokens' : 'max_completion_tokens';
  const message = `Invalid '${param}': integer below minimum value. Expected a value >= 1.`;
  return reject(400, invalidRequest(message, param, 'integer_below_min_value'));
}

function readFormat(format: unknown, messages: readonly ChatMessage[]): Pick<ChatRequest, 'format' | 'schema'> {
  if (format === undefined || format === null) return { format: 'text', schema: undefined };
  const type = isObject(format) ? format['type'] : undefined;
  if (type === 'text') return { format: type, schema: undefined };
  if (type === 'json_object') return readJsonObjectFormat(messages);
  if (type === 'json_schema' && isObject(format)) {
    return { format: type, schema: readSchema(format['json_schema']) };
  }
  const message = "Invalid value for 'response_format.type'. Supported values: 'json_object', 'json_schema', 'text'.";
  return reject(400, invalidRequest(message, 'response_format', 'invalid_value'));
}

function readJsonObjectFormat(messages: readonly ChatMessage[]): Pick<ChatRequest, 'format' | 'schema'> {
  if (messages.some(({ content }) => /json/i.test(content))) return { format: 'json_object', schema: undefined };
  const message =
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
  return reject(400, invalidRequest(message, 'messages'));
}

function readSchema(description: unknown): JsonObject {
  const violation = findSchemaViolation(description);
  if (violation !== undefined) reject(400, invalidRequest(violation, 'response_format'));
  const schema = isObject(description) ? description['schema'] : undefined;
  return isObject(schema) ? schema : {};
}
