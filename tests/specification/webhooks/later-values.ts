import type { KnownValue } from "./known-value.ts";

const metadata = { display_phone_number: "15550100001", phone_number_id: "700100" };
const ids = { id: "wamid.A", timestamp: "1767225600" };
const of = (field: string, rest: object, type: KnownValue["type"], name: string): KnownValue => ({
  name,
  field,
  value: { messaging_product: "whatsapp", metadata, ...rest },
  type,
});
const person = {
  profile: { name: "Ana", username: "ana.s" },
  wa_id: "5511999990000",
  user_id: "BR.1A",
  parent_user_id: "BR.ENT.1A",
  identity_key_hash: "DF2lS5v2W6x=",
};
const message = { ...ids, from: "5511999990000", from_user_id: "BR.1A", from_parent_user_id: "BR.ENT.1A" };
const text = { ...message, type: "text", text: { body: "Hi" } };
const received = (name: string, rest: object, beside: object = {}): KnownValue =>
  of("messages", { contacts: [person], messages: [{ ...message, ...rest }], ...beside }, "message.received", name);
const error = { code: 131201, title: "Not eligible", message: "Not eligible", error_data: { details: "No Official Business Account" } };
const group = { timestamp: "1767225600", group_id: "Y2FwaV9ncm91cDox", request_id: "784D93" };

const MESSAGES: readonly KnownValue[] = [
  received("a click on an ad that shows a video", {
    type: "text",
    text: { body: "Hi" },
    referral: {
      source_url: "https://fb.me/1",
      source_id: "120",
      source_type: "ad",
      headline: "Chat with us",
      body: "Bread",
      media_type: "video",
      video_url: "https://scontent.example/v",
      image_url: "https://scontent.example/i",
      thumbnail_url: "https://scontent.example/t",
      ctwa_clid: "Aff",
      welcome_message: { text: "Hi there!" },
    },
  }),
  received("a question about a product", {
    type: "text",
    text: { body: "Is it fresh?" },
    context: { from: "15550100001", id: "wamid.B", referred_product: { catalog_id: "194", product_retailer_id: "di9" } },
  }),
  received("the answer to a request to call", {
    type: "interactive",
    context: { from: "15550100001", id: "wacid.A" },
    interactive: {
      type: "call_permission_reply",
      call_permission_reply: { response: "accept", is_permanent: false, expiration_timestamp: 1767312000, response_source: "user_action" },
    },
  }),
  received("a card that was asked for", {
    type: "contacts",
    contacts: [{ name: { formatted_name: "Ana", first_name: "Ana" }, origin: "contact_request", vcard: "BEGIN:VCARD\nFN:Ana\nEND:VCARD" }],
  }),
  received(
    "a message with what was said before",
    { type: "text", text: { body: "Hi" } },
    { conversation_context: { type: "summary", summary: { text: "She asks for a refund." } } },
  ),
  of(
    "messages",
    {
      messages: [
        { ...ids, type: "system", system: { type: "customer_identity_changed", customer: "5511999990000", identity: "k", body: "b" } },
      ],
    },
    "contact.changed",
    "a changed identity",
  ),
  of(
    "messages",
    {
      statuses: [
        {
          ...ids,
          status: "read",
          recipient_id: group.group_id,
          recipient_type: "group",
          participant_recipient_id: "5511999990000",
          recipient_participant_user_id: "BR.1A",
          conversation: {
            id: "c",
            origin: { type: "group_service" },
            pricing: { billable: true, pricing_model: "PMP", category: "group_service" },
          },
        },
      ],
    },
    "message.status",
    "the status of a participant, with its price in the conversation",
  ),
  of(
    "messages",
    {
      user_actions: [
        {
          action_type: "marketing_messages_link_click",
          timestamp: "1767225600",
          marketing_messages_link_click_data: { click_component: "cta", product_id: "p", click_id: "c", tracking_token: "t" },
        },
      ],
    },
    "marketing.tracked",
    "a tap on a marketing message",
  ),
];

