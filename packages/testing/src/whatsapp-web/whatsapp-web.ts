import type { Agent } from "node:https";
import type { Clock } from "@wadesk/core";
import type { FieldKinds } from "@wadesk/core/ports";
import type { FaultHandle } from "../fakes/stage/fault-list.ts";
import type { NewAccount } from "./directory/directory.ts";
import type { Addressing } from "./directory/jid.ts";
import type { Group } from "./groups/group.ts";
import type { QrRefresh } from "./linking/linking.ts";
import type { Phone } from "./phones/phone.ts";
import type { WhatsAppWebFault } from "./server/faults.ts";

/** A WhatsApp Web server on loopback with the people on it. */
export interface WhatsAppWeb {
  /** `ws://127.0.0.1:<port>/ws/chat`: what Baileys takes as `waWebSocketUrl`. Another one after a restart on another port. */
  readonly url: string;
  /**
   * What Baileys takes as `fetchAgent`, with which its uploads trust the media host's certificate. Downloads need nothing: while the server runs,
   * `fetch` in this process reaches its media host, and no longer WhatsApp's.
   */
  readonly fetchAgent: Agent;
  /**
   * The public key of the root that signs this server's certificates, 64 hexadecimal digits. A client in another process is told to trust it by
   * `WA_CERT_DETAILS.PUBLIC_KEY.set(Buffer.from(rootKey, "hex"))`, the constant being Baileys' own; 7.0.0-rc14 takes any root.
   */
  readonly rootKey: string;
  /** The media host's certificate as PEM, for a client in another process. */
  readonly certificate: string;
  /** `https://127.0.0.1:<port>`: what stands in for `https://mmg.whatsapp.net`, where WhatsApp's files lie. */
  readonly mediaUrl: string;
  /** `http://127.0.0.1:<port>`: the same files without TLS. */
  readonly plainMediaUrl: string;
  /** Every file that is on the media host now has expired: whoever fetches it meets 410. */
  expireMedia(): void;
  /** Every file is gone: whoever fetches it meets 404, and no phone has it any more. */
  loseMedia(): void;
  /** Puts a person with a phone on WhatsApp. Throws when the number is taken or holds anything but 5 to 15 digits. */
  addPhone(person: NewAccount): Phone;
  /** The group of an address, such as one that a client has made. Throws when there is none. */
  group(jid: string): Group;
  /**
   * WhatsApp tells the client that shows a QR code to make a new secret and to draw it again: nobody can be linked by this one any more. Baileys
   * 7.0.0-rc14 does not hear it and goes on showing the old one (Baileys#2737). Throws when no client shows it.
   */
  refreshQr(qr: string, child?: QrRefresh): void;
  /** From now on clients that ask for their AB props get this one as well, or no longer where `value` is undefined; such as `10518`, `0`. */
  setProp(code: string, value: string | undefined): void;
  /** Resolves with the first answer of `look` that is not undefined: it is asked again whenever something has happened. Rejects after 10 seconds. */
  until<Found>(what: string, look: () => Found | undefined): Promise<Found>;
  /** Cuts every connection and starts again with the same accounts, groups and links: on the same port, or on a free one where `port` is 0. */
  restart(port?: number): Promise<void>;
  /** Lets something go wrong; it strikes once, or as often as `times` says. */
  fault(fault: WhatsAppWebFault): FaultHandle;
  /** What clients did that WhatsApp Web's protocol does not know, each with its stanza, and scripts that failed. Every wait fails as soon as there is one. */
  readonly complaints: readonly string[];
  /** Answers the complaints and forgets them, for a test that provoked them. */
  takeComplaints(): readonly string[];
  /** Throws when there are complaints. */
  assertClean(): void;
  /** The newest 2,000 stanzas of both directions in readable form. Bytes are only counted: no key is ever in it. */
  transcript(): string;
  /** Cuts every connection and stops listening; whoever still waits fails. Rejects when there are complaints, once everything is closed. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How the server is set up. Everything has a default. */
export interface WhatsAppWebOptions {
  /** A free one where absent. */
  readonly port?: number;
  /** Hears each complaint as it comes, with its stanza; then nothing fails by one. */
  readonly onComplaint?: (complaint: string) => void;
  /** The clock of the machine where absent. QR codes expire and timestamps are written by it. */
  readonly clock?: Clock;
  /** How many QR codes a client gets to show; 6 where absent. */
  readonly qrRefs?: number;
  /** The oldest client that may log in; an older one meets the failure 405. */
  readonly oldestVersion?: readonly [number, number, number];
  /** What a client is told to send along when it connects again. */
  readonly routingInfo?: Uint8Array;
  /**
   * Whether people name each other by LID or by phone number in a chat of two, unless `send` says otherwise; by LID where absent, as WhatsApp's own
   * clients do by mid-2026 (whatsmeow, 4f8f64e0).
   */
  readonly chatAddressing?: Addressing;
  /** Whether members know each other by phone number or by LID in the groups that clients make; by number where absent. */
  readonly groupAddressing?: Addressing;
  /** The AB props that clients are given, by their codes; none where absent. */
  readonly props?: Readonly<Record<string, string>>;
  /**
   * Whether a client may give one contact a second privacy token within seven days; a complaint where absent. Bare Baileys 7.0.0-rc14 does so at every
   * message to a contact, because what it stores of the first is lost: `allowed` is for tests of bots that run it as it is.
   */
  readonly repeatedTokens?: "allowed" | "complaint";
  /** Where every stanza of both directions is written as it passes, as `transcript()` words it; nowhere where absent. */
  readonly transcriptFile?: string;
  /** Stanzas of at least as many bytes are sent compressed; 4096 where absent. */
  readonly compressFromBytes?: number;
}

/** What each option may be. */
export const WHATSAPP_WEB_OPTIONS: FieldKinds<WhatsAppWebOptions> = {
  port: "number",
  onComplaint: "function",
  clock: "object",
  qrRefs: "number",
  oldestVersion: "list",
  routingInfo: "any",
  chatAddressing: "text",
  groupAddressing: "text",
  props: "object",
  repeatedTokens: "text",
  transcriptFile: "text",
  compressFromBytes: "number",
};
