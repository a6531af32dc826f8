import { describe, expect, it } from "vitest";
import { metadata, ofNumber, toldOf } from "../../testing/told-of.ts";

const ids = { id: "wamid.1", timestamp: "1750000001" };

describe("conversations that another sender handles", () => {
  const standby = (value: object): ReturnType<typeof ofNumber> => ofNumber("standby", { standby: value });

  it("are observed, never received", () => {
    const contacts = [{ profile: { name: "Ana" }, wa_id: "5511999990000", user_id: "BR.1" }];
    const messages = [{ ...ids, from: "5511999990000", from_user_id: "BR.1", type: "text", text: { body: "Hi" } }];
    const body = { messaging_product: "whatsapp", to: "5511999990000", type: "text", text: { body: "Hello, I am an assistant" } };
    const message_echoes = [{ ...ids, id: "wamid.2", message: body }];
    const statuses = [{ ...ids, id: "wamid.2", status: "delivered", recipient_id: "5511999990000" }];
    const events = standby({ contacts, messages, message_echoes, statuses });
    expect(events).toMatchObject([
      {
        type: "conversation.observed",
        key: "cloud-api:700100200|+5511999990000|+5511999990000|wamid.1|standby",
        orderKey: "cloud-api:700100200|BR.1",
        phoneOrderKey: "cloud-api:700100200|+5511999990000",
        at: 1_750_000_001_000,
        data: {
          messageId: "wamid.1",
          fromBusiness: false,
          contact: { phone: "+5511999990000", userId: "BR.1", name: "Ana" },
          content: { kind: "text", text: "Hi" },
          raw: messages[0],
        },
      },
      {
        type: "conversation.observed",
        data: {
          messageId: "wamid.2",
          fromBusiness: true,
          contact: { phone: "+5511999990000" },
          content: { kind: "text", text: "Hello, I am an assistant" },
          raw: message_echoes[0],
        },
      },
      { type: "conversation.observed", data: { messageId: "wamid.2", fromBusiness: true, status: "delivered", raw: statuses[0] } },
    ]);
    expect(events[2]?.data).not.toHaveProperty("content");
    expect(events[0]?.data.beside).toEqual({ messaging_product: "whatsapp", metadata, standby: { contacts } });
    expect(new Set(events.map(({ key }) => key)).size).toBe(3);
  });

  it("are read where the person is known by an id, in a group, and where Meta says nothing", () => {
    const echo = (message: object): object => ({ ...ids, message });
    expect(standby({ message_echoes: [echo({ recipient: "BR.1", type: "text", text: { body: "a" } })] })).toMatchObject([
      { data: { contact: { userId: "BR.1" } } },
    ]);
    const group = echo({ recipient_type: "group", to: "g1", type: "text", text: { body: "a" } });
    const [inGroup] = standby({ message_echoes: [group] });
    expect(inGroup).toMatchObject({ type: "conversation.observed", data: { groupId: "g1" } });
    expect(inGroup?.data).not.toHaveProperty("contact");
    const system = { ...ids, from: "5511999990000", type: "system", system: { body: "b" } };
    expect(standby({ messages: [system] })).toMatchObject([{ type: "event.unknown", data: { raw: system } }]);
    expect(standby({ moons: 2 })).toMatchObject([{ type: "event.unknown", data: { raw: { standby: { moons: 2 } } } }]);
    expect(standby({ messages: [{ type: "text" }], statuses: [7] })).toMatchObject([{ type: "event.unknown" }, { type: "event.unknown" }]);
  });

  it("change hands, at the number that the value names", () => {
    const handover = {
      messaging_product: "whatsapp",
      sender: { phone_number: "5511999990000" },
      recipient: { phone_number_id: "700100200", display_phone_number: "15550001111" },
      timestamp: "1750000001",
    };
    const control = { previous_owner_role: "ai_agent", new_owner_role: "escalation", metadata: "She asked for a person" };
    const conversation_context = { type: "summary", summary: { text: "A refund." } };
    const passed = { ...handover, type: "control_passed", control_passed: { ...control, conversation_context } };
    expect(toldOf("messaging_handovers", passed)).toMatchObject([
      {
        type: "conversation.transferred",
        route: "cloud-api:700100200",
        orderKey: "cloud-api:700100200|+5511999990000",
        at: 1_750_000_001_000,
        data: {
          contact: { phone: "+5511999990000" },
          change: "gained",
          previous: "ai_agent",
          current: "escalation",
          note: "She asked for a person",
          summary: "A refund.",
          raw: passed,
        },
      },
    ]);
    const { sender, ...silent } = handover;
    const taken = { ...silent, type: "control_taken", control_taken: { previous_owner_app_role: "meta_business_agent" } };
    const [lost] = toldOf("messaging_handovers", taken);
    expect(lost).toMatchObject({ data: { change: "lost", previous: "meta_business_agent" } });
    expect([lost?.scope, lost?.data]).toEqual([undefined, expect.not.objectContaining({ contact: expect.anything() })]);
    expect(toldOf("messaging_handovers", { ...handover, type: "control_shared" })).toMatchObject([
      { type: "event.unknown", route: "cloud-api:700100200" },
    ]);
  });
});

