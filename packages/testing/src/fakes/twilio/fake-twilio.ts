import type { Clock } from "@wadesk/core";
import type { Exchange } from "../stage/exchanges.ts";
import type { FaultHandle } from "../stage/fault-list.ts";
import type { FakeServer } from "../stage/serve.ts";
import type { TwilioFault } from "./faults.ts";
import type { TwilioPace } from "./messages/fate.ts";
import type { AccountState, ContentState, PersonWrites, SenderStatus, TwilioAlert, TwilioMessage, TwilioWebhook } from "./state.ts";
import type { TwilioDelivery } from "./webhooks/delivery.ts";

/** What a fake takes from the world around it. */
export interface FakeTwilioOptions {
  /** Everything timed goes through it: windows, joins, repetition, pace. The machine's clock unless given. */
  readonly clock?: Clock;
  /** What SIDs and tokens are made of, together with a counter; random unless given. */
  readonly randomId?: () => string;
  /** How webhooks travel, and files come; the global `fetch` unless given. */
  readonly fetch?: typeof fetch;
  /** How long each step of a message takes. 0 by default: everything happens at once, in order. */
  readonly pace?: Partial<TwilioPace>;
}

/** An account of the fake. */
export interface TwilioAccount {
  /** `AC` and 32 hexadecimal digits. */
  readonly sid: string;
  /** The primary token, which signs. */
  readonly authToken: string;
  /** Adds the secondary token: it authenticates at once and signs once it is promoted. */
  addSecondaryToken(token?: string): string;
  /** Makes the secondary token the primary one; the former authenticates and signs no more. */
  promoteToken(): string;
  /** Both at once. Answers the new token; webhooks that were made before keep their signature. */
  rotateToken(token?: string): string;
  /** Twilio answers a suspended or closed account 20003, except that a suspended one may read itself. */
  setStatus(status: AccountState["status"]): void;
}

/** A WhatsApp sender of the fake. */
export interface TwilioSender {
  /** `XE` and 32 hexadecimal digits. */
  readonly sid: string;
  /** E.164. */
  readonly number: string;
  /** As it was added, or last set through the API. */
  readonly webhook: TwilioWebhook;
  /** As WhatsApp's own decisions do; no webhook tells of it. */
  setStatus(status: SenderStatus): void;
  /** As the console does: what is not given is set no longer. */
  setWebhook(webhook: TwilioWebhook): void;
}

/** A person of the fake. */
export interface TwilioContact {
  /** E.164; undefined where the person hides it. */
  readonly phone: string | undefined;
  /** Meta's business-scoped user id. */
  readonly userId: string;
  /** The profile's name, as webhooks carry it; Ana unless given. */
  readonly name: string;
  /** How Twilio addresses the person, `whatsapp:+…` or `whatsapp:<user id>`. */
  readonly address: string;
  /** Writes to a sender's number, or to the sandbox that the person joined last: the window opens and a webhook goes out. Answers the SID. */
  send(number: string, writes: PersonWrites | string): string;
  /** Answers every delivered message for which the script has a reply. */
  answers(script: (message: TwilioMessage) => PersonWrites | string | undefined): void;
  /** Changes what happens to messages: no WhatsApp (63024), a phone that is off, no read receipts, blocked (63032). */
  change(traits: {
    readonly onWhatsApp?: boolean;
    readonly reachable?: boolean;
    readonly reads?: boolean;
    readonly blocks?: boolean;
  }): void;
}

/** A sender to be added. */
export interface NewTwilioSender {
  /** The account that it belongs to, added before and not of type `Trial`. */
  readonly accountSid: string;
  /** E.164. */
  readonly number?: string;
  /** `XE` and 32 hexadecimal digits; made unless given. */
  readonly sid?: string;
  /** `ONLINE` unless given; from one that is `OFFLINE` messages fail with 63112. */
  readonly status?: SenderStatus;
  /** The profile's; Test Shop unless given. */
  readonly name?: string;
  /** Where Twilio calls; nowhere unless given. */
  readonly webhook?: TwilioWebhook;
}

