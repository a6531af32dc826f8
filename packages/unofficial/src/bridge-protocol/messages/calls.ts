import type {
  ChangedGroup,
  ConnectionFacts,
  ConnectionStatus,
  Contact,
  FailureData,
  Group,
  GroupEdit,
  LinkStep,
  MediaContent,
  Notice,
  OutboundContent,
  Recipient,
} from "@wadesk/core";
import type { UnofficialDetails } from "../../details.ts";

/** A number as its bridge sees it. Both sides call it by its route, which is the same there as it would be within the app's process. */
export interface BridgedNumber {
  readonly route: string;
  /** E.164 with the plus. */
  readonly phone?: string;
  readonly status: ConnectionStatus;
  /** How long ago it was last heard of, in milliseconds: no clock is compared with another. */
  readonly seenMsAgo: number;
  readonly details: UnofficialDetails;
  readonly facts?: ConnectionFacts;
  readonly warnings: readonly Notice[];
}

/** Links a phone, or links it again where the bridge has it. Answered by lines of JSON, each a `LinkLine`; who stops reading them ends the attempt. */
export interface LinkCall {
  readonly workspaceId: string;
  /** E.164 with the plus. */
  readonly phone: string;
  readonly method?: "qr" | "code" | undefined;
}

/** One line of the answer to a `LinkCall`: the last one is `linked` or `failed`. */
export type LinkLine = { readonly step: LinkStep } | { readonly linked: BridgedNumber } | { readonly failed: FailureData };

/** Sends one message. The app's own id of it counts beside the call's: under one id no message goes out twice. */
export interface SendCall {
  readonly route: string;
  /** The app's id of the message. */
  readonly id: string;
  readonly to: Recipient;
  readonly content: OutboundContent;
  readonly replyTo?: string | undefined;
  readonly fallback?: "text" | undefined;
}

/** Asks for a ticket, by which one file may be brought to a number, by POST to `/v1/upload`, within five minutes and once. */
export interface TicketCall {
  readonly route: string;
  /** E.g. `image/jpeg`. */
  readonly mimeType: string;
  readonly fileName?: string | undefined;
  readonly kind?: MediaContent["kind"] | undefined;
  /** Where it is known before the file has ended. */
  readonly sizeBytes?: number | undefined;
}

/** Downloads a file that came in, or that was brought: answered by the file itself, as `sealedFile` writes it, with what is told of it in a header. */
export interface DownloadCall {
  readonly route: string;
  /** Of the file, as an event of this number names it. */
  readonly id: string;
}

/** About one group of a number. */
export interface GroupCall {
  readonly route: string;
  readonly groupId: string;
}

/** What a bridge found when it asked its app. */
export interface ProbeAnswer {
  /** The address that it asked: its APP_DOMAIN_NAME with the path of reports. */
  readonly app: string;
  /** `refused` where something answers there that does not take what the bridge signs, `no` where no app is reached. */
  readonly reached: "yes" | "refused" | "no";
  /** Where it is not reached, why, and what to do. */
  readonly reason?: string;
  /** How many linked numbers the bridge keeps. */
  readonly numbers: number;
}

/** What is called, by the last part of its path, `/v1/<name>`: what is given, and what an answer with status 200 holds. Any other is `{ error }`. */
export interface BridgeCalls {
  readonly send: { readonly given: SendCall; readonly answer: { readonly providerId: string; readonly acceptedAt: number } };
  readonly read: {
    readonly given: { readonly route: string; readonly messageId: string; readonly typing?: boolean | undefined };
    readonly answer: object;
  };
  /** Answered by what goes into the header `wadesk-ticket`. */
  readonly ticket: { readonly given: TicketCall; readonly answer: { readonly ticket: string } };
  readonly check: { readonly given: { readonly route: string }; readonly answer: BridgedNumber };
  /** Ends an attempt to link a number, whichever process has it in hand. */
  readonly cancel: { readonly given: { readonly route: string }; readonly answer: object };
  /**
   * Logs the number out and forgets it. One that the bridge does not have is gone already. With `endedMsAgo`, in milliseconds, the app has ended it before and says so
   * now: one that was linked since is not meant, and stays.
   */
  readonly disconnect: { readonly given: { readonly route: string; readonly endedMsAgo?: number | undefined }; readonly answer: object };
  /** Closes the session of a number that the app does not know. It stays linked, and goes on once the app is told of it and does not stop it again. */
  readonly stop: { readonly given: { readonly route: string }; readonly answer: object };
  /** The groups that the number is in. */
  readonly groups: { readonly given: { readonly route: string }; readonly answer: { readonly groups: readonly Group[] } };
  readonly group: { readonly given: GroupCall; readonly answer: { readonly group: Group } };
  readonly "group-create": {
    readonly given: { readonly route: string; readonly subject: string; readonly members: readonly Contact[] };
    readonly answer: ChangedGroup;
  };
  readonly "group-change": { readonly given: GroupCall & { readonly edit: GroupEdit }; readonly answer: ChangedGroup };
  readonly "group-leave": { readonly given: GroupCall; readonly answer: object };
  /** Answered by the address by which anybody joins. */
  readonly "group-invite": {
    readonly given: GroupCall & { readonly renew?: boolean | undefined };
    readonly answer: { readonly invite: string };
  };
  /** Joins by such an address. Answered by the group's id; by nothing where its admins are asked first. */
  readonly "group-join": {
    readonly given: { readonly route: string; readonly invite: string };
    readonly answer: { readonly groupId?: string | undefined };
  };
  /** All numbers that the bridge keeps. */
  readonly list: { readonly given: object; readonly answer: { readonly numbers: readonly BridgedNumber[] } };
  /** Has the bridge ask the app once, by a report of nothing, whether it takes what the bridge signs. */
  readonly probe: { readonly given: object; readonly answer: ProbeAnswer };
}

/** The name of a call that has one answer. */
export type CallName = keyof BridgeCalls;

/** The name of what is answered as it comes, or comes so: `upload` has a ticket in the place of a signature. */
export type StreamedCall = "link" | "download" | "upload";

/** The path of a call below the bridge's address. */
export function callPath(name: CallName | StreamedCall): `/v1/${string}` {
  return `/v1/${name}`;
}
