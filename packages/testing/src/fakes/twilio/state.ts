import type { Clock } from "@wadesk/core";
import type { Exchange } from "../stage/exchanges.ts";
import type { Parameters } from "./api/api-request.ts";

/** Where Twilio calls the host. */
export interface TwilioWebhook {
  /** Inbound messages. Connection overrides may follow, e.g. `#rc=5&rp=all`. */
  readonly callbackUrl?: string;
  /** `POST` where absent. */
  readonly callbackMethod?: string;
  /** Called when the first did not answer as it must. */
  readonly fallbackUrl?: string;
  /** `POST` where absent. */
  readonly fallbackMethod?: string;
  /** Statuses of messages that name no `StatusCallback` of their own. */
  readonly statusCallbackUrl?: string;
  /** Told by the Senders API, `POST` where absent; statuses are posted whatever it says. */
  readonly statusCallbackMethod?: string;
}

/** An account. */
export interface AccountState {
  readonly sid: string;
  readonly friendlyName: string;
  readonly type: "Full" | "Trial";
  status: "active" | "suspended" | "closed";
  /** Its own SID, or that of the account it is a subaccount of. */
  readonly ownerSid: string;
  /** The primary token, which signs. */
  authToken: string;
  /** A token that already authenticates and does not sign yet. */
  secondaryToken: string | undefined;
  readonly sandbox: SandboxState;
  readonly createdAt: number;
}

/** An account's sandbox: the number is everybody's, the people who joined are its own. */
export interface SandboxState {
  readonly code: string;
  /** What callbacks carry as `ChannelInstallSid`. */
  readonly installSid: string;
  /** Who joined, and when. */
  readonly joined: Map<ContactState, number>;
  webhook: TwilioWebhook;
}

/** The status of a sender. */
export type SenderStatus =
  | "CREATING"
  | "ONLINE"
  | "OFFLINE"
  | "PENDING_VERIFICATION"
  | "VERIFYING"
  | "ONLINE:UPDATING"
  | "TWILIO_REVIEW"
  | "DRAFT"
  | "STUBBED";

/** A business number on WhatsApp. */
export interface SenderState {
  readonly sid: string;
  readonly accountSid: string;
  /** E.164. */
  readonly number: string;
  status: SenderStatus;
  webhook: TwilioWebhook;
  profile: Readonly<Record<string, unknown>>;
  readonly wabaId: string;
}

/** A Content template. `types` as in the Content API, e.g. `{ "twilio/text": { body: "Hi {{1}}" } }`. */
export interface ContentState {
  readonly sid: string;
  readonly accountSid: string;
  readonly friendlyName: string;
  readonly language: string;
  /** The value of each variable where a message gives none. */
  readonly variables: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  approval: "unsubmitted" | "received" | "pending" | "approved" | "rejected" | "paused" | "disabled";
  readonly category: "UTILITY" | "MARKETING" | "AUTHENTICATION";
  readonly createdAt: number;
}

/** A person with or without WhatsApp. */
export interface ContactState {
  /** E.164; undefined where the person hides the number behind a username. */
  readonly phone: string | undefined;
  /** Meta's business-scoped user id. */
  readonly userId: string;
  readonly name: string;
  onWhatsApp: boolean;
  reachable: boolean;
  reads: boolean;
  blocks: boolean;
  readonly scripts: ((message: TwilioMessage) => PersonWrites | string | undefined)[];
  /** When the person last wrote to an account's number: opens the 24-hour window. */
  readonly wroteAt: Map<string, number>;
}

/** A file as a person sends it. */
export interface TwilioFile {
  /** The file whole, as its media URL answers it. */
  readonly bytes: Uint8Array;
  /** E.g. `audio/ogg`, or `text/vcard` for an address card. */
  readonly contentType: string;
  /** Of a document; Twilio puts it into `Body`. */
  readonly fileName?: string;
  /** The words below it: the `Body`, where the person wrote no text of their own. */
  readonly caption?: string;
}

/** What a person writes. A plain string is a text. */
export interface PersonWrites {
  /** The `Body`; empty where nothing else gives one. */
  readonly text?: string;
  /** One at a time; its caption, or a document's name, is the `Body` where there is no `text`. */
  readonly file?: TwilioFile;
  /** Degrees; `label` and `address` where the person chose a place with a name. */
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly label?: string; readonly address?: string };
  /** The tap on a button; `template` where it belongs to a template, not to a message of the open session. */
  readonly button?: { readonly text: string; readonly payload?: string; readonly template?: boolean };
  /** The row that was tapped; its title is the `Body` where there is no `text`. */
  readonly list?: { readonly id: string; readonly title: string; readonly description?: string };
  /** The SID of the message that this one answers. */
  readonly replyTo?: string;
  /** `often` adds Twilio's `FrequentlyForwarded`; not forwarded where absent. */
  readonly forwarded?: "once" | "often";
  /** Further parameters by Twilio's names, e.g. those of a click-to-WhatsApp ad. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A file of a message. */
