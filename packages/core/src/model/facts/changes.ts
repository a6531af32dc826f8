import type { FailureData } from "../../errors/wadesk-error.ts";
import type { Contact } from "../contact.ts";
import type { VendorItem } from "../vendor-item.ts";
import type { VendorWord } from "./vendor-word.ts";

/** What is known to happen to an account: our words for what has a field of its own, and Meta's events in small letters. */
export type AccountWord =
  | "account_deleted"
  | "account_offboarded"
  | "account_reconnected"
  | "account_restriction"
  | "account_violation"
  | "alert"
  | "business_primary_location_country_update"
  | "business_status"
  | "capability"
  | "disabled_update"
  | "partner_app_uninstalled"
  | "partner_client_certification_status_update"
  | "partner_removed"
  | "payment_configuration"
  | "review";

/** What is known to happen to a call: `connect` and `terminate` are Meta's, the others of WhatsApp Web. */
export type CallWord = "accepted" | "connect" | "ended" | "missed" | "rejected" | "ringing" | "terminate";

/** What is known to happen to a group: our words on WhatsApp Web; Meta's own types come as they are. */
export type GroupWord =
  | "added"
  | "announcement"
  | "created"
  | "demoted"
  | "description"
  | "disappearing"
  | "invite"
  | "join_approval"
  | "join_requested"
  | "joined"
  | "left"
  | "locked"
  | "member_add_mode"
  | "number_changed"
  | "picture"
  | "promoted"
  | "removed"
  | "subject";

/** What is known to happen to a form: Meta's events in small letters. */
export type FlowWord =
  | "client_error_rate"
  | "endpoint_availability"
  | "endpoint_error_rate"
  | "endpoint_latency"
  | "flow_status_change"
  | "flow_version_expiry_warning";

/** The person changed number, business-scoped id or keys. */
export interface ContactChanged extends VendorItem {
  /** The person as they are known from now on. */
  readonly contact: Contact;
  /** As they were known before. */
  readonly previous: Contact;
  /** The vendor's own sentence. */
  readonly text?: string;
}

/** A template's review, quality or category moved. */
export interface TemplateChanged extends VendorItem {
  /** The vendor's id of the template. */
  readonly templateId: string;
  /** As a message names it. */
  readonly name: string;
  /** The vendor's code of the language, e.g. `pt_BR`. */
  readonly language?: string;
  /** What moved. */
  readonly change: "status" | "quality" | "category" | "components";
  /** What it is from now on, in the vendor's word, e.g. `APPROVED`. */
  readonly value?: string;
  /** What it was before, in the vendor's word. */
  readonly previous?: string;
  /** Why, in the vendor's word. */
  readonly reason?: string;
  /** What the vendor's reviewers say is wrong, and what would mend it. */
  readonly rejection?: { readonly reason?: string; readonly advice?: string };
}

/** Something changed about the number itself: its quality, its limit, its display name, its username. */
export interface NumberChanged extends VendorItem {
  /** What moved. */
  readonly change: "quality" | "name" | "username" | "settings";
  /** What it is from now on, in the vendor's word. */
  readonly value?: string;
  /** How many people may be written to first in a day, in the vendor's word, e.g. `TIER_2K`. */
  readonly limit?: string;
  /** The display name or username it is about, which is without `@`. */
  readonly name?: string;
  /** Why it was refused. */
  readonly reason?: string;
}

/** Something changed about the vendor's account: a review, a ban, a restriction, a capability. */
export interface AccountChanged extends VendorItem {
  /** What happened. */
  readonly change: VendorWord<AccountWord>;
  /** What it is from now on, in the vendor's word. */
  readonly value?: string;
  /** Which part of the account: the name of a payment configuration, the id of a partner's solution. */
  readonly part?: string;
}

/** A call rings, was answered or ended. */
export interface CallChanged extends VendorItem {
  /** The vendor's id of the call, the same in all that it tells of it. */
  readonly callId: string;
  /** What the business gave the call as its own mark, where the vendor carries it back. */
  readonly reference?: string;
  /** The person who calls or is called. */
  readonly contact?: Contact;
  /** What happened. */
  readonly change: VendorWord<CallWord>;
  /** `inbound`: the person calls. */
  readonly direction?: "inbound" | "outbound";
  /** How a call ended. */
  readonly outcome?: "completed" | "failed";
  /** How long it lasted after it was answered. */
  readonly durationSeconds?: number;
  /** The group that is called; absent in a chat of two. */
  readonly groupId?: string;
  /** Whether it is a call with pictures. */
  readonly video?: boolean;
}

/** Somebody came or went, or began to write. */
export interface PresenceChanged extends VendorItem {
  /** Who came, went or writes. */
  readonly contact: Contact;
  /** The group they write in; absent in a chat of two. */
  readonly groupId?: string;
  /** `composing` a text, `recording` a voice note, or `paused` in the midst of it. */
  readonly state: "available" | "unavailable" | "composing" | "recording" | "paused";
  /** When they were last there, in milliseconds since the epoch, where they let others know. */
  readonly lastSeenAt?: number;
}

/** The address book of the linked phone changed. */
export interface ContactsSynced extends VendorItem {
  /** Each entry that was added, changed (an `add`) or removed; `at` in milliseconds since the epoch. */
  readonly contacts: readonly { readonly contact: Contact; readonly action: "add" | "remove"; readonly at?: number }[];
}

/** The person opted in to or out of marketing. */
export interface PreferenceChanged extends VendorItem {
  /** Whose wish it is. */
  readonly contact: Contact;
  /** What the wish is about, in the vendor's word, e.g. `marketing_messages`. */
  readonly category: string;
  /** What the person wishes, in the vendor's word, e.g. `stop` or `resume`. */
  readonly value: string;
}

/** A group was made, changed or left. */
export interface GroupChanged extends VendorItem {
  /** The vendor's id of the group; absent where a request to make one failed. */
  readonly groupId?: string;
  /** What happened. */
  readonly change: VendorWord<GroupWord>;
  /** The vendor's id of the request that this answers. */
  readonly requestId?: string;
  /** Who asked to join, or no longer does. */
  readonly contact?: Contact;
  /** Who is in it from now on. */
  readonly added?: readonly Contact[];
  /** Who is in it no longer. */
  readonly removed?: readonly Contact[];
  /** Who is an admin now, or no longer. */
  readonly promoted?: readonly Contact[];
  /** Who is an admin no longer. */
  readonly demoted?: readonly Contact[];
  /** What it is called, says of itself or was set to from now on, as text. */
  readonly value?: string;
  /** Why it was not done, or not for all that it was asked for: what did change stands beside it. */
  readonly failure?: FailureData;
}

/** A form's status or health moved. */
export interface FlowChanged extends VendorItem {
  /** The vendor's id of the form. */
  readonly flowId?: string;
  /** What happened. */
  readonly change: VendorWord<FlowWord>;
}
