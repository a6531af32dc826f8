import type { Clock } from "@wadesk/core";
import type { Exchange } from "../stage/exchanges.ts";
import type { FaultHandle } from "../stage/fault-list.ts";
import type { FakeServer } from "../stage/serve.ts";
import type { MetaFault } from "./faults.ts";
import type { Fields } from "./graph/rules.ts";
import type { Pace } from "./messages/fate.ts";
import type { PersonMessage, ReceivedMessage, SentMessage, TemplateState } from "./state.ts";
import type { Delivery } from "./webhooks/delivery.ts";

/** What a fake takes from the world around it. */
export interface FakeMetaOptions {
  /** Everything timed goes through it: expiries, windows, redelivery, pace. The machine's clock unless given. */
  readonly clock?: Clock;
  /** What ids, secrets and tokens are made of, together with a counter; random unless given. */
  readonly randomId?: () => string;
  /** How webhooks and challenges travel; the global `fetch` unless given. */
  readonly fetch?: typeof fetch;
  /** How long each step of a message takes. 0 by default: everything happens at once, in order. */
  readonly pace?: Partial<Pace>;
}

/** An app of the fake. */
export interface FakeApp {
  /** Meta's App ID, 15 digits unless it was given. */
  readonly id: string;
  /** The secret in force, which signs webhooks. */
  readonly secret: string;
  /** The app's own access token, `id|secret`. */
  readonly token: string;
  /**
   * Sets the callback as the dashboard does: with the GET challenge. Rejects when it is not echoed with 200. Every field unless named; one that is not `active`
   * is there and delivers nothing.
   */
  setWebhook(webhook: {
    readonly url: string;
    readonly verifyToken: string;
    readonly fields?: readonly string[];
    readonly active?: boolean;
  }): Promise<void>;
  /**
   * Adds a configuration of Embedded Signup, the addresses to which its dialog may come back, and the origins of pages that may open it by Meta's script: an
   * origin must stand in both lists. Its tokens are good for `tokenLifeMs` milliseconds, or for ever: Meta's template says 60 days. With `unnamedAccounts`
   * they name the business and no account.
   */
  addConfiguration(configuration?: {
    readonly redirectUris?: readonly string[];
    readonly domains?: readonly string[];
    readonly tokenLifeMs?: number;
    readonly unnamedAccounts?: boolean;
  }): { readonly id: string };
  /** Resets the app secret; the next webhook is signed with the new one. */
  resetSecret(secret?: string): string;
}

/** A person of the fake. */
export interface FakeContact {
  /** E.164 with the plus; undefined where the person hides it. */
  readonly phone: string | undefined;
  /** Digits, as Meta writes the person in webhooks: another than the number where it was added so. Undefined where the number is hidden. */
  readonly waId: string | undefined;
  /** Meta's business-scoped user id. */
  readonly userId: string;
  /** The name of the profile, as webhooks carry it; Ana unless given. */
  readonly name: string;
  /** Writes to a business number, in Meta's shape without id, sender and time: the window opens and webhooks go out. Answers the message's id. */
  send(numberId: string, message: Fields & { readonly type: string }): string;
  /** Writes a file to a business number. Answers the message's id. */
  sendFile(numberId: string, file: PersonFile): string;
  /** Answers every delivered message for which the script has a reply. */
  answers(script: (message: PersonMessage) => (Fields & { readonly type: string }) | undefined): void;
  /** Changes what happens to messages: no WhatsApp (131026), a phone that is off, no read receipts. */
  change(traits: { readonly onWhatsApp?: boolean; readonly reachable?: boolean; readonly reads?: boolean }): void;
}

/** A file as a person sends it. */
export interface PersonFile {
  /** Under which name the webhook has it. */
  readonly type: "image" | "video" | "audio" | "document" | "sticker";
  /** The file whole; it can be fetched for seven days by the fake's clock. */
  readonly bytes: Uint8Array;
  /** As Meta tells it, e.g. `audio/ogg; codecs=opus`. */
  readonly mimeType: string;
  /** The words below it; left out where absent. */
  readonly caption?: string;
  /** Of a document; left out where absent. */
  readonly fileName?: string;
  /** Whether audio was recorded in the chat; false where absent, and of no meaning for other types. */
  readonly voice?: boolean;
}