export interface TwilioMedia {
  /** `ME` and 32 hexadecimal digits. */
  readonly sid: string;
  /** The message that it came with. */
  readonly messageSid: string;
  /** The account of the message. */
  readonly accountSid: string;
  /** As it was sent, e.g. `image/jpeg`. */
  readonly contentType: string;
  /** The file whole. */
  readonly bytes: Uint8Array;
  /** Of a document; undefined of other files. */
  readonly fileName: string | undefined;
  /** Milliseconds by the fake's clock. */
  readonly createdAt: number;
  /** Names the file where its bytes lie. */
  readonly key: string;
}

/** The status of a message. */
export type TwilioStatus = "accepted" | "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "undelivered" | "received";

/** A message that was accepted, or came in. */
export interface TwilioMessage {
  /** `SM`, or `MM` with a file or by a template, and 32 hexadecimal digits. */
  readonly sid: string;
  /** The account whose sender or sandbox it went through. */
  readonly accountSid: string;
  /** `outbound-reply` is what TwiML answered to a webhook. */
  readonly direction: "inbound" | "outbound-api" | "outbound-reply";
  /** With their prefix, `whatsapp:+…`. */
  readonly from: string;
  /** With the prefix, `whatsapp:+…`, or a user id where the number is hidden. */
  readonly to: string;
  /** What the person reads: of a template, with its variables filled in. */
  readonly body: string;
  /** The template that it was sent by; undefined where it was none. */
  readonly contentSid: string | undefined;
  /** The parameters as they were sent, or as the webhook carries them. */
  readonly parameters: Parameters;
  /** What the person sent, or what is left once the API deleted some; always none of a message to a person. */
  readonly media: TwilioMedia[];
  /** How many files it was accepted with, also after one was deleted. */
  readonly numMedia: number;
  /** Who is at the other end; undefined where nobody of that address was added. */
  readonly contact: ContactState | undefined;
  /** Milliseconds by the fake's clock. */
  readonly createdAt: number;
  /** The newest of `statuses`. */
  status: TwilioStatus;
  /** Twilio's; undefined unless it failed. */
  errorCode: number | undefined;
  /** Every step so far, the oldest first, in milliseconds by the fake's clock. */
  readonly statuses: { readonly status: TwilioStatus; readonly at: number; readonly code?: number }[];
  /** Whether mark-as-read, which comes with a typing indicator, was asked for. */
  typingShown?: boolean;
}

/** Something that Twilio's debugger would show, e.g. 11200 for a webhook answered with an error. */
export interface TwilioAlert {
  /** Twilio's number of the alert. */
  readonly code: number;
  /** Where the webhook went. */
  readonly url: string;
  /** The message that the webhook was about. */
  readonly messageSid: string;
  /** What is wrong with the answer, in the fake's words. */
  readonly text: string;
  /** Milliseconds by the fake's clock. */
  readonly at: number;
}

/** What lies at a media URL. `status` other than 200 makes its download fail. */
export interface HostedFile {
  readonly contentType: string;
  /** Bytes; counts for the limits. */
  readonly size: number;
  readonly status: number;
}

/** Everything the fake knows. */
export interface TwilioState {
  readonly clock: Clock;
  /** A SID: the two letters and 32 hexadecimal digits. */
  readonly sid: (prefix: string) => string;
  readonly hexadecimal: (length: number) => string;
  readonly accounts: Map<string, AccountState>;
  readonly senders: SenderState[];
  readonly contents: Map<string, ContentState>;
  readonly contacts: ContactState[];
  readonly messages: TwilioMessage[];
  readonly sent: TwilioMessage[];
  readonly received: TwilioMessage[];
  readonly files: Map<string, HostedFile>;
  readonly exchanges: Exchange[];
  readonly alerts: TwilioAlert[];
  /** What tells the next status of an accepted message, by its SID. */
  readonly tellers: Map<string, (status: TwilioStatus, code?: number) => void>;
  /** Where the fake listens; undefined while it does not. */
  origin: string | undefined;
}
