import type { Clock } from "@wadesk/core";
import type { Exchange } from "../stage/exchanges.ts";
import type { Fields } from "./graph/rules.ts";
import type { CodeState, Configuration } from "./signup/configurations.ts";
import type { Identifiers } from "./world/identifiers.ts";

/** A Meta app. */
export interface AppState {
  readonly id: string;
  readonly name: string;
  secret: string;
  /** By their ids. */
  readonly configurations: Map<string, Configuration>;
  /** Where its dialog may come back to. */
  readonly redirectUris: Set<string>;
  /** Origins of pages that may open its dialog by the script. */
  readonly domains: Set<string>;
  webhook?: {
    readonly url: string;
    readonly verifyToken: string;
    readonly fields: ReadonlySet<string>;
    /** One that is not delivers nothing. */
    readonly active: boolean;
  };
}

/** An access token of a person or a system user. */
export interface TokenState {
  readonly value: string;
  readonly appId: string;
  readonly type: "SYSTEM_USER" | "USER";
  readonly userId: string;
  readonly scopes: Set<string>;
  /** The accounts it was granted; undefined grants every one and leaves `target_ids` away. */
  readonly wabaIds: readonly string[] | undefined;
  /** What `debug_token` names as the targets of a scope, where that is something else than the accounts. */
  readonly targets?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly issuedAt: number;
  /** Milliseconds since the epoch; undefined never expires. */
  expiresAt: number | undefined;
  /** Set once the token no longer counts though its time has not come; the subcode says why. */
  revoked?: { readonly subcode: number };
}

/** A business portfolio. */
export interface BusinessState {
  readonly id: string;
  readonly name: string;
}

/** A template as it is approved. Components as Meta describes them, with `{{1}}` or `{{name}}` where a value goes. */
export interface TemplateState {
  /** Meta's, digits: what {@link FakeMeta.setTemplateStatus} takes. */
  readonly id: string;
  /** By which it is sent, together with its language. */
  readonly name: string;
  /** Meta's code, e.g. `pt_BR`. */
  readonly language: string;
  /** Only an `APPROVED` one can be sent. */
  status: "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED" | "ARCHIVED";
  /** What its price goes by. */
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  /** In the shape of Meta's API. */
  readonly components: readonly Fields[];
}

/** A WhatsApp Business Account. */
export interface WabaState {
  readonly id: string;
  readonly name: string;
  readonly businessId: string;
  /** Subscribed apps by id. */
  readonly subscriptions: Map<string, { readonly overrideUrl?: string }>;
  readonly templates: TemplateState[];
  /** The one catalog that an account has, at most. */
  catalogId: string | undefined;
  /** Businesses that it was shared with. */
  readonly sharedWith: readonly string[];
  /** Without one what costs is accepted and never arrives. */
  readonly paymentMethod: boolean;
  /** How many calls that manage it an app may make in an hour; undefined leaves that to whether a number is registered. */
  readonly callsPerHour: number | undefined;
  /** Values of fields that differ from the usual ones. */
  readonly fields: Record<string, unknown>;
}

/** A business phone number. */
export interface NumberState {
  readonly id: string;
  readonly wabaId: string;
  /** As Meta shows it, e.g. `+1 555-010-0001`. */
  readonly display: string;
  /** Digits only. */
  readonly digits: string;
  registered: boolean;
  pin: string | undefined;
  /** When it was registered and when deregistered, for the limit of ten of each in 72 hours. */
  readonly registrations: { readonly register: number[]; readonly deregister: number[] };
  /** When its PIN was guessed wrong. */
  readonly wrongPins: number[];
  /** Where its messages go in place of its account's and its app's address. */
  overrideUrl: string | undefined;
  /** What people see of the business, with Meta's names. */
  readonly profile: Record<string, unknown>;
  /** How many service messages of a month are free, and how many were sent, by month, e.g. `2026-10`. */
  readonly freeServiceMessages: number;
  readonly services: Map<string, number>;
  /** A test number sends to these digits only. */
  readonly allowedRecipients: ReadonlySet<string> | undefined;
  readonly fields: Record<string, unknown>;
  /** The code that was sent to it last, until it was heard. */
  verification: { readonly code: string; readonly sentAt: number } | undefined;
  /** When a dialog connected it together with the WhatsApp Business app, and what was asked of that app since. */
  onboardedAt: number | undefined;
  readonly synced: Set<string>;
}