/** A Content template to be added, which must be one that Twilio takes; without `types` a text that says hello to its variables. */
export interface NewTwilioContent {
  /** The account that it belongs to, added before. */
  readonly accountSid: string;
  /** `HX` and 32 hexadecimal digits; made unless given. */
  readonly sid?: string;
  /** What the console shows; `greeting` unless given. */
  readonly friendlyName?: string;
  /** Twilio's code, e.g. `pt_BR`; `en` unless given. */
  readonly language?: string;
  /** The value of each variable where a message gives none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** By Twilio's names, e.g. `{ "twilio/text": { body: "Hi {{1}}" } }`. */
  readonly types?: ContentState["types"];
  /** WhatsApp's approval; approved unless said otherwise, and unsubmitted for what only goes inside the window. */
  readonly approval?: ContentState["approval"];
  /** WhatsApp's; `UTILITY` unless given. */
  readonly category?: ContentState["category"];
}

/** Twilio, as strict as the vendor: three APIs with state, and the webhooks that follow from it. */
export interface FakeTwilio {
  /** The APIs as a fetch function. Follows redirects, and rejects with a `TypeError` where a fault breaks the connection, as fetch does. */
  fetch(request: Request): Promise<Response>;
  /** The same without redirects, for those who need to tell a broken connection: undefined. */
  answer(request: Request): Promise<Response | undefined>;
  /** Listens on loopback, for all hosts at once: their paths tell them apart. Port 0, or none, takes a free one. */
  listen(options?: { readonly port?: number }): Promise<FakeServer>;
  /** An active account of type `Full` with a token of its own, unless the options say otherwise. */
  addAccount(account?: {
    readonly sid?: string;
    readonly authToken?: string;
    readonly friendlyName?: string;
    readonly status?: AccountState["status"];
    readonly type?: AccountState["type"];
    /** Makes it a subaccount. */
    readonly ownerSid?: string;
  }): TwilioAccount;
  /** Throws for an account that was not added before, for one of type `Trial`, and for a number that has a sender already. */
  addSender(sender: NewTwilioSender): TwilioSender;
  /** Throws for an account that was not added before, and for a template that Twilio or WhatsApp's review would not take. */
  addContent(content: NewTwilioContent): { readonly sid: string; setApproval(approval: ContentState["approval"]): void };
  /** A person on WhatsApp, reachable and reading, unless the traits say otherwise. A number is E.164 with the plus. */
  addContact(contact?: {
    readonly phone?: string;
    readonly userId?: string;
    readonly name?: string;
    readonly onWhatsApp?: boolean;
    readonly reachable?: boolean;
    readonly reads?: boolean;
    /** Twilio shows the business the user id only. */
    readonly hidesPhone?: boolean;
  }): TwilioContact;
  /**
   * Tells the next status of an accepted message, by its SID, as the phone's owner brings it about: what a person who is not reachable gets waits for it. The
   * code is of a failure, 63024 unless given. Throws where Twilio would never tell it: backwards, or after a failure.
   */
  setMessageStatus(sid: string, status: "delivered" | "read" | "failed" | "undelivered", code?: number): void;
  /** Says what lies at a `MediaUrl`. What was not added is fetched, by the global `fetch` from this machine only; else it is 63019. */
  addFile(file: {
    readonly url: string;
    readonly contentType: string;
    readonly bytes?: Uint8Array;
    /** Bytes; those of `bytes`, else 1024. */
    readonly size?: number;
    readonly status?: number;
  }): void;
  /** The number is every account's, the people in it one account's: the first one added unless named. */
  readonly sandbox: {
    readonly number: string;
    /** As if the person wrote the join code. It lasts three days and opens the window. */
    join(contact: { readonly userId: string }, accountSid?: string): void;
    leave(contact: { readonly userId: string }, accountSid?: string): void;
    /** Sets it as the console does: no API does. */
    setWebhook(webhook: TwilioWebhook, accountSid?: string): void;
  };
  /** Lets something go wrong; faults strike in the order in which they were asked for. */
  fault(fault: TwilioFault): FaultHandle;
  /** Messages to people that were accepted, TwiML's replies among them, with their status so far. */
  readonly sent: readonly TwilioMessage[];
  /** What people wrote. */
  readonly received: readonly TwilioMessage[];
  /** Every call so far with its answer, the oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Every attempt to deliver a webhook. */
  readonly deliveries: readonly TwilioDelivery[];
  /** What Twilio's debugger would show. */
  readonly alerts: readonly TwilioAlert[];
  /** Resolves when every webhook that is due was delivered, or failed and waits for repetition. */
  settled(): Promise<void>;
  /** Stops webhooks that are on their way or due, and closes every listening server. */
  close(): Promise<void>;
}
