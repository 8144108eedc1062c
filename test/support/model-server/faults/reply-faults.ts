/** Replies that are no completion: errors of the API and of what stands before it. */
import { errorReply, invalidRequest, jsonReply, type RawReply } from '../replies.ts';
import type { FaultScene, ReplyFault } from './types.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const SIGN_IN_PAGE = '<!doctype html>\n<html><head><title>Sign in</title></head><body><form></form></body></html>\n';
const GATEWAY_PAGE =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';

function rateLimited({ request }: FaultScene, headers: Record<string, string>): RawReply {
  const message = `Rate limit reached for ${request.model} on requests per min (RPM).`;
  return errorReply(429, { message, type: 'requests', param: null, code: 'rate_limit_exceeded' }, headers);
}

function reply(shows: string, make: ReplyFault['reply']): ReplyFault {
  return { kind: 'reply', shows, reply: make };
}

function permanent(fault: ReplyFault): ReplyFault {
  return { ...fault, isPermanent: true };
}

export const REPLY_FAULTS = {
  'rate-limit-bare': reply('429 without a word on when to come back', (scene) => rateLimited(scene, {})),
  'rate-limit-seconds': reply('429 with Retry-After in seconds', (scene) =>
    rateLimited(scene, { 'retry-after': String(scene.settings.waitSeconds) }),
  ),
  'rate-limit-date': reply('429 with Retry-After as an HTTP date', (scene) => {
    // A date has whole seconds: rounded down it would ask for less than was meant.
    const at = Math.ceil(Date.now() / 1000 + scene.settings.waitSeconds) * 1000;
    return rateLimited(scene, { 'retry-after': new Date(at).toUTCString() });
  }),
  'rate-limit-ms': reply('429 with retry-after-ms', (scene) =>
    rateLimited(scene, { 'retry-after-ms': String(Math.round(scene.settings.waitSeconds * 1000)) }),
  ),
  'insufficient-quota': permanent(
    reply('429 that no waiting cures', () => {
      const message = 'You exceeded your current quota, please check your plan and billing details.';
      return errorReply(429, { message, type: 'insufficient_quota', param: null, code: 'insufficient_quota' });
    }),
  ),
  'server-error': reply('500', () => {
    const message = 'The server had an error while processing your request. Sorry about that!';
    return errorReply(500, { message, type: 'server_error', param: null, code: null });
  }),
  overloaded: reply('503 with Retry-After', ({ settings }) => {
    const message = 'The engine is currently overloaded, please try again later.';
    const error = { message, type: 'server_error', param: null, code: 'overloaded' };
    return errorReply(503, error, { 'retry-after': String(settings.waitSeconds) });
  }),
  unauthorized: permanent(
    reply('401', () =>
      errorReply(401, invalidRequest('Incorrect API key provided: test-****.', null, 'invalid_api_key')),
    ),
  ),
  'unsupported-response-format': {
    ...permanent(
      reply('400: the model knows no JSON schema', () => {
        const message = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.";
        return errorReply(400, invalidRequest(message, 'response_format'));
      }),
    ),
    applies: ({ format }) => format === 'json_schema',
  },
  'unsupported-max-completion-tokens': {
    ...permanent(
      reply('400: the model knows only max_tokens', () => {
        const param = 'max_completion_tokens';
        const message = `Unsupported parameter: '${param}' is not supported with this model. Use 'max_tokens' instead.`;
        return errorReply(400, invalidRequest(message, param, 'unsupported_parameter'));
      }),
    ),
    applies: ({ body }) => body['max_completion_tokens'] !== undefined,
  },
  'html-200': reply('a web page with status 200', () => ({ status: 200, headers: HTML, body: SIGN_IN_PAGE })),
  'html-502': reply('a web page with status 502', () => ({ status: 502, headers: HTML, body: GATEWAY_PAGE })),
  'empty-body': reply('200 with nothing in it', () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '',
  })),
  'not-a-completion': reply('200 with JSON of another kind', () => jsonReply(200, { status: 'ok', queue: 0 })),
} as const satisfies Record<string, ReplyFault>;
