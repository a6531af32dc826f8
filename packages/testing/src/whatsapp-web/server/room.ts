import type { Connection } from "../wire/connection.ts";
import type { BinaryNode } from "../wire/node.ts";
import type { ClientSession } from "./world.ts";

/** A request of a client: an `iq` of the type `get` or `set`. */
export interface Request {
  /** `<xmlns>:<type>:<tag of the child>`, such as `encrypt:get:count`; the last is empty where there is no child. */
  readonly kind: string;
  readonly iq: BinaryNode;
  /** The child that the request is known by: the first that some room answers, or else the first; undefined where there is none. */
  readonly child: BinaryNode | undefined;
  readonly connection: Connection;
  /** Does something once the answer is on its way. */
  after(work: () => void | Promise<void>): void;
}

/** What a request is answered with: the children of the result, nothing for an empty one, or a refusal. */
export type Answer = readonly (BinaryNode | undefined)[] | Refusal | undefined;

/** An `iq` of the type `error`. */
export interface Refusal {
  readonly refused: { readonly code: number; readonly text: string };
}

/** Answers a request of a client that has logged in. */
export type RequestHandler = (request: Request, session: ClientSession) => Answer | Promise<Answer>;

/** Answers a request of a client that has not. */
export type GuestHandler = (request: Request) => Answer | Promise<Answer>;

/** Takes a stanza that is no `iq`. It may wait for the client: answers to `ask` are read meanwhile. */
export type StanzaHandler = (stanza: BinaryNode, session: ClientSession) => void | Promise<void>;

/** A part of the server with what it answers. No two rooms answer the same. */
export interface Room {
  readonly requests?: Readonly<Record<string, RequestHandler>>;
  readonly guestRequests?: Readonly<Record<string, GuestHandler>>;
  /** By tag: `message`, `receipt`, `ack`, `presence`. */
  readonly stanzas?: Readonly<Record<string, StanzaHandler>>;
  /** Something to do when a client has logged in and asked for its messages. */
  readonly onActive?: (session: ClientSession) => void | Promise<void>;
}

/** Refuses a request. 404 is `item-not-found`, 400 `bad-request`, 401 `not-authorized`, 403 `forbidden`. */
export function refuse(code: number, text: string): Refusal {
  return { refused: { code, text } };
}
