import type { Notice } from "../errors/notice.ts";
import type { Connection, ConnectionFacts } from "../model/connection.ts";
import type { OutboundMessage, SendReceipt } from "../model/message.ts";
import type { Signal } from "../status/connection-status.ts";
import type { ConnectionContext } from "./context.ts";
import type { LineGroups } from "./groups.ts";
import type { FetchFile, LineMedia } from "./media.ts";

/**
 * What can be done with one connected number, whatever stands behind it: a vendor asked over HTTP, for which a line is made for each call, or a session
 * that core keeps open. What a channel cannot do is absent. Its context's `signal` is aborted when its time is over, when the client stops, and when the
 * lease of its session is lost.
 */
export interface Line<Details = unknown> {
  /** Rejects with `outcome_unknown` when the vendor may have taken the message though no answer came. */
  send(message: OutboundMessage, work?: SendWork): Promise<SendReceipt>;
  /** Asks the vendor how the connection is. A refusal is a signal, an unreachable vendor a rejection. */
  check(): Promise<CheckReport<Details>>;
  /**
   * Ends the connection with the vendor. Answers `later` where the vendor cannot be told now, and reports the number again once it can: the source's `strays` is
   * asked to tell it then.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a line that always tells answers nothing
  disconnect(): Promise<void | "later">;
  /** Tells the person that a message was read, and if asked that an answer is being typed. */
  markRead?(mark: ReadMark): Promise<void>;
  /** Files, in and perhaps out. */
  readonly media?: LineMedia;
  /** Groups that the number is in. */
  readonly groups?: LineGroups;
}

/** What a line is given for one message. Where it is absent no address is looked at. */
export interface SendWork {
  /** For what a message shows of an address in it, such as the preview of a link. */
  readonly fetchFile: FetchFile;
}

/** Makes the line of one connection for one call. Does nothing yet: the vendor is asked by the line's own methods. */
export type MakeLine<Details, Secret, Settings> = (
  connection: Connection<Details>,
  context: ConnectionContext<Settings, Secret>,
) => Line<Details>;

/** What a check found: signals about health and, where it learnt them, fresh details. */
export interface CheckReport<Details> {
  /** How it is. */
  readonly signals: readonly Signal[];
  /** What the channel tells about the number, where that was read anew. */
  readonly details?: Details;
  /** What it learnt over what was known; one that is `undefined` is known no more. */
  readonly facts?: { readonly [Name in keyof ConnectionFacts]: ConnectionFacts[Name] | undefined };
  /** Who speaks for the connection, where the check has shown it; kept with the connection. */
  readonly speaker?: string;
  /** All of them: those that it leaves out are over. A token that ends and a low quality are told by `facts`, and warned of by core. */
  readonly warnings?: readonly Notice[];
}

/** Which message was read, by the vendor's id. */
export interface ReadMark {
  /** The vendor's id of the message that came in. */
  readonly messageId: string;
  /** Also shows that an answer is being written. */
  readonly typing?: boolean;
}
