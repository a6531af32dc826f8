import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { normalizeMeta } from "../normalize.ts";

const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const told = (field: string, value: object): readonly InboundEvent[] =>
  normalizeMeta({
    object: "whatsapp_business_account",
    entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value }] }],
  });

describe("fields of a number", () => {
  it("reads a call that rings and ends, with the person at the other end", () => {
    const call = { id: "wacid.1", from: "5511999990000", to: "15550001111", timestamp: "1750000001" };
    const calls = [
      { ...call, event: "connect", direction: "USER_INITIATED" },
      { ...call, event: "terminate", direction: "BUSINESS_INITIATED", to: "", to_user_id: "BR.1" },
      { event: "connect" },
    ];
    expect(told("calls", { metadata, calls })).toMatchObject([
      {
        key: "cloud-api:700100200|+5511999990000|+5511999990000|wacid.1|connect",
        type: "call.changed",
        data: { callId: "wacid.1", change: "connect", direction: "inbound", contact: { phone: "+5511999990000" } },
      },
      { data: { change: "terminate", direction: "outbound", contact: { userId: "BR.1" } } },
      { type: "event.unknown" },
    ]);
    const statuses = [{ id: "wacid.1", type: "call", status: "ACCEPTED", timestamp: 1_750_000_002, recipient_id: "5511999990000" }];
    expect(told("calls", { metadata, statuses })).toMatchObject([{ type: "call.changed", data: { change: "accepted" } }]);
  });

  it("reads chunks of history, whose files follow on their own, and history that is not shared", () => {
    const messages = [
      { from: "15550001111", id: "wamid.1", timestamp: "1739230955", type: "text", text: { body: "from us" } },
      { from: "5511999990000", id: "wamid.2", timestamp: "1739230970", type: "media_placeholder" },
    ];
    const history = [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [{ id: "5511999990000", messages }] }];
    expect(told("history", { metadata, history })).toMatchObject([
      {
        type: "history.received",
        route: "cloud-api:700100200",
        data: {
          phase: 0,
          chunk: 1,
          progress: 55,
          messages: [
            {
              messageId: "wamid.1",
              fromBusiness: true,
              contact: { phone: "+5511999990000" },
              at: 1_739_230_955_000,
              content: { kind: "text" },
            },
            {
              messageId: "wamid.2",
              fromBusiness: false,
              contact: { phone: "+5511999990000" },
              content: { kind: "media_placeholder" },
            },
          ],
        },
      },
    ]);
    const image = { from: "5511999990000", id: "wamid.2", timestamp: "1738796547", type: "image", image: { id: "9" } };
    expect(told("history", { metadata, messages: [image] })).toMatchObject([
      { type: "history.received", data: { messages: [{ messageId: "wamid.2", content: { kind: "image", media: { id: "9" } } }] } },
    ]);
    expect(told("history", { metadata, history: [{ errors: [{ code: 2593109, message: "turned off" }] }] })).toMatchObject([
      { type: "history.received", data: { messages: [], failure: { code: "provider_refused", vendor: { code: 2593109 } } } },
    ]);
  });

  it("reads the phone app's address book, preferences and replaced ids", () => {
    const contact = { full_name: "Ana Souza", first_name: "Ana", phone_number: "5511999990000" };
    const state_sync = [
      { type: "contact", contact, action: "add", metadata: { timestamp: "1739321024" } },
      { type: "contact", contact: { user_id: "BR.1" }, action: "remove" },
    ];
    expect(told("smb_app_state_sync", { metadata, state_sync })).toMatchObject([
      {
        type: "contacts.synced",
        data: {
          contacts: [
            { contact: { phone: "+5511999990000", name: "Ana Souza" }, action: "add", at: 1_739_321_024_000 },
            { contact: { userId: "BR.1" }, action: "remove" },
          ],
        },
      },
    ]);
    const user_preferences = [{ wa_id: "5511999990000", category: "marketing_messages", value: "stop", timestamp: 1_750_000_001 }];
    expect(told("user_preferences", { metadata, user_preferences })).toMatchObject([
      {
        type: "preference.changed",
        at: 1_750_000_001_000,
        data: { contact: { phone: "+5511999990000" }, category: "marketing_messages", value: "stop" },
      },
    ]);
    const user_id_update = [{ wa_id: "5511999990000", user_id: { previous: "BR.1", current: "BR.2" }, timestamp: 1_750_000_001 }];
    expect(told("user_id_update", { metadata, user_id_update })).toMatchObject([
      { type: "contact.changed", data: { contact: { phone: "+5511999990000", userId: "BR.2" }, previous: { userId: "BR.1" } } },
    ]);
  });

  it("reads what happened to a group", () => {
    const groups = [{ timestamp: "1750000001", group_id: "g1", type: "group_create", request_id: "r", subject: "s" }, {}];
    expect(told("group_lifecycle_update", { metadata, groups })).toMatchObject([
      { type: "group.changed", orderKey: "cloud-api:700100200|g1", data: { groupId: "g1", change: "group_create" } },
      { type: "event.unknown" },
    ]);
  });
});

