import { describe, expect, it } from "vitest";
import type { WebMessage } from "../baileys/baileys.ts";
import { messageEvent, statusEvent } from "./read-events.ts";

const ROUTE = "unofficial:acme:15550001111";
const message = (key: Partial<WebMessage["key"]>, body: object | null = { conversation: "Hello" }): WebMessage =>
  ({
    key: { id: "3EB0A", fromMe: false, remoteJid: "222@lid", ...key },
    message: body,
    messageTimestamp: 1_800_000_000,
    pushName: "Ana",
  }) as WebMessage;

describe("a message", () => {
  it("of a person is known by LID and number, and ordered by the LID", () => {
    expect(messageEvent(ROUTE, message({ remoteJidAlt: "15550002222@s.whatsapp.net" }))).toMatchObject({
      key: `${ROUTE}|222|222|3EB0A`,
      orderKey: `${ROUTE}|222`,
      phoneOrderKey: `${ROUTE}|+15550002222`,
      at: 1_800_000_000_000,
      type: "message.received",
      data: { messageId: "3EB0A", contact: { phone: "+15550002222", lid: "222", name: "Ana" }, content: { kind: "text", text: "Hello" } },
    });
  });

  it("has one key whichever of its sender's devices and names it comes by, as long as the LID is known", () => {
    const keys = [
      message({ remoteJidAlt: "15550002222@s.whatsapp.net" }),
      message({ remoteJid: "15550002222:3@s.whatsapp.net", remoteJidAlt: "222:3@lid" }),
    ].map((each) => messageEvent(ROUTE, each)?.key);
    expect(new Set(keys).size).toBe(1);
  });

  it("of the same id by another sender has another key, and the shop's own too", () => {
    const keys = [message({}), message({ remoteJid: "333@lid" }), message({ fromMe: true })].map((each) => messageEvent(ROUTE, each)?.key);
    expect(new Set(keys).size).toBe(3);
  });

  it("of a group names the group, and the member who wrote", () => {
    const event = messageEvent(ROUTE, message({ remoteJid: "1203@g.us", participant: "222@lid" }));
    expect(event).toMatchObject({
      key: `${ROUTE}|1203|222|3EB0A`,
      orderKey: `${ROUTE}|1203@g.us`,
      data: { groupId: "1203@g.us", contact: { lid: "222" } },
    });
  });

  it("that the phone wrote is an echo, without a name that would be the shop's", () => {
    expect(messageEvent(ROUTE, message({ fromMe: true }))).toMatchObject({ type: "message.echoed", data: { contact: { lid: "222" } } });
    expect(messageEvent(ROUTE, message({ fromMe: true }))?.data).not.toHaveProperty("contact.name");
  });

  it("that answers another names it", () => {
    const body = { extendedTextMessage: { text: "Yes", contextInfo: { stanzaId: "3EB0B" } } };
    expect(messageEvent(ROUTE, message({}, body))?.data).toMatchObject({ replyTo: "3EB0B", content: { kind: "text", text: "Yes" } });
  });

  it("of a kind that has no word here yet is unknown, by WhatsApp's name, whatever travels beside it", () => {
    const body = { messageContextInfo: {}, senderKeyDistributionMessage: {}, pollCreationMessageV3: { name: "Lunch?" } };
    expect(messageEvent(ROUTE, message({}, body))?.data).toMatchObject({
      content: { kind: "unknown", vendorType: "pollCreationMessageV3" },
    });
  });

  it.each([
    ["has no content", message({}, null)],
    ["is the phone's talk with its devices", message({}, { protocolMessage: { type: 5 }, messageContextInfo: {} })],
    ["is of a status", message({ remoteJid: "status@broadcast" })],
    ["has no id", message({ id: undefined as never })],
  ])("that %s is none", (_what, each) => {
    expect(messageEvent(ROUTE, each)).toBeUndefined();
  });
});

describe("a status", () => {
  const key = { id: "3EB0A", fromMe: true, remoteJid: "222@lid" };
  it.each([
    [2, "sent"],
    [3, "delivered"],
    [4, "read"],
    [5, "played"],
  ])("%i is %s", (status, word) => {
    expect(statusEvent(ROUTE, { key, update: { status } }, 7)).toMatchObject({
      key: `${ROUTE}|222|me|3EB0A|${word}`,
      at: 7,
      type: "message.status",
      data: { messageId: "3EB0A", contact: { lid: "222" }, status: word },
    });
  });

  it.each([
    ["of a refusal, which its sender has heard", { key, update: { status: 0 } }],
    ["of somebody else's message", { key: { ...key, fromMe: false }, update: { status: 4 } }],
    ["that says something else", { key, update: { pushName: "Ana" } }],
  ])("%s is none", (_what, update) => {
    expect(statusEvent(ROUTE, update, 7)).toBeUndefined();
  });
});