describe("what Meta counts", () => {
  it("is a conversion that it detected", () => {
    const automatic_events = [
      { id: "wamid.1", event_name: "LeadSubmitted", timestamp: 1_750_000_001, ctwa_clid: "c" },
      { id: "wamid.2", event_name: "Purchase", timestamp: 1_750_000_002, custom_data: { currency: "USD", value: 25_000 } },
      { event_name: "Purchase" },
    ];
    expect(ofNumber("automatic_events", { automatic_events })).toMatchObject([
      { type: "conversion.detected", at: 1_750_000_001_000, data: { messageId: "wamid.1", conversion: "lead", clickId: "c" } },
      { type: "conversion.detected", data: { messageId: "wamid.2", conversion: "purchase", currency: "USD", value: 25_000 } },
      { type: "event.unknown" },
    ]);
  });

  it("is what people did with a marketing message", () => {
    const events = [{ event_name: "sent", timestamp: 1_750_000_001, tracking_data: { click_id: "c", tracking_token: "t" } }, {}];
    expect(ofNumber("tracking_events", { events })).toMatchObject([
      { type: "marketing.tracked", at: 1_750_000_001_000, data: { action: "sent", clickId: "c", token: "t" } },
      { type: "event.unknown" },
    ]);
    const data = { click_component: "cta", product_id: "p", click_id: "c", tracking_token: "t" };
    const user_actions = [
      { action_type: "marketing_messages_link_click", timestamp: "1750000001", marketing_messages_link_click_data: data },
    ];
    expect(ofNumber("messages", { user_actions })).toMatchObject([
      {
        type: "marketing.tracked",
        data: { action: "marketing_messages_link_click", clickId: "c", token: "t", part: "cta", productId: "p" },
      },
    ]);
  });
});

describe("fields of an account that came later", () => {
  const first = (field: string, value: object): unknown => toldOf(field, value)[0];

  it.each(["business_username_update", "business_username_updates", "phone_number_username_update"])("reads %s", (field) => {
    const value = { display_phone_number: "15550001111", username: "@bakery", status: "approved" };
    expect(first(field, value)).toMatchObject({
      type: "number.changed",
      scope: "account",
      phone: "+15550001111",
      data: { change: "username", value: "approved", name: "bakery" },
    });
    const refused = {
      display_phone_number: "15550001111",
      requested_username: "bakery",
      decision: "REJECTED",
      rejection_reasons: ["TAKEN", "LONG"],
    };
    expect(first(field, refused)).toMatchObject({ data: { change: "username", value: "REJECTED", name: "bakery", reason: "TAKEN LONG" } });
  });

  it("reads partners' solutions and payment configurations as what they are called", () => {
    expect(first("partner_solutions", { event: "SOLUTION_UPDATED", solution_id: "77", solution_status: "ACTIVE" })).toMatchObject({
      type: "account.changed",
      scope: "account",
      data: { change: "solution_updated", value: "ACTIVE", part: "77" },
    });
    const payment = { configuration_name: "upi", provider_name: "razorpay", provider_mid: "m", status: "Needs Testing" };
    expect(first("payment_configuration_update", payment)).toMatchObject({
      type: "account.changed",
      scope: "account",
      data: { change: "payment_configuration", value: "Needs Testing", part: "upi" },
    });
    expect(first("business_status_update", { business_id: "9", event: "BUSINESS_VERIFIED" })).toMatchObject({
      data: { change: "business_status", value: "BUSINESS_VERIFIED", part: "9" },
    });
    expect(first("payment_configuration_update", {})).toMatchObject({ type: "event.unknown" });
  });

  it("tells why a template or a display name was refused", () => {
    const template = { message_template_id: 1, message_template_name: "order", event: "REJECTED", reason: "INVALID_FORMAT" };
    const rejection_info = { reason: "A variable ends the body.", recommendation: "Put words behind it." };
    expect(first("message_template_status_update", { ...template, rejection_info })).toMatchObject({
      data: { reason: "INVALID_FORMAT", rejection: { reason: "A variable ends the body.", advice: "Put words behind it." } },
    });
    const name = { decision: "REJECTED", requested_verified_name: "Bakery", rejection_reason: "NAME_NOT_CONSISTENT" };
    expect(first("phone_number_name_update", name)).toMatchObject({
      data: { change: "name", value: "REJECTED", name: "Bakery", reason: "NAME_NOT_CONSISTENT" },
    });
  });

  it("reads the settings of a number at that number alone", () => {
    const value = {
      type: "PHONE_NUMBER_SETTINGS",
      phone_number_settings: { phone_number_id: "700100200", calling: { status: "ENABLED" } },
    };
    const event = first("account_settings_update", value);
    expect(event).toMatchObject({ type: "number.changed", route: "cloud-api:700100200", data: { change: "settings" } });
    expect(event).not.toHaveProperty("scope");
    const nobodys = first("account_settings_update", { type: "PHONE_NUMBER_SETTINGS", phone_number_settings: { calling: {} } });
    expect(nobodys).toMatchObject({ type: "event.unknown", route: "cloud-api:800100" });
    expect(nobodys).not.toHaveProperty("scope");
  });
});