describe("fields of an account", () => {
  const health = (value: object): unknown => told("account_update", value)[0]?.health;

  it("addresses them to the account, for every workspace with a number on it", () => {
    expect(told("account_update", { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SCAM" } })).toMatchObject([
      { type: "account.changed", route: "cloud-api:800100", scope: "account", data: { change: "account_violation", value: "SCAM" } },
    ]);
  });

  it("takes the account from the value where the entry is the partner's", () => {
    expect(told("account_update", { event: "PARTNER_REMOVED", waba_info: { waba_id: "800999" } })).toMatchObject([
      { route: "cloud-api:800999", scope: "account", health: { type: "closed", reason: "unlinked" } },
    ]);
  });

  it("tells health where an update says it: banned, to be banned, restored, restricted, removed, inactive, back", () => {
    const ban = (state: string): object => ({ event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } });
    expect(health(ban("DISABLE"))).toEqual({ type: "failed", code: "banned" });
    expect(health(ban("SCHEDULE_FOR_DISABLE"))).toEqual({ type: "restricted", reason: "scheduled_for_disable" });
    expect(health(ban("REINSTATE"))).toEqual({ type: "alive", unrestricted: true });
    const restriction_info = [
      { restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: 1_750_500_000 },
      { restriction_type: "RESTRICTED_ADD_PHONE_NUMBER_ACTION", expiration: "1750600000" },
    ];
    expect(health({ event: "ACCOUNT_RESTRICTION", restriction_info })).toEqual({
      type: "restricted",
      reason: "restricted_biz_initiated_messaging restricted_add_phone_number_action",
      until: 1_750_600_000_000,
    });
    expect(health({ event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "X" }] })).toEqual({
      type: "restricted",
      reason: "x",
    });
    expect(health({ event: "ACCOUNT_DELETED" })).toEqual({ type: "closed", reason: "unlinked" });
    expect(health({ event: "ACCOUNT_OFFBOARDED" })).toEqual({ type: "closed", reason: "phone_inactive" });
    expect(health({ event: "ACCOUNT_RECONNECTED" })).toEqual({ type: "alive" });
    expect(health({ event: "SOMETHING_NEW" })).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ["account_alerts", { entity_id: "1", alert_info: { alert_type: "LIMITS_DENIED" } }, { change: "alert", value: "LIMITS_DENIED" }],
    ["account_review_update", { decision: "REJECTED" }, { change: "review", value: "REJECTED" }],
    ["business_capability_update", { max_daily_conversation_per_phone: 1000 }, { change: "capability", value: "1000" }],
    [
      "phone_number_quality_update",
      { event: "FLAGGED", current_limit: "TIER_1K" },
      { change: "quality", value: "FLAGGED", limit: "TIER_1K" },
    ],
    [
      "phone_number_quality_update",
      { event: "UPGRADE", current_limit: "TIER_1K", max_daily_conversations_per_business: "TIER_10K" },
      { change: "quality", value: "UPGRADE", limit: "TIER_10K" },
    ],
    ["phone_number_name_update", { decision: "APPROVED" }, { change: "name", value: "APPROVED" }],
    ["security", { event: "PIN_CHANGED", requester: "1" }, { change: "settings", value: "PIN_CHANGED" }],
    ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "66" }, { change: "flow_status_change", flowId: "66" }],
  ])("reads %s %j", (field, value, data) => {
    expect(told(field, value)).toMatchObject([{ route: "cloud-api:800100", scope: "account", data: { ...data, raw: value } }]);
  });

  it.each<[string, object]>([
    ["phone_number_quality_update", { display_phone_number: "15550001111", event: "FLAGGED" }],
    ["phone_number_name_update", { display_phone_number: "+1 555-000-1111", decision: "APPROVED" }],
    ["security", { display_phone_number: "15550001111", event: "PIN_CHANGED" }],
    ["account_update", { phone_number: "15550001111", event: "PARTNER_REMOVED" }],
  ])("names the one number that %s is about, so that its neighbours do not hear of it", (field, value) => {
    expect(told(field, value)).toMatchObject([{ scope: "account", phone: "+15550001111" }]);
  });

  it("addresses an alert about one number to that number", () => {
    const alert = { entity_type: "PHONE_NUMBER", entity_id: "700100200", alert_info: { alert_type: "LIMITS_DENIED" } };
    const [event] = told("account_alerts", alert);
    expect(event).toMatchObject({ route: "cloud-api:700100200", data: { change: "alert", value: "LIMITS_DENIED" } });
    expect(event).not.toHaveProperty("scope");
  });

  it.each<[string, object, object]>([
    [
      "message_template_status_update",
      { event: "REJECTED", reason: "PROMOTIONAL" },
      { change: "status", value: "REJECTED", reason: "PROMOTIONAL" },
    ],
    ["message_template_status_update", { event: "APPROVED", reason: "NONE" }, { change: "status", value: "APPROVED" }],
    [
      "message_template_quality_update",
      { previous_quality_score: "GREEN", new_quality_score: "YELLOW" },
      { change: "quality", value: "YELLOW", previous: "GREEN" },
    ],
    [
      "template_category_update",
      { previous_category: "UTILITY", new_category: "MARKETING" },
      { change: "category", value: "MARKETING", previous: "UTILITY" },
    ],
    ["message_template_components_update", { message_template_element: "b" }, { change: "components" }],
  ])("reads %s %j", (field, value, data) => {
    const template = { message_template_id: 55, message_template_name: "hello", message_template_language: "en_US" };
    const [event] = told(field, { ...template, ...value });
    expect(event).toMatchObject({ type: "template.changed", orderKey: "cloud-api:800100|template:55", scope: "account" });
    expect(event?.data).toEqual({ templateId: "55", name: "hello", language: "en_US", ...data, raw: { ...template, ...value } });
  });
});
