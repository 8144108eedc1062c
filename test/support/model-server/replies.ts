/** Whole HTTP replies as text, ready to be written to a socket. */

export interface RawReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The error object of OpenAI's API. */
export interface ApiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** A request that the API turns down; carries the reply. */
export class RejectedError extends Error {
  readonly reply: RawReply;

  constructor(reply: RawReply, message: string) {
    super(message);
    this.name = 'RejectedError';
    this.reply = reply;
  }
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): RawReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function errorReply(status: number, error: ApiError, headers: Record<string, string> = {}): RawReply {
  return jsonReply(status, { error }, headers);
}

export function invalidRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return { message, type: 'invalid_request_error', param, code };
}

/** @throws RejectedError always; a return type of `never` lets callers narrow. */
export function reject(status: number, error: ApiError): never {
  throw new RejectedError(errorReply(status, error), error.message);
}
