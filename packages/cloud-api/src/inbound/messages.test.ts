import type { InboundContent } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { normalizeMeta } from "./normalize.ts";

const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const received = (value: object, field = "messages"): readonly InboundEvent[] =>
  normalizeMeta({
    object: "whatsapp_business_account",
    entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value: { metadata, ...value } }] }],
  });
const message = (type: string, rest: object): object => ({ from: "5511999990000", id: "wamid.1", timestamp: "1750000001", type, ...rest });
const contentOf = (type: string, rest: object): InboundContent | undefined => {
  const [event] = received({ messages: [message(type, rest)] });
  return event?.type === "message.received" ? event.data.content : undefined;
};
const file = { id: "900", mime_type: "image/jpeg", sha256: "abc=" };

it.each([
  ["nested 5,000 deep", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
  ["with a number beyond all numbers", '{"seats":1e999}'],
])("keeps a form's answer as its text: one %s", (_name, response_json) => {
  const content = contentOf("interactive", { interactive: { type: "nfm_reply", nfm_reply: { response_json } } });
  expect(content).toEqual({ kind: "flow_reply", response: response_json });
});

describe("what a message says", () => {
  const rows: readonly [string, object, InboundContent][] = [
    ["text", { text: { body: "hi" } }, { kind: "text", text: "hi" }],
    ["text", { text: { body: "" } }, { kind: "text", text: "" }],
    [
      "image",
      { image: { ...file, caption: "us", url: "https://lookaside.example/1" } },
      {
        kind: "image",
        media: { id: "900", url: "https://lookaside.example/1", mimeType: "image/jpeg", sha256: "abc=" },
        caption: "us",
      },
    ],
    ["video", { video: { id: 900 } }, { kind: "video", media: { id: "900" } }],
    [
      "audio",
      { audio: { ...file, voice: true } },
      { kind: "audio", media: { id: "900", mimeType: "image/jpeg", sha256: "abc=" }, voice: true },
    ],
    ["document", { document: { id: "900", filename: "bill.pdf" } }, { kind: "document", media: { id: "900" }, fileName: "bill.pdf" }],
    ["sticker", { sticker: { id: "900", animated: false } }, { kind: "sticker", media: { id: "900" }, animated: false }],
    [
      "location",
      { location: { latitude: "-23.5", longitude: -46.6, name: "Sé" } },
      { kind: "location", latitude: -23.5, longitude: -46.6, name: "Sé" },
    ],
    [
      "contacts",
      {
        contacts: [
          {
            name: { first_name: "Ana", last_name: "Souza", formatted_name: "Ana Souza" },
            org: { company: "Acme" },
            phones: [{ phone: "+55 11 99999-0000", wa_id: "5511999990000", type: "MOBILE" }],
            emails: [{ email: "ana@acme.example" }],
            urls: [{ url: "https://acme.example", type: "WORK" }],
            addresses: [{ city: "São Paulo", country_code: "br" }],
            birthday: "1990-02-03",
          },
          { phones: [{ wa_id: "5511888880000" }] },
        ],
      },
      {
        kind: "contacts",
        contacts: [
          {
            name: { formatted: "Ana Souza", first: "Ana", last: "Souza" },
            phones: [{ phone: "+55 11 99999-0000", type: "MOBILE", whatsappId: "5511999990000" }],
            emails: [{ email: "ana@acme.example" }],
            organization: { company: "Acme" },
            urls: [{ url: "https://acme.example", type: "WORK" }],
            addresses: [{ city: "São Paulo", countryCode: "br" }],
            birthday: "1990-02-03",
          },
          { name: { formatted: "5511888880000" }, phones: [{ phone: "5511888880000", whatsappId: "5511888880000" }] },
        ],
      },
    ],
    ["reaction", { reaction: { message_id: "wamid.0", emoji: "👍" } }, { kind: "reaction", messageId: "wamid.0", emoji: "👍" }],
    ["reaction", { reaction: { message_id: "wamid.0", emoji: "" } }, { kind: "reaction", messageId: "wamid.0" }],
    ["reaction", { reaction: { message_id: "wamid.0" } }, { kind: "reaction", messageId: "wamid.0" }],
    ["button", { button: { payload: "STOP", text: "Stop" } }, { kind: "button_reply", id: "STOP", title: "Stop" }],
    [
      "interactive",
      { interactive: { type: "button_reply", button_reply: { id: "b", title: "B" } } },
      { kind: "button_reply", id: "b", title: "B" },
    ],
    [
      "interactive",
      { interactive: { type: "list_reply", list_reply: { id: "r", title: "R", description: "d" } } },
      { kind: "list_reply", id: "r", title: "R", description: "d" },
    ],
    [
      "interactive",
      { interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"seats":2}' } } },
      { kind: "flow_reply", name: "flow", text: "Sent", response: { seats: 2 } },
    ],
    [
      "interactive",
      { interactive: { type: "nfm_reply", nfm_reply: { response_json: '{"order":9007199254740993}' } } },
      { kind: "flow_reply", response: { order: "9007199254740993" } },
    ],
    [
      "interactive",
      { interactive: { type: "nfm_reply", nfm_reply: { response_json: "not json" } } },
      { kind: "flow_reply", response: "not json" },
    ],
    [
      "interactive",
      { interactive: { type: "call_permission_reply" } },
      { kind: "unknown", vendorType: "interactive.call_permission_reply" },
    ],
    [
      "order",
      {
        order: {
          catalog_id: "44",
          text: "",
          product_items: [{ product_retailer_id: "p", quantity: "2", item_price: 30, currency: "USD" }],
        },
      },
      { kind: "order", catalogId: "44", items: [{ productId: "p", quantity: 2, price: 30, currency: "USD" }] },
    ],
    [
      "unsupported",
      { errors: [{ code: 131051, title: "t", error_data: { details: "Message type is not supported." } }], unsupported: { type: "poll" } },
      { kind: "unsupported", reason: "Message type is not supported.", vendorType: "poll" },
    ],
    ["unknown", { errors: [{ code: 131051, title: "Unsupported" }] }, { kind: "unsupported", reason: "Unsupported" }],
    ["request_welcome", {}, { kind: "unknown", vendorType: "request_welcome" }],
    ["toString", {}, { kind: "unknown", vendorType: "toString" }],
    ["text", {}, { kind: "unknown", vendorType: "text" }],
    ["image", { image: {} }, { kind: "unknown", vendorType: "image" }],
    ["location", { location: { latitude: "north" } }, { kind: "unknown", vendorType: "location" }],
  ];
  it.each(rows)("reads %s %j", (type, rest, content) => {
    expect(contentOf(type, rest)).toEqual(content);
  });
});

describe("who said it and where", () => {
  it("knows a person by business-scoped id where Meta gives no phone", () => {
    const contacts = [{ profile: { name: "Ana", username: "ana.s" }, wa_id: "", user_id: "BR.1A2b3C" }];
    const [event] = received({
      contacts,
      messages: [{ ...message("text", { text: { body: "a" } }), from: "", from_user_id: "BR.1A2b3C" }],
    });
    expect(event).toMatchObject({
      key: "cloud-api:700100200|BR.1A2b3C|BR.1A2b3C|wamid.1",
      data: { contact: { userId: "BR.1A2b3C", username: "ana.s", name: "Ana" } },
    });
    expect(event?.type === "message.received" && "phone" in event.data.contact).toBe(false);
  });

  it("keeps phone and business-scoped id together where both are given", () => {
    const contacts = [{ profile: { name: "Ana" }, wa_id: "5511999990000", user_id: "BR.1A2b3C" }];
    const [event] = received({ contacts, messages: [{ ...message("text", { text: { body: "a" } }), from_user_id: "BR.1A2b3C" }] });
    expect(event).toMatchObject({ data: { contact: { phone: "+5511999990000", userId: "BR.1A2b3C", name: "Ana" } } });
  });

  it("takes the only profile though its WhatsApp id lacks Brazil's ninth digit", () => {
    const [event] = received({
      contacts: [{ profile: { name: "Ana" }, wa_id: "551199990000" }],
      messages: [message("text", { text: { body: "a" } })],
    });
    expect(event).toMatchObject({ data: { contact: { phone: "+5511999990000", name: "Ana" } } });
  });

  it("never lends one person's profile to another of the same batch", () => {
    const contacts = [{ profile: { name: "Ana" }, wa_id: "5511999990000", user_id: "BR.1" }];
    const other = { ...message("text", { text: { body: "b" } }), id: "wamid.2", from: "5511888880000", from_user_id: "BR.2" };
    const events = received({ contacts, messages: [message("text", { text: { body: "a" } }), other] });
    expect(events[0]).toMatchObject({ data: { contact: { phone: "+5511999990000", name: "Ana" } } });
    expect(events[1]).toMatchObject({ data: { contact: { phone: "+5511888880000", userId: "BR.2" } } });
    expect(events[1]?.type === "message.received" && events[1].data.contact.name).toBeUndefined();
    const [, plain] = received({
      contacts: [{ profile: { name: "Ana" }, wa_id: "5511999990000" }],
      messages: [
        message("text", { text: { body: "a" } }),
        { ...message("text", { text: { body: "b" } }), id: "wamid.2", from: "5511888880000" },
      ],
    });
    expect(plain?.type === "message.received" && plain.data.contact).toEqual({ phone: "+5511888880000" });
  });

  it("reads group, reply, forward and the ad that led here", () => {
    const referral = { source_url: "https://fb.me/x", source_id: "77", source_type: "ad", headline: "h", body: "b", ctwa_clid: "c" };
    const context = { from: "15550001111", id: "wamid.0", frequently_forwarded: true };
    const [event] = received({ messages: [message("text", { text: { body: "a" }, group_id: "g1", context, referral })] });
    expect(event).toMatchObject({
      key: "cloud-api:700100200|g1|+5511999990000|wamid.1",
      orderKey: "cloud-api:700100200|g1",
      data: {
        groupId: "g1",
        replyTo: "wamid.0",
        forwarded: true,
        referral: { sourceUrl: "https://fb.me/x", sourceId: "77", sourceType: "ad", headline: "h", body: "b", clickId: "c" },
      },
    });
  });
});

describe("messages that change something", () => {
  it("reads an edit and a revoke as facts about the original message", () => {
    const edit = { original_message_id: "wamid.0", message: { type: "text", text: { body: "better" } } };
    expect(received({ messages: [message("edit", { edit })] })).toMatchObject([
      {
        type: "message.edited",
        key: "cloud-api:700100200|+5511999990000|+5511999990000|wamid.1",
        data: { messageId: "wamid.0", content: { kind: "text", text: "better" } },
      },
    ]);
    expect(received({ messages: [message("revoke", { revoke: { original_message_id: "wamid.0" } })] })).toMatchObject([
      { type: "message.revoked", data: { messageId: "wamid.0", contact: { phone: "+5511999990000" } } },
    ]);
    expect(received({ messages: [message("revoke", {})] })).toMatchObject([
      { type: "message.received", data: { content: { kind: "unknown" } } },
    ]);
  });

  it("reads a changed number, and a changed business-scoped id with no number at all", () => {
    const number = { body: "Ana changed", wa_id: "12195555358", type: "user_changed_number", user_id: "BR.2", previous_user_id: "BR.1" };
    expect(received({ messages: [message("system", { system: number })] })).toMatchObject([
      {
        type: "contact.changed",
        orderKey: "cloud-api:700100200|BR.1",
        phoneOrderKey: "cloud-api:700100200|+5511999990000",
        data: {
          contact: { phone: "+12195555358", userId: "BR.2" },
          previous: { phone: "+5511999990000", userId: "BR.1" },
          text: "Ana changed",
        },
      },
    ]);
    const id = { type: "user_changed_user_id", user_id: "BR.2", previous_user_id: "BR.1" };
    expect(received({ messages: [{ id: "wamid.1", type: "system", system: id }] })).toMatchObject([
      { type: "contact.changed", data: { contact: { userId: "BR.2" }, previous: { userId: "BR.1" } } },
    ]);
  });

  it("reads what the business sent from its phone app, its edits and revokes as well", () => {
    const echo = { from: "15550001111", to: "5511999990000", id: "wamid.1", timestamp: "1750000001" };
    const interactive = {
      type: "button",
      body: { text: "Choose" },
      action: { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] },
    };
    const events = received(
      {
        message_echoes: [
          { ...echo, type: "text", text: { body: "from the app" } },
          { ...echo, id: "wamid.2", type: "interactive", interactive },
          { ...echo, id: "wamid.3", type: "revoke", revoke: { original_message_id: "wamid.1" } },
          { ...echo, id: "wamid.4", type: "template", template: { name: "hello", language: { code: "en" } } },
        ],
      },
      "smb_message_echoes",
    );
    expect(events).toMatchObject([
      { type: "message.echoed", data: { contact: { phone: "+5511999990000" }, content: { kind: "text", text: "from the app" } } },
      { type: "message.echoed", data: { content: { kind: "buttons", text: "Choose", buttons: [{ id: "y", title: "Yes" }] } } },
      { type: "message.revoked", data: { messageId: "wamid.1" } },
      { type: "message.echoed", data: { content: { kind: "template", name: "hello", language: "en" } } },
    ]);
  });
});
