import { describe, expect, it } from "vitest";
import { ofNumber } from "../testing/told-of.ts";

const base = { id: "wamid.9", timestamp: "1750000001" };
const person = { ...base, from: "5511999990000" };
const business = { ...base, from: "15550001111", to: "5511999990000" };
const edit = { type: "edit", edit: { original_message_id: "wamid.0", message: { type: "text", text: { body: "better" } } } };
const revoke = { type: "revoke", revoke: { original_message_id: "wamid.0" } };

describe("edits and deletions", () => {
  it.each([
    ["message.edited", edit],
    ["message.revoked", revoke],
  ])("say whose they are and where: %s", (type, change) => {
    const received = ofNumber("messages", { messages: [{ ...person, ...change, group_id: "g1" }] });
    expect(received).toMatchObject([
      {
        type,
        orderKey: "cloud-api:700100200|g1",
        data: { messageId: "wamid.0", contact: { phone: "+5511999990000" }, fromBusiness: false, groupId: "g1" },
      },
    ]);
    const echoed = ofNumber("smb_message_echoes", { message_echoes: [{ ...business, ...change }] });
    expect(echoed).toMatchObject([{ type, data: { contact: { phone: "+5511999990000" }, fromBusiness: true } }]);
    expect(echoed[0]?.data).not.toHaveProperty("groupId");
  });

  it("are read without their new content too, and one that names no message stays a message", () => {
    const without = { type: "edit", edit: { original_message_id: "wamid.0" } };
    expect(ofNumber("messages", { messages: [{ ...person, ...without }] })).toMatchObject([
      { type: "message.edited", data: { content: { kind: "unknown" } } },
    ]);
    expect(ofNumber("messages", { messages: [{ ...person, type: "edit" }] })).toMatchObject([{ type: "message.received" }]);
  });

  it("tell where an echo was sent and what it answers", () => {
    const echo = { ...business, type: "text", text: { body: "a" }, group_id: "g1", context: { id: "wamid.5", forwarded: true } };
    expect(ofNumber("smb_message_echoes", { message_echoes: [echo] })).toMatchObject([
      { type: "message.echoed", data: { groupId: "g1", replyTo: "wamid.5", forwarded: true } },
    ]);
  });
});

describe("system messages", () => {
  const system = (value: object, rest: object = person): ReturnType<typeof ofNumber> =>
    ofNumber("messages", { messages: [{ ...rest, type: "system", system: value }] });

  it.each([
    { type: "customer_identity_changed", customer: "5511999990000", identity: "k2=" },
    { type: "user_identity_changed", identity: "k2=" },
  ])("tell that somebody's keys changed: %j", (value) => {
    expect(system({ body: "Ana changed", ...value })).toMatchObject([
      {
        type: "contact.changed",
        data: { contact: { phone: "+5511999990000", identityKey: "k2=" }, previous: { phone: "+5511999990000" }, text: "Ana changed" },
      },
    ]);
  });

  it("name who changed by the customer where there is no sender", () => {
    const value = { type: "customer_changed_number", customer: "5511999990000", new_wa_id: "12195555358" };
    expect(system(value, base)).toMatchObject([
      { type: "contact.changed", data: { contact: { phone: "+12195555358" }, previous: { phone: "+5511999990000" } } },
    ]);
    const ids = { type: "user_changed_user_id", user_id: "BR.2", previous_user_id: "BR.1" };
    const parents = { parent_user_id: "BR.ENT.2", previous_parent_user_id: "BR.ENT.1" };
    expect(system({ ...ids, ...parents }, base)).toMatchObject([
      { data: { contact: { userId: "BR.2", parentUserId: "BR.ENT.2" }, previous: { userId: "BR.1", parentUserId: "BR.ENT.1" } } },
    ]);
  });

  it.each([
    [{ type: "user_changed_number", wa_id: "12195555358" }, base],
    [{ type: "customer_identity_changed", identity: "k2=" }, base],
    [{ type: "user_joined_channel", body: "b" }, person],
    [{}, person],
  ])("are never messages of anybody: %j", (value, rest) => {
    expect(system(value, rest)).toMatchObject([{ type: "event.unknown", data: { raw: { type: "system", system: value } } }]);
    const echo = { ...business, type: "system", system: value };
    expect(ofNumber("smb_message_echoes", { message_echoes: [echo] })[0]?.type).not.toBe("message.echoed");
    expect(ofNumber("messages", { messages: [{ ...person, type: "system" }] })).toMatchObject([{ type: "event.unknown" }]);
  });
});

describe("messages that name nobody", () => {
  const nobody = { ...base, type: "text", text: { body: "a" } };

  it.each([nobody, { ...nobody, from: "" }, { ...nobody, ...edit }, { ...nobody, ...revoke }, { ...nobody, group_id: "g1" }])(
    "are event.unknown: %j",
    (message) => {
      expect(ofNumber("messages", { messages: [message] })).toMatchObject([
        { type: "event.unknown", route: "cloud-api:700100200", data: { raw: message } },
      ]);
      expect(ofNumber("smb_message_echoes", { message_echoes: [message] })).toMatchObject([{ type: "event.unknown" }]);
    },
  );

  it("are somebody's where the only profile beside them says whose", () => {
    const contacts = [{ profile: { name: "Ana" }, user_id: "BR.1" }];
    expect(ofNumber("messages", { contacts, messages: [nobody] })).toMatchObject([
      { type: "message.received", data: { contact: { userId: "BR.1" } } },
    ]);
  });
});
