/** What a fault is: how one reply goes wrong. */
import type { ServerResponse } from 'node:http';
import type { ChatRequest } from '../chat-request.ts';
import type { Completion } from '../completion.ts';
import type { RawReply } from '../replies.ts';

/** What a script may set; each fault reads what it needs. */
export interface FaultSettings {
  /** For faults that say when to come back. */
  waitSeconds: number;
  /** How much of the reply arrives where it is cut. */
  share: number;
}

export const DEFAULT_SETTINGS: FaultSettings = { waitSeconds: 1, share: 0.6 };

export interface FaultScene {
  request: ChatRequest;
  settings: FaultSettings;
}

interface Described {
  /** What a client sees, in a few words. */
  shows: string;
  /** Sending the same again is no help: the key, the account or the request has to change. */
  isPermanent?: true;
  /** Requests that do not provoke it are answered as usual. */
  applies?: (request: ChatRequest) => boolean;
}

/** Another reply stands in for the completion; nothing is charged. */
export interface ReplyFault extends Described {
  kind: 'reply';
  reply: (scene: FaultScene) => RawReply;
}

/** The connection breaks. */
export interface ConnectionFault extends Described {
  kind: 'connection';
  /** Whether the model had done its work by then. */
  isCharged: boolean;
  /** @param reply what would have been sent. */
  break: (response: ServerResponse, reply: RawReply, settings: FaultSettings) => void;
}

/** The envelope is wrong; charged. */
export interface CompletionFault extends Described {
  kind: 'completion';
  change: (completion: Completion, settings: FaultSettings) => object;
}

/** The envelope is right, the content is not; charged. */
export interface ContentFault extends Described {
  kind: 'content';
  change: (content: string, request: ChatRequest) => string;
}

export type FaultEntry = ReplyFault | ConnectionFault | CompletionFault | ContentFault;