describe("calls and the past", () => {
  it("carry back our own mark, and tell how a call ended", () => {
    const call = { id: "wacid.1", from: "15550001111", to: "5511999990000", timestamp: "1750000001", biz_opaque_callback_data: "order-7" };
    const calls = [{ ...call, event: "terminate", direction: "BUSINESS_INITIATED", status: "Completed", duration: 42 }];
    expect(ofNumber("calls", { calls })).toMatchObject([
      { data: { reference: "order-7", outcome: "completed", durationSeconds: 42, contact: { phone: "+5511999990000" } } },
    ]);
    const statuses = [
      { id: "wacid.1", type: "call", status: "RINGING", recipient_id: "5511999990000", biz_opaque_callback_data: "order-7" },
    ];
    expect(ofNumber("calls", { statuses })).toMatchObject([{ data: { reference: "order-7" } }]);
  });

  it("name the person of a call, on whichever side Meta writes the business", () => {
    const turned = { id: "wacid.1", from: "5511999990000", to: "15550001111", event: "connect", direction: "BUSINESS_INITIATED" };
    expect(ofNumber("calls", { calls: [turned] })).toMatchObject([
      { data: { direction: "outbound", contact: { phone: "+5511999990000" } } },
    ]);
    const { direction, ...aimless } = { ...turned, from: "15550001111", to: "5511999990000" };
    expect(ofNumber("calls", { calls: [aimless] })).toMatchObject([{ data: { contact: { phone: "+5511999990000" } } }]);
  });

  it("tell who the person of a thread is, and how far a message had come", () => {
    const context = { wa_id: "5511999990000", user_id: "BR.1", parent_user_id: "BR.ENT.1", username: "@ana.s" };
    const messages = [
      { ...ids, from: "15550001111", to: "5511999990000", type: "text", text: { body: "a" }, history_context: { status: "READ" } },
      { ...ids, id: "wamid.2", from_user_id: "BR.1", type: "text", text: { body: "b" }, history_context: { status: "PENDING" } },
    ];
    const [event] = ofNumber("history", { history: [{ threads: [{ id: "5511999990000", context, messages }] }] });
    const contact = { phone: "+5511999990000", userId: "BR.1", parentUserId: "BR.ENT.1", username: "ana.s" };
    expect(event).toMatchObject({
      data: {
        messages: [
          { contact, fromBusiness: true, status: "read" },
          { contact, fromBusiness: false },
        ],
      },
    });
    expect(JSON.stringify(event?.data)).not.toContain('"status":"pending"');
  });

  it("tell who a file of the past is from, by the profiles that come with the files", () => {
    const contacts = [
      { profile: { username: "ana.s" }, user_id: "BR.1", parent_user_id: "BR.ENT.1" },
      { profile: { username: "bia" }, user_id: "BR.2" },
    ];
    const image = { type: "image", image: { id: "9" } };
    const messages = [{ ...ids, ...image, from_user_id: "BR.1" }];
    const message_echoes = [{ ...ids, ...image, to_user_id: "BR.2" }];
    expect(ofNumber("history", { contacts, messages, message_echoes })).toMatchObject([
      { data: { messages: [{ contact: { userId: "BR.1", parentUserId: "BR.ENT.1", username: "ana.s" } }] } },
      { data: { messages: [{ contact: { userId: "BR.2", username: "bia" }, fromBusiness: true }] } },
    ]);
  });
});
