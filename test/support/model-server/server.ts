/** A server that speaks OpenAI's chat-completions protocol: a model to test, measure and demonstrate with. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bookkeeping, type Charge, type RequestRecord, type Summary } from './bookkeeping.ts';
import { parseJson } from './json.ts';
import { Model, type Answer, type ModelOptions } from './model.ts';
import { errorReply, invalidRequest, jsonReply, RejectedError, type RawReply } from './replies.ts';

export interface ModelServerOptions extends ModelOptions {
  /** @default any that is free */
  port?: number | undefined;
}

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:12345`, without `/v1`. */
  url: string;
  /** `url` and `/v1`, as clients want it. */
  baseUrl: string;
  requests: readonly RequestRecord[];
  charged: readonly Charge[];
  summary(): Summary;
  /** Ends every connection, also those that stall. */
  close(): Promise<void>;
}

const COMPLETIONS = '/v1/chat/completions';
/** Thousands of clients may knock in the same millisecond. */
const BACKLOG = 8192;
/** Longer than any pause of a client: an idle connection closed in its face would look like a fault. */
const KEEP_ALIVE_MS = 120_000;

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const books = new Bookkeeping();
  const model = new Model(options, books);
  const clock = options.clock ?? Date.now;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) =>
    handle({ books, model, clock }, request, response),
  );
  server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: BACKLOG });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url,
    baseUrl: `${url}/v1`,
    requests: books.requests,
    charged: books.charged,
    summary: () => books.summary(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Desk {
  books: Bookkeeping;
  model: Model;
  clock: () => number;
}

function handle(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '/';
  const method = request.method ?? 'GET';
  if (path === '/stats') return send(response, stats(desk.books));
  const index = desk.books.open({ method, path, headers: request.headers, startedMs: desk.clock() });
  const record = desk.books.requests[index];
  if (record === undefined) return;
  // The response lets go of its socket when it finishes.
  const { socket } = request;
  response.on('finish', () => (record.delivered = !socket.destroyed));
  response.on('close', () => desk.books.close(record, desk.clock()));
  readText(request, (text) => {
    record.body = parseJson(text);
    carryOut(answerTo(desk.model, request, text, index), record, response);
  });
}

function answerTo(model: Model, request: IncomingMessage, text: string, index: number): Answer {
  const { url: path = '/', method = 'GET', headers } = request;
  try {
    if (path === COMPLETIONS && method === 'POST') return model.answer(text, headers, index);
    model.checkKey(headers);
    if (path === '/v1/models' && method === 'GET') {
      return { outcome: 'ok', reply: model.listModels(), latencyMs: 0 };
    }
    const message = `Invalid URL (${method} ${path})`;
    return { outcome: 'invalid', reply: errorReply(404, invalidRequest(message, null, 'unknown_url')), latencyMs: 0 };
  } catch (cause) {
    const reply = cause instanceof RejectedError ? cause.reply : brokenServer(cause);
    return { outcome: 'invalid', reply, latencyMs: 0 };
  }
}

/** A mistake in a callback of the test: not one of the faults, and to be told from them. */
function brokenServer(cause: unknown): RawReply {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return errorReply(500, { message, type: 'test_server_is_broken', param: null, code: null });
}

function carryOut(answer: Answer, record: RequestRecord, response: ServerResponse): void {
  record.outcome = answer.outcome;
  const act = () => {
    if (response.destroyed) return;
    if (answer.broken?.entry.kind === 'connection') {
      answer.broken.entry.break(response, answer.reply, answer.broken.settings);
    } else {
      record.status = answer.reply.status;
      send(response, answer.reply);
    }
  };
  if (answer.latencyMs > 0) setTimeout(act, answer.latencyMs);
  else act();
}

function send(response: ServerResponse, { status, headers, body }: RawReply): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

/** Never calls back when the client leaves before the end. */
function readText(request: IncomingMessage, then: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => then(Buffer.concat(chunks).toString('utf8')));
}

/** Without bodies: they are what makes the books large. */
function stats(books: Bookkeeping): RawReply {
  const requests = books.requests.map((record) => {
    const key = record.headers['idempotency-key'];
    return { ...record, headers: undefined, body: undefined, key };
  });
  return jsonReply(200, { summary: books.summary(), charged: books.charged, requests });
}