/** A message as a person's phone gets it, or as the person writes it: Meta's own shape, with its id. */
export type PersonMessage = Fields & {
  /** `wamid.…`, by which the person can answer it. */
  readonly id: string;
  /** Meta's word; the content stands under it. */
  readonly type: string;
};

/** A person with or without WhatsApp. */
export interface ContactState {
  /** Digits only; undefined where the person hides the number behind a username. */
  readonly phone: string | undefined;
  /** WhatsApp's id of the phone; differs from it in Brazil, Mexico and Argentina. */
  readonly waId: string | undefined;
  readonly userId: string;
  readonly username: string | undefined;
  readonly name: string;
  onWhatsApp: boolean;
  reads: boolean;
  reachable: boolean;
  readonly scripts: ((message: PersonMessage) => Fields | undefined)[];
  /** When the person last wrote to a number, by its id: opens the customer service window. */
  readonly wroteAt: Map<string, number>;
  /** When the person last came to a number by an ad, by its id, and when that was answered. */
  readonly entries: Map<string, { readonly at: number; answeredAt?: number }>;
  /** Of the key that the person's phone has; a message may name it. */
  readonly identityKeyHash: string | undefined;
}

/** A file that was uploaded, or that came in. */
export interface MediaState {
  readonly id: string;
  readonly wabaId: string;
  readonly numberId: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly fileName: string | undefined;
  /** Milliseconds since the epoch. */
  readonly goneAt: number;
}

/** One step of a sent message. */
export interface SentStatus {
  /** `accepted` is the call's own answer, of which no webhook comes. */
  readonly status: "accepted" | "sent" | "delivered" | "read" | "played" | "failed";
  /** Milliseconds by the fake's clock. */
  readonly at: number;
  /** Meta's code of a failure. */
  readonly code?: number;
}

/** A message that the fake accepted. */
export interface SentMessage {
  /** `wamid.…`, as the call answered. */
  readonly id: string;
  /** The id of the number that sent it. */
  readonly numberId: string;
  /** The account of the number. */
  readonly wabaId: string;
  /** The app whose token sent it. */
  readonly appId: string;
  /** The request as it was sent. */
  readonly payload: Fields;
  /** As the fake knows the person; digits of `waId`, absent of one who hides the number. */
  readonly to: { readonly waId?: string; readonly userId?: string };
  /** Milliseconds by the fake's clock. */
  readonly acceptedAt: number;
  /** The newest of `statuses`. */
  status: SentStatus["status"];
  /** Every step so far, `accepted` first. */
  readonly statuses: SentStatus[];
}

/** A message that a person wrote. */
export interface ReceivedMessage {
  /** `wamid.…`, as the webhook has it. */
  readonly id: string;
  /** The id of the number that it was written to. */
  readonly numberId: string;
  /** Who wrote it. */
  readonly contact: ContactState;
  /** As the person wrote it, without id, sender and time. */
  readonly payload: Fields;
  /** When it was written, in milliseconds by the fake's clock. */
  readonly at: number;
  /** Set by mark-as-read. */
  readAt?: number;
  /** Whether mark-as-read asked for the typing indicator; absent where it did not. */
  typingShown?: boolean;
}

/** Everything the fake knows. */
export interface MetaState {
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly apps: Map<string, AppState>;
  readonly tokens: Map<string, TokenState>;
  /** Of the dialog, by their texts. */
  readonly codes: Map<string, CodeState>;
  readonly businesses: Map<string, BusinessState>;
  readonly wabas: Map<string, WabaState>;
  /** Product catalogs, with the business that has them. */
  readonly catalogs: Map<string, { readonly businessId: string }>;
  readonly numbers: Map<string, NumberState>;
  readonly media: Map<string, MediaState>;
  readonly contacts: ContactState[];
  readonly sent: SentMessage[];
  readonly received: ReceivedMessage[];
  readonly exchanges: Exchange[];
  /** When messages were last sent by a number to a person, for the pair rate. */
  readonly pairs: Map<string, { level: number; at: number }>;
  /** When the calls of an hour that manage an account were made, by app and account. */
  readonly managed: Map<string, number[]>;
  /** When people were asked for a call within the week, by the same pair. */
  readonly callRequests: Map<string, readonly number[]>;
  /** What tells the next status of an accepted message, by its id. */
  readonly tellers: Map<string, (status: SentStatus["status"], code?: number) => void>;
}
