import type { FaultList } from "../../fakes/stage/fault-list.ts";
import type { ClientEnd } from "./client-end.ts";

/** What can go wrong on purpose. `operation` is a kind of request, `<xmlns>:<type>:<child>`, such as `encrypt:get:count`. */
export type WhatsAppWebFault =
  /** A request that is never answered. */
  | { readonly kind: "request_unanswered"; readonly operation?: string; readonly times?: number }
  /** A request that is answered with an error. */
  | {
      readonly kind: "request_refused";
      readonly operation?: string;
      readonly code: number;
      readonly text?: string;
      readonly times?: number;
    }
  /** A login that meets `<failure reason=code>`, with further attributes where given. */
  | {
      readonly kind: "login_refused";
      readonly operation?: string;
      readonly code: number;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly times?: number;
    }
  /** A client that has kept the server's key and meets one that wants to shake hands from the start, as after a change of the key. */
  | { readonly kind: "resume_refused"; readonly operation?: string; readonly times?: number }
  /** A message of a client that is answered with an error, 463 or 479 for instance, and goes nowhere. `operation` is the message's id. */
  | { readonly kind: "message_refused"; readonly operation?: string; readonly code: number; readonly times?: number }
  /** A message of a client whose ack carries more, `phash` (its list of devices is another than WhatsApp's) or `refresh_lid` for instance. */
  | {
      readonly kind: "ack_marked";
      readonly operation?: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly times?: number;
    }
  /** A message of a client that gets where it is going without a word to the client. `operation` is the message's id. */
  | { readonly kind: "message_unacknowledged"; readonly operation?: string; readonly times?: number }
  /**
   * A message of a client that a recipient's device gets twice, or with a bit flipped, so that it cannot be read. `operation` is the message's id for
   * the phone, and `<id>:1` for device 1; where absent, the first device that comes.
   */
  | { readonly kind: "message_repeated" | "message_changed"; readonly operation?: string; readonly times?: number }
  /** A stanza to a client that comes twice, or after the next of its kind. `operation` is its tag: `message`, `receipt`, `notification`. */
  | { readonly kind: "stanza_doubled" | "stanzas_swapped"; readonly operation: string; readonly times?: number }
  /** A client's queue of which no more than `after` stanzas are sent; the connection is cut once the client has acknowledged them. */
  | { readonly kind: "queue_cut"; readonly operation?: string; readonly after: number; readonly times?: number }
  /** A client that is thrown out as soon as it sends something, which then goes nowhere. `operation` is a kind of request or a stanza's tag. */
  | { readonly kind: "client_ended"; readonly operation: string; readonly how: ClientEnd; readonly times?: number }
  /** An upload to the media host that meets an HTTP status instead. */
  | { readonly kind: "upload_refused"; readonly operation?: string; readonly code: number; readonly times?: number }
  /** A file fetched from the media host that meets an HTTP status instead. */
  | { readonly kind: "download_refused"; readonly operation?: string; readonly code: number; readonly times?: number };

/** The faults that wait to strike. */
export type WhatsAppWebFaults = FaultList<WhatsAppWebFault>;
