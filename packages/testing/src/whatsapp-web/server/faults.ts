import type { FaultKinds } from "../../fakes/stage/check-given.ts";
import type { FaultList } from "../../fakes/stage/fault-list.ts";
import type { ClientEnd } from "./client-end.ts";

/** What can go wrong on purpose. `operation` is a kind of request, `<xmlns>:<type>:<child>`, such as `encrypt:get:count`. */
export type WhatsAppWebFault =
  /** A request that is never answered. */
  | {
      readonly kind: "request_unanswered";
      /** Any request where absent. */
      readonly operation?: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A request that is answered with an error. */
  | {
      readonly kind: "request_refused";
      /** Any request where absent. */
      readonly operation?: string;
      /** WhatsApp's, in the answer's `<error>`, e.g. 429. */
      readonly code: number;
      /** WhatsApp's words beside the code. */
      readonly text?: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A login that meets `<failure reason=code>`, with further attributes where given. */
  | {
      readonly kind: "login_refused";
      /** Nothing is to be named: a login has no kind, and where one is named no login is struck. */
      readonly operation?: string;
      /** The `reason` of the failure, e.g. 402. */
      readonly code: number;
      /** Such as `expire`, in seconds, beside a temporary ban. */
      readonly attributes?: Readonly<Record<string, string>>;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A client that has kept the server's key and meets one that wants to shake hands from the start, as after a change of the key. */
  | {
      readonly kind: "resume_refused";
      /** Nothing is to be named: where something is, nothing is struck. */
      readonly operation?: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A message of a client that is answered with an error, 463 or 479 for instance, and goes nowhere. `operation` is the message's id. */
  | {
      readonly kind: "message_refused";
      /** Any client's message where absent. */
      readonly operation?: string;
      /** The `error` of the ack. */
      readonly code: number;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A message of a client whose ack carries more, `phash` (its list of devices is another than WhatsApp's) or `refresh_lid` for instance. */
  | {
      readonly kind: "ack_marked";
      /** The message's id; any message where absent. */
      readonly operation?: string;
      /** Added to those that the ack has anyway. */
      readonly attributes: Readonly<Record<string, string>>;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A message of a client that gets where it is going without a word to the client. `operation` is the message's id. */
  | {
      readonly kind: "message_unacknowledged";
      /** Any client's message where absent. */
      readonly operation?: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /**
   * A message of a client that a recipient's device gets twice, or with a bit flipped, so that it cannot be read. `operation` is the message's id for
   * the phone, and `<id>:1` for device 1; where absent, the first device that comes.
   */
  | {
      /** The first is what a device gets twice, the second what it cannot read. */
      readonly kind: "message_repeated" | "message_changed";
      /** The first device that comes where absent. */
      readonly operation?: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A stanza to a client that comes twice, or after the next of its kind. `operation` is its tag: `message`, `receipt`, `notification`. */
  | {
      /** The first comes twice, the second after the next of its tag. */
      readonly kind: "stanza_doubled" | "stanzas_swapped";
      /** The stanza's tag. */
      readonly operation: string;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A client's queue of which no more than `after` stanzas are sent; the connection is cut once the client has acknowledged them. */
  | {
      readonly kind: "queue_cut";
      /** Nothing is to be named: where something is, nothing is struck. */
      readonly operation?: string;
      /** How many stanzas still go out; 0 sends none. */
      readonly after: number;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A client that is thrown out as soon as it sends something, which then goes nowhere. `operation` is a kind of request or a stanza's tag. */
  | {
      readonly kind: "client_ended";
      /** What the client sends, by its kind or tag. */
      readonly operation: string;
      /** As `end` of a client takes it. */
      readonly how: ClientEnd;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** An upload to the media host that meets an HTTP status instead. */
  | {
      readonly kind: "upload_refused";
      /** Nothing is to be named: where something is, nothing is struck. */
      readonly operation?: string;
      /** An HTTP status, e.g. 507. */
      readonly code: number;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    }
  /** A file fetched from the media host that meets an HTTP status instead. */
  | {
      readonly kind: "download_refused";
      /** Nothing is to be named: where something is, nothing is struck. */
      readonly operation?: string;
      /** An HTTP status, e.g. 404. */
      readonly code: number;
      /** How often it strikes; once where absent. */
      readonly times?: number;
    };

/** The faults that wait to strike. */
export type WhatsAppWebFaults = FaultList<WhatsAppWebFault>;

/** What each fault may have beside its operation and its times. */
export const WHATSAPP_WEB_FAULTS: FaultKinds<WhatsAppWebFault> = {
  request_unanswered: {},
  request_refused: { code: "number", text: "text" },
  login_refused: { code: "number", attributes: "object" },
  resume_refused: {},
  message_refused: { code: "number" },
  ack_marked: { attributes: "object" },
  message_unacknowledged: {},
  message_repeated: {},
  message_changed: {},
  stanza_doubled: {},
  stanzas_swapped: {},
  queue_cut: { after: "number" },
  client_ended: { how: "any" },
  upload_refused: { code: "number" },
  download_refused: { code: "number" },
};