/** Meta, as strict as the vendor: a Graph API with state, and the webhooks that follow from it. */
export interface FakeMeta {
  /** The Graph API as a fetch function. Rejects with a `TypeError`, as fetch does, where a fault breaks the connection. */
  fetch(request: Request): Promise<Response>;
  /** The same for those who need to tell a broken connection: undefined. */
  answer(request: Request): Promise<Response | undefined>;
  /** Listens on loopback, in the place of `graph.facebook.com` or, with `as: "api"`, of `api.facebook.com`. Port 0, or none, takes a free one. */
  listen(options?: { readonly port?: number; readonly as?: "api" }): Promise<FakeServer>;
  /** An app; its id and secret are made where none are given. */
  addApp(app?: { readonly id?: string; readonly secret?: string; readonly name?: string }): FakeApp;
  /** A business portfolio. Accounts make one of their own where they name none. */
  addBusiness(business?: { readonly id?: string; readonly name?: string }): { readonly id: string };
  /** A WhatsApp Business Account; `fields` sets values of its Graph fields, e.g. `{ account_review_status: "PENDING" }`. */
  addWaba(waba?: {
    readonly id?: string;
    readonly name?: string;
    readonly businessId?: string;
    /** True unless given. Without one Meta accepts what costs, and it never arrives. */
    readonly paymentMethod?: boolean;
    /** Businesses that it is shared with, by their ids. */
    readonly sharedWith?: readonly string[];
    /** How many calls that manage it an app may make in an hour: 5,000 once a number of it is registered, 200 before. */
    readonly callsPerHour?: number;
    readonly fields?: Fields;
  }): { readonly id: string; readonly businessId: string };
  /** A product catalog of a business, which a person may choose in the dialog. */
  addCatalog(catalog: { readonly businessId: string }): { readonly id: string };
  /** A number of an account that was added before, else it throws. Answers its id and its phone, E.164 with the plus. */
  addNumber(number: NewNumber): { readonly id: string; readonly phone: string };
  /** Sets values of a number's Graph fields, e.g. `{ health_status: … }`, as Meta's own decisions do. */
  changeNumber(id: string, fields: Fields): void;
  /** An access token. `wabaIds` are its granular targets; without them it sees every account. `expiresAt` in milliseconds; never unless given. */
  addToken(token: {
    readonly appId: string;
    readonly scopes?: readonly string[];
    readonly wabaIds?: readonly string[];
    readonly expiresAt?: number;
    readonly type?: "SYSTEM_USER" | "USER";
  }): string;
  /** From now on the token is refused with 190 and this subcode: 463 expired, 460 password changed, 467 logged out, 458 app removed. */
  expireToken(token: string, subcode?: number): void;
  /** From now on calls that need the scope are refused, as after a person took it back. Throws for a token that the fake does not know. */
  dropScope(token: string, scope: string): void;
  /** A template of an account that was added before, else it throws. No app is told. */
  addTemplate(template: NewTemplate): { readonly id: string };
  /** The code that was sent to a number last, as its owner reads it; undefined where none was, or it was heard. */
  codeSentTo(numberId: string): string | undefined;
  /** Pauses, disables, approves or rejects a template, by its id, and tells the account's apps. */
  setTemplateStatus(id: string, status: TemplateState["status"]): void;
  /**
   * Tells the next status of an accepted message, by its id, as the phone's owner brings it about: what a person who is not reachable gets waits for it. The
   * code is of a failure, 131026 unless given. Throws where Meta would never tell it: backwards, or after a failure.
   */
  setMessageStatus(id: string, status: "delivered" | "read" | "failed", code?: number): void;
  /** A person on WhatsApp, reachable and reading, unless the traits say otherwise. Numbers may have any form: their digits count. */
  addContact(contact?: {
    readonly phone?: string;
    readonly waId?: string;
    readonly userId?: string;
    readonly username?: string;
    readonly name?: string;
    readonly onWhatsApp?: boolean;
    readonly reachable?: boolean;
    readonly reads?: boolean;
    /** Meta shows the business the user id only. */
    readonly hidesPhone?: boolean;
    /** What `recipient_identity_key_hash` of a message must be where it is given. */
    readonly identityKeyHash?: string;
  }): FakeContact;
  /** Sends any webhook of an account, e.g. `account_update`, to the apps subscribed to the field. */
  notify(wabaId: string, field: string, value: object): void;
  /** Lets something go wrong; faults strike in the order in which they were asked for. */
  fault(fault: MetaFault): FaultHandle;
  /** Accepted messages, with their payload and their status so far. */
  readonly sent: readonly SentMessage[];
  /** What people wrote, and whether it was marked as read. */
  readonly received: readonly ReceivedMessage[];
  /** Every call so far with its answer, the oldest first, those of the dialog's pages excepted. */
  readonly exchanges: readonly Exchange[];
  /** Every attempt to deliver a webhook. */
  readonly deliveries: readonly Delivery[];
  /** Resolves when every webhook that is due was delivered, or failed and waits for redelivery. */
  settled(): Promise<void>;
  /** Stops webhooks that are on their way or due, and closes every listening server. */
  close(): Promise<void>;
}

/** A business phone number. `fields` sets further values of its Graph fields. */
export interface NewNumber {
  /** The account that it belongs to, added before. */
  readonly wabaId: string;
  /** 15 digits unless given. */
  readonly id?: string;
  /** As Meta shows it, e.g. `+1 555-010-0001`. */
  readonly display?: string;
  /** The display name; Test Shop unless given. */
  readonly verifiedName?: string;
  /** Left out of the Graph API's answers unless given. */
  readonly qualityRating?: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  /** Left out of the Graph API's answers unless given. */
  readonly codeVerificationStatus?: "VERIFIED" | "NOT_VERIFIED" | "EXPIRED";
  /** Meta's word; `BANNED`, `RESTRICTED` and `FLAGGED_LOCKED` are refused with 131031 when they send. */
  readonly status?: string;
  /** Whether it may send: true unless given. One that is not is refused with 133010. */
  readonly registered?: boolean;
  /** The two-step PIN that `register` must repeat. */
  readonly pin?: string;
  /** One of the WhatsApp Business app, that a dialog has connected just now. */
  readonly onboarded?: boolean;
  /** Service messages of a month that cost nothing; 1,000 unless given. */
  readonly freeServiceMessages?: number;
  /** Makes it a test number, which sends to these phones only. */
  readonly allowedRecipients?: readonly string[];
  /** Win over what the other options set. */
  readonly fields?: Fields;
}

/** A template as it was approved, with Meta's components; `{{1}}` or `{{name}}` stands where a value goes. */
export interface NewTemplate {
  /** The account that it belongs to, added before. */
  readonly wabaId: string;
  /** By which it is sent, together with its language. */
  readonly name: string;
  /** Meta's code, e.g. `pt_BR`; `en_US` unless given. The same name may be there in several. */
  readonly language?: string;
  /** `APPROVED` unless given. */
  readonly status?: TemplateState["status"];
  /** What its price goes by; `UTILITY` unless given. */
  readonly category?: TemplateState["category"];
  /** In the shape of Meta's API; a body that says hello unless given. */
  readonly components?: readonly Fields[];
}
