/** Connections that break before, in or after the headers. */
import type { ServerResponse } from 'node:http';
import type { RawReply } from '../replies.ts';
import type { ConnectionFault, FaultSettings } from './types.ts';

/** A reset overtakes what was sent just before it, so the first half gets a head start. */
const HEAD_START_MS = 20;

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function writeHead(response: ServerResponse, { status, headers, body }: RawReply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
}

/** Promises the whole length, sends a share of it. */
function writeShare(response: ServerResponse, reply: RawReply, { share }: FaultSettings, then: () => void): void {
  writeHead(response, reply);
  const bytes = Buffer.from(reply.body);
  const end = Math.min(bytes.length - 1, Math.max(1, Math.floor(bytes.length * share)));
  response.write(bytes.subarray(0, end), () => setTimeout(then, HEAD_START_MS));
}

export const CONNECTION_FAULTS = {
  'reset-before-headers': {
    kind: 'connection',
    shows: 'a reset connection; the model never saw the request',
    isCharged: false,
    break: reset,
  },
  'reset-after-charge': {
    kind: 'connection',
    shows: 'a reset connection; the model had answered and was paid for',
    isCharged: true,
    break: reset,
  },
  'reset-mid-body': {
    kind: 'connection',
    shows: 'a reset in the middle of the body',
    isCharged: true,
    break: (response, reply, settings) => writeShare(response, reply, settings, () => reset(response)),
  },
  'cut-body': {
    kind: 'connection',
    shows: 'fewer bytes than Content-Length says, then an orderly close',
    isCharged: true,
    break: (response, reply, settings) => writeShare(response, reply, settings, () => response.socket?.end()),
  },
  'stall-silent': {
    kind: 'connection',
    shows: 'nothing at all until the client leaves',
    isCharged: false,
    break: () => undefined,
  },
  'stall-after-headers': {
    kind: 'connection',
    shows: 'headers, then nothing until the client leaves',
    isCharged: true,
    break: (response, reply) => {
      writeHead(response, reply);
      response.flushHeaders();
    },
  },
} as const satisfies Record<string, ConnectionFault>;