const FIELDS: readonly KnownValue[] = [
  of("standby", { standby: { contacts: [person], messages: [text] } }, "conversation.observed", "a message that another sender answers"),
  of(
    "standby",
    {
      standby: {
        message_echoes: [{ ...ids, message: { messaging_product: "whatsapp", to: "5511999990000", type: "text", text: { body: "Hi" } } }],
      },
    },
    "conversation.observed",
    "what another sender answered",
  ),
  of(
    "standby",
    { standby: { statuses: [{ ...ids, status: "delivered", recipient_id: "5511999990000" }] } },
    "conversation.observed",
    "what became of it",
  ),
  {
    name: "a conversation that was handed over",
    field: "messaging_handovers",
    value: {
      messaging_product: "whatsapp",
      sender: { phone_number: "5511999990000" },
      recipient: metadata,
      type: "control_passed",
      timestamp: "1767225600",
      control_passed: {
        previous_owner_app_role: "meta_business_agent",
        previous_owner_role: "ai_agent",
        new_owner_role: "escalation",
        metadata: "A person is asked for",
        conversation_context: { type: "summary", summary: { text: "A refund." } },
      },
    },
    type: "conversation.transferred",
  },
  of(
    "automatic_events",
    {
      automatic_events: [
        { id: "wamid.A", event_name: "Purchase", timestamp: 1767225600, ctwa_clid: "Aff", custom_data: { currency: "USD", value: 25000 } },
      ],
    },
    "conversion.detected",
    "a sale that Meta found",
  ),
  of(
    "tracking_events",
    { events: [{ event_name: "sent", timestamp: 1767225600, tracking_data: { click_id: "c", tracking_token: "t" } }] },
    "marketing.tracked",
    "an event of a marketing message",
  ),
  of(
    "group_participants_update",
    {
      groups: [
        {
          ...group,
          type: "group_participants_remove",
          initiated_by: "business",
          removed_participants: [{ input: "5511999990000", wa_id: "5511999990000", user_id: "BR.1A", username: "ana.s" }],
          failed_participants: [{ input: "5511888880000", errors: [error] }],
        },
      ],
    },
    "group.changed",
    "participants of whom one could not be removed",
  ),
  {
    name: "a business username",
    field: "business_username_updates",
    value: { display_phone_number: "15550100001", username: "bakery", status: "approved" },
    type: "number.changed",
  },
  {
    name: "the settings of a number",
    field: "account_settings_update",
    value: {
      messaging_product: "whatsapp",
      timestamp: "1767225600",
      type: "PHONE_NUMBER_SETTINGS",
      phone_number_settings: { phone_number_id: "700100", calling: { status: "ENABLED" } },
    },
    type: "number.changed",
  },
  {
    name: "a partner's solution",
    field: "partner_solutions",
    value: { event: "SOLUTION_UPDATED", solution_id: "77", solution_status: "ACTIVE" },
    type: "account.changed",
  },
  {
    name: "a way to be paid",
    field: "payment_configuration_update",
    value: {
      configuration_name: "upi",
      provider_name: "razorpay",
      provider_mid: "m",
      status: "Active",
      created_timestamp: 1,
      updated_timestamp: 2,
    },
    type: "account.changed",
  },
  {
    name: "a strike",
    field: "account_update",
    value: {
      event: "ACCOUNT_RESTRICTION",
      violation_info: { violation_type: "DIRECT_SEND_UTILITY_CATEGORY_ABUSE_STRIKE_1", remediation: "r" },
      restriction_info: [{ restriction_type: "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES", expiration: 1767830400 }],
    },
    type: "account.changed",
  },
];

/** Values of what came later than the file, or that it leaves out: identity, conversations, what Meta counts. */
export const LATER_VALUES: readonly KnownValue[] = [...MESSAGES, ...FIELDS];
