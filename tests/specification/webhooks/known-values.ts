import type { KnownValue } from "./known-value.ts";
import { LATER_VALUES } from "./later-values.ts";

const metadata = { display_phone_number: "15550100001", phone_number_id: "700100" };
const ids = { id: "wamid.A", timestamp: "1767225600" };
const message = (rest: object): object => ({
  messaging_product: "whatsapp",
  metadata,
  messages: [{ from: "5511999990000", ...ids, ...rest }],
});
const status = (rest: object): object => ({
  messaging_product: "whatsapp",
  metadata,
  statuses: [{ ...ids, recipient_id: "5511999990000", ...rest }],
});
const received = (name: string, rest: object): KnownValue => ({ name, field: "messages", value: message(rest), type: "message.received" });
const file = { id: "1", mime_type: "video/mp4", sha256: "abc" };

const MESSAGES: readonly KnownValue[] = [
  received("audio, a voice note", { type: "audio", audio: { ...file, voice: true } }),
  received("video", { type: "video", video: file }),
  received("document", { type: "document", document: { ...file, filename: "bill.pdf" } }),
  received("sticker", { type: "sticker", sticker: { ...file, animated: true } }),
  received("a reaction taken back, without an emoji", { type: "reaction", reaction: { message_id: "wamid.B" } }),
  received("a reaction taken back, with an empty one", { type: "reaction", reaction: { message_id: "wamid.B", emoji: "" } }),
  received("a form that was filled in", {
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"size":"large"}' } },
  }),
  received("a message in a group", { type: "text", text: { body: "Hi" }, group_id: "Y2FwaV9ncm91cDox" }),
  received("a type nobody knows yet", { type: "hologram", hologram: {} }),
  {
    name: "a sender known by user id only",
    field: "messages",
    value: {
      messaging_product: "whatsapp",
      metadata,
      messages: [{ ...ids, from_user_id: "BR.1A2b3C", type: "text", text: { body: "Hi" } }],
    },
    type: "message.received",
  },
  {
    name: "an edited message",
    field: "messages",
    value: message({ type: "edit", edit: { original_message_id: "wamid.B", message: { type: "text", text: { body: "Hey" } } } }),
    type: "message.edited",
  },
  {
    name: "a revoked message",
    field: "messages",
    value: message({ type: "revoke", revoke: { original_message_id: "wamid.B" } }),
    type: "message.revoked",
  },
  {
    name: "a changed user id",
    field: "messages",
    value: message({
      type: "system",
      system: { type: "user_changed_user_id", user_id: "BR.2", previous_user_id: "BR.1", body: "changed" },
    }),
    type: "contact.changed",
  },
  {
    name: "an error without a message",
    field: "messages",
    value: { messaging_product: "whatsapp", metadata, errors: [{ code: 131031, title: "Locked" }] },
    type: "provider.error",
  },
  {
    name: "a status of a person known by user id only",
    field: "messages",
    value: { messaging_product: "whatsapp", metadata, statuses: [{ ...ids, status: "read", recipient_user_id: "BR.1A2b3C" }] },
    type: "message.status",
  },
  {
    name: "a status with its conversation, as before v24",
    field: "messages",
    value: status({ status: "sent", conversation: { id: "c", expiration_timestamp: 1767312000, origin: { type: "service" } } }),
    type: "message.status",
  },
];

const FIELDS: readonly KnownValue[] = [
  {
    name: "an echo of the phone app",
    field: "smb_message_echoes",
    value: {
      messaging_product: "whatsapp",
      metadata,
      message_echoes: [{ ...ids, from: "15550100001", to: "5511999990000", type: "text", text: { body: "Hi" } }],
    },
    type: "message.echoed",
  },
  {
    name: "a contact of the phone app",
    field: "smb_app_state_sync",
    value: {
      messaging_product: "whatsapp",
      metadata,
      state_sync: [
        {
          type: "contact",
          contact: { full_name: "Ana", phone_number: "5511999990000" },
          action: "add",
          metadata: { timestamp: "1767225600" },
        },
      ],
    },
    type: "contacts.synced",
  },
  {
    name: "history of the phone app",
    field: "history",
    value: {
      messaging_product: "whatsapp",
      metadata,
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 50 },
          threads: [{ id: "5511999990000", messages: [{ ...ids, from: "5511999990000", type: "text", text: { body: "Hi" } }] }],
        },
      ],
    },
    type: "history.received",
  },
  {
    name: "a call that rings",
    field: "calls",
    value: {
      messaging_product: "whatsapp",
      metadata,
      calls: [
        { id: "wacid.A", from: "5511999990000", to: "15550100001", event: "connect", direction: "USER_INITIATED", timestamp: "1767225600" },
      ],
    },
    type: "call.changed",
  },
  {
    name: "an opt-out of marketing",
    field: "user_preferences",
    value: {
      messaging_product: "whatsapp",
      metadata,
      user_preferences: [{ wa_id: "5511999990000", category: "marketing_messages", value: "stop", timestamp: 1767225600, detail: "stop" }],
    },
    type: "preference.changed",
  },
  {
    name: "a ban",
    field: "account_update",
    value: { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "January 1, 2026" } },
    type: "account.changed",
  },
  { name: "a review", field: "account_review_update", value: { decision: "APPROVED" }, type: "account.changed" },
  {
    name: "an alert",
    field: "account_alerts",
    value: { entity_type: "WABA", entity_id: "800100", alert_severity: "WARNING", alert_status: "ACTIVE", alert_type: "OBA_APPROVED" },
    type: "account.changed",
  },
  {
    name: "a capability",
    field: "business_capability_update",
    value: { max_daily_conversation_per_phone: 1000, max_phone_numbers_per_business: 25 },
    type: "account.changed",
  },
  {
    name: "a quality",
    field: "phone_number_quality_update",
    value: { display_phone_number: "15550100001", event: "FLAGGED", current_limit: "TIER_1K" },
    type: "number.changed",
  },
  {
    name: "a display name",
    field: "phone_number_name_update",
    value: { display_phone_number: "15550100001", decision: "APPROVED", requested_verified_name: "Bakery", rejection_reason: null },
    type: "number.changed",
  },
  {
    name: "a template's review",
    field: "message_template_status_update",
    value: { event: "APPROVED", message_template_id: 1, message_template_name: "order", message_template_language: "pt_BR", reason: null },
    type: "template.changed",
  },
  {
    name: "a template's quality",
    field: "message_template_quality_update",
    value: {
      previous_quality_score: "GREEN",
      new_quality_score: "YELLOW",
      message_template_id: 1,
      message_template_name: "order",
      message_template_language: "pt_BR",
    },
    type: "template.changed",
  },
  {
    name: "a template's category",
    field: "template_category_update",
    value: {
      message_template_id: 1,
      message_template_name: "order",
      message_template_language: "pt_BR",
      previous_category: "MARKETING",
      new_category: "UTILITY",
    },
    type: "template.changed",
  },
  {
    name: "a form's status",
    field: "flows",
    value: { event: "FLOW_STATUS_CHANGE", message: "published", flow_id: "1", old_status: "DRAFT", new_status: "PUBLISHED" },
    type: "flow.changed",
  },
];

/** Known values that the file has no example of, after Meta's webhook reference and the field notes. */
export const KNOWN_VALUES: readonly KnownValue[] = [...MESSAGES, ...FIELDS, ...LATER_VALUES];

/** A value as a webhook brings it. */
export function webhookOf({ field, value }: KnownValue): object {
  return { object: "whatsapp_business_account", entry: [{ id: "800100", time: 1767225600, changes: [{ field, value }] }] };
}
