import { describe, expect, it } from "vitest";
import { metadata, ofNumber, toldOf } from "../testing/told-of.ts";
import { normalizeMeta } from "./normalize.ts";

const text = { from: "5511999990000", id: "wamid.1", timestamp: "1750000001", type: "text", text: { body: "a" } };
const profile = { profile: { name: "Ana" }, wa_id: "5511999990000" };

describe("what stands beside the items of a value", () => {
  it("rides on the first event, untouched: the number, the profiles, and keys that nobody knows yet", () => {
    const moons = { count: 2, names: ["Deimos"] };
    const events = ofNumber("messages", { contacts: [profile], messages: [text, { ...text, id: "wamid.2" }], moons });
    expect(events[0]?.data.beside).toEqual({ messaging_product: "whatsapp", metadata, contacts: [profile], moons });
    expect(events[1]?.data).not.toHaveProperty("beside");
    expect(events.map(({ data }) => data.raw)).toEqual([text, { ...text, id: "wamid.2" }]);
  });

  it("is the raw value where it has no items at all", () => {
    expect(ofNumber("messages", { contacts: [profile] })).toMatchObject([
      { type: "event.unknown", data: { raw: { metadata, contacts: [profile] } } },
    ]);
  });

  it("is nothing where the value is the item", () => {
    expect(toldOf("account_update", { event: "ACCOUNT_DELETED" })[0]?.data).not.toHaveProperty("beside");
  });

  it("keeps what stands beside the field and the value of a change", () => {
    const change = { field: "messages", value: { metadata, messages: [text] }, changed_fields: ["messages"] };
    expect(toldOf("messages", change.value)).toHaveLength(1);
    const [, rest] = toldOfChange(change);
    expect(rest).toMatchObject({
      type: "event.unknown",
      route: "cloud-api:700100200",
      data: { field: "messages", raw: { changed_fields: ["messages"] } },
    });
    // what names a number is that number's alone
    const recipient = { phone_number_id: "700100999" };
    const [, foreign] = toldOfChange({ ...change, recipient });
    expect(foreign).toMatchObject({ type: "event.unknown", route: "cloud-api:700100999", data: { raw: { recipient } } });
  });

  it("does not change the key of an event", () => {
    const key = (value: object): string | undefined => ofNumber("messages", value)[0]?.key;
    expect(key({ messages: [text], moons: 2 })).toBe(key({ messages: [text] }));
  });
});

describe("lists that stand together in one value", () => {
  const file = { timestamp: "1739230970", type: "image", image: { id: "9" } };

  it("are all read: history beside the files that the business and the person sent", () => {
    const history = [{ metadata: { phase: 0, chunk_order: 1, progress: 5 }, threads: [] }];
    const messages = [{ ...file, id: "wamid.2", from: "5511999990000" }];
    const message_echoes = [{ ...file, id: "wamid.3", from: "15550001111", to: "5511999990000" }];
    expect(ofNumber("history", { history, messages, message_echoes })).toMatchObject([
      { type: "history.received", data: { phase: 0, messages: [] } },
      { type: "history.received", data: { messages: [{ messageId: "wamid.2", fromBusiness: false }], raw: messages } },
      { type: "history.received", data: { messages: [{ messageId: "wamid.3", fromBusiness: true }], raw: message_echoes } },
    ]);
  });

  it.each([
    ["messages", "message.received"],
    ["smb_message_echoes", "message.echoed"],
    ["calls", "message.received"],
  ])("are all read in %s: messages, echoes, calls, statuses and errors", (field, type) => {
    const value = {
      messages: [{ ...text, to: "5511999990000" }],
      message_echoes: [{ ...text, id: "wamid.2", from: "15550001111", to: "5511999990000" }],
      calls: [{ id: "wacid.1", event: "connect", from: "5511999990000", timestamp: "1750000001" }],
      statuses: [{ id: "wamid.3", status: "read", timestamp: "1750000001", recipient_id: "5511999990000" }],
      errors: [{ code: 131000 }],
    };
    expect(
      ofNumber(field, value)
        .map((event) => event.type)
        .sort(),
    ).toEqual([type, "message.echoed", "call.changed", "message.status", "provider.error"].sort());
  });
});

describe("what a value says of the person and the conversation", () => {
  const who = { profile: { name: "Ana", username: "@ana.s" }, wa_id: "5511999990000", user_id: "BR.1", parent_user_id: "BR.ENT.9" };

  it("reaches the contact: the parent id, the key of the identity, the username without its @", () => {
    const contacts = [{ ...who, identity_key_hash: "DF2lS5v2W6x=" }];
    expect(ofNumber("messages", { contacts, messages: [{ ...text, from_user_id: "BR.1" }] })).toMatchObject([
      {
        data: {
          contact: {
            phone: "+5511999990000",
            userId: "BR.1",
            parentUserId: "BR.ENT.9",
            identityKey: "DF2lS5v2W6x=",
            username: "ana.s",
            name: "Ana",
          },
        },
      },
    ]);
  });

  it("reaches it from the item itself, in messages, echoes, statuses and calls", () => {
    const parent = (field: string, value: object): unknown => ofNumber(field, value)[0]?.data;
    const has = { contact: { parentUserId: "BR.ENT.9" } };
    expect(parent("messages", { messages: [{ ...text, from_parent_user_id: "BR.ENT.9" }] })).toMatchObject(has);
    expect(parent("smb_message_echoes", { message_echoes: [{ ...text, to: "5511", to_parent_user_id: "BR.ENT.9" }] })).toMatchObject(has);
    const status = { id: "wamid.1", status: "read", recipient_id: "5511999990000" };
    for (const key of ["recipient_parent_user_id", "parent_recipient_user_id"]) {
      expect(parent("messages", { statuses: [{ ...status, [key]: "BR.ENT.9" }] })).toMatchObject(has);
    }
    expect(parent("messages", { statuses: [{ ...status, recipient_identity_key_hash: "k=" }] })).toMatchObject({
      contact: { identityKey: "k=" },
    });
    const identity = { acknowledged: true, created_timestamp: 1_750_000_000, hash: "k2=" };
    expect(parent("messages", { messages: [{ ...text, identity }] })).toMatchObject({ contact: { identityKey: "k2=" } });
    const call = { id: "wacid.1", event: "connect", direction: "USER_INITIATED", from: "5511", from_parent_user_id: "BR.ENT.9" };
    expect(parent("calls", { calls: [call] })).toMatchObject(has);
  });

  it("tells what was said before the conversation came to us, on the first message", () => {
    const conversation_context = { type: "summary", summary: { text: "Ana asks for a refund." } };
    const events = ofNumber("messages", { messages: [text, { ...text, id: "wamid.2" }], conversation_context });
    expect(events).toMatchObject([{ data: { summary: "Ana asks for a refund.", beside: { conversation_context } } }, {}]);
    expect(events[1]?.data).not.toHaveProperty("summary");
  });
});

function toldOfChange(change: object): ReturnType<typeof toldOf> {
  return normalizeMeta({ object: "whatsapp_business_account", entry: [{ id: "800100", changes: [change] }] });
}
