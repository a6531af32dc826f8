import { describe, expect, it } from "vitest";
import type { WebMessage } from "../baileys/baileys.ts";
import { readMessage } from "../content/reading/read-message.ts";
import { whoOf } from "../content/reading/who-of.ts";
import { knownOf } from "./message-events.ts";
import { messageEvent as eventOf } from "./read-events.ts";

const ROUTE = "unofficial:acme:15550001111";
const message = (key: Partial<WebMessage["key"]>, body: object | null = { conversation: "Hello" }): WebMessage =>
  ({
    key: { id: "3EB0A", fromMe: false, remoteJid: "222@lid", ...key },
    message: body,
    messageTimestamp: 1_800_000_000,
    pushName: "Ana",
  }) as WebMessage;

const messageEvent = (route: string, each: WebMessage) => {
  const told = readMessage(each, () => "a file");
  const contact = whoOf(each);
  return told === undefined || told.type === "vote" ? undefined : eventOf(route, each, { contact, told });
};

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

  it("by a list of somebody's is in the chat with who wrote", () => {
    const byList = message({ remoteJid: "1700000000@broadcast", participant: "222:3@lid", remoteJidAlt: "15550002222@s.whatsapp.net" });
    const { key, orderKey, data } = messageEvent(ROUTE, byList) ?? {};
    expect({ key, orderKey }).toEqual({ key: `${ROUTE}|222|222|3EB0A`, orderKey: `${ROUTE}|222` });
    expect(data).toMatchObject({ contact: { phone: "+15550002222", lid: "222", name: "Ana" }, content: { kind: "text", text: "Hello" } });
    expect(data).not.toHaveProperty("groupId");
  });

  it("to a list of the shop's own, or of what somebody shows to all, is in no chat", () => {
    const keys = [
      { remoteJid: "1700000000@broadcast", participant: "222@lid", fromMe: true },
      { remoteJid: "status@broadcast", participant: "222@lid" },
    ];
    expect(keys.map((key) => messageEvent(ROUTE, message(key)))).toEqual([undefined, undefined]);
  });

  it("is kept for who speaks of it, and of what somebody shows to all only that it came", () => {
    expect(knownOf(message({}))).toHaveProperty("body");
    expect(knownOf(message({ remoteJid: "status@broadcast", participant: "222@lid" }))).toEqual({
      id: "3EB0A",
      chat: "status@broadcast",
      fromMe: false,
      participant: "222@lid",
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
    const body = { messageContextInfo: {}, senderKeyDistributionMessage: {}, eventMessage: { name: "Lunch" } };
    expect(messageEvent(ROUTE, message({}, body))?.data).toMatchObject({ content: { kind: "unknown", vendorType: "eventMessage" } });
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
