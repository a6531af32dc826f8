import { describe, expect, it } from "vitest";
import { metaBatch, metaChange, metaMessage, metaStatus, metaText } from "./meta-payloads.ts";
import { connectionOf, messageRowOf, receivedText } from "./rows.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever was built
const valueIn = (payload: { readonly entry: readonly { readonly changes: readonly { readonly value: object }[] }[] }): any =>
  payload.entry[0]?.changes[0]?.value;

describe("builders of Meta's webhooks", () => {
  it("build a text of a person, with or without the phone", () => {
    const value = valueIn(metaText({ body: "Oi", from: { phone: "15550100002", name: "Bia" }, id: "wamid.1", timestamp: 7 }));
    expect(value).toMatchObject({
      contacts: [{ wa_id: "15550100002", profile: { name: "Bia" } }],
      messages: [{ from: "15550100002", id: "wamid.1", timestamp: "7", type: "text", text: { body: "Oi" } }],
    });
    const hidden = valueIn(metaText({ from: { phone: false, userId: "BR.1" } }));
    expect(hidden.messages[0]).toMatchObject({ from_user_id: "BR.1" });
    expect([hidden.messages[0].from, hidden.contacts[0].wa_id]).toEqual([undefined, undefined]);
  });

  it("build a message of any type, as an answer to another", () => {
    const { messages } = valueIn(metaMessage({ type: "reaction", content: { message_id: "wamid.2" }, replyTo: "wamid.3" }));
    expect(messages[0]).toMatchObject({ type: "reaction", reaction: { message_id: "wamid.2" }, context: { id: "wamid.3" } });
  });

  it("build statuses; a failed one has errors, no contacts and no price", () => {
    expect(valueIn(metaStatus({ status: "read" }))).toMatchObject({ contacts: [{}], statuses: [{ status: "read", pricing: {} }] });
    const failed = valueIn(metaStatus({ status: "failed", error: { code: 131047, details: "Late" } }));
    expect(failed.statuses[0].errors).toMatchObject([{ code: 131047, error_data: { details: "Late" } }]);
    expect([failed.contacts, failed.statuses[0].pricing]).toEqual([undefined, undefined]);
  });

  it("batch several, an entry for each account", () => {
    const { entry } = metaBatch(metaText({ wabaId: "1" }), metaStatus({ wabaId: "2" }), metaChange("account_update", {}, { wabaId: "1" }));
    expect(entry.map(({ id, changes }) => [id, changes.map(({ field }) => field)])).toEqual([
      ["1", ["messages", "account_update"]],
      ["2", ["messages"]],
    ]);
  });
});

describe("builders of rows", () => {
  it("fill in what a test does not care about", () => {
    expect(connectionOf({ id: "c", channel: "twilio" })).toMatchObject({ route: "twilio:c", status: { state: "connected" } });
    expect(messageRowOf({ status: "read" })).toMatchObject({ id: "msg_1", status: "read" });
    const event = receivedText({ messageId: "wamid.9", phone: "+1", connectionId: "c" });
    expect(event).toMatchObject({ key: "cloud-api:c|+1|+1|wamid.9", orderKey: "cloud-api:c|+1", type: "message.received" });
  });
});
