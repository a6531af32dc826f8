import { describe, expect, it } from "vitest";
import type { SocketEvents } from "../baileys/baileys.ts";
import { people } from "../known/people.ts";
import { type Arrival, arrivalsIn, quietArrivals, statusEvents } from "./read-statuses.ts";

const ROUTE = "unofficial:acme:15550001111";
/** Whoever is named by this number has this LID. */
const known = people({ get: async () => ({ "15550003333": "333" }) as never });
const events = (arrivals: readonly Arrival[]) => statusEvents(ROUTE, arrivals, known);
const eventsIn = (batch: Partial<SocketEvents>) => events(arrivalsIn(batch, 7));

describe("a status", () => {
  const key = { id: "3EB0A", fromMe: true, remoteJid: "222@lid" };
  it.each([
    [2, "sent"],
    [3, "delivered"],
    [4, "read"],
    [5, "played"],
  ])("%i is %s", async (status, word) => {
    expect(await eventsIn({ "messages.update": [{ key, update: { status } }] })).toMatchObject([
      {
        key: `${ROUTE}|222|me|3EB0A|${word}`,
        at: 7,
        type: "message.status",
        data: { messageId: "3EB0A", contact: { lid: "222" }, status: word },
      },
    ]);
  });

  it("of who is named by number is theirs by LID, where that is known", async () => {
    const byNumber = { ...key, remoteJid: "15550003333@s.whatsapp.net" };
    expect(await eventsIn({ "messages.update": [{ key: byNumber, update: { status: 4 } }] })).toMatchObject([
      { key: `${ROUTE}|333|me|3EB0A|read`, orderKey: `${ROUTE}|333`, data: { contact: { phone: "+15550003333", lid: "333" } } },
    ]);
  });

  it.each([
    ["of a refusal, which its sender has heard", { key, update: { status: 0 } }],
    ["of somebody else's message", { key: { ...key, fromMe: false }, update: { status: 4 } }],
    ["that says something else", { key, update: { pushName: "Ana" } }],
  ])("%s is none", async (_what, update) => {
    expect(await eventsIn({ "messages.update": [update] })).toEqual([]);
  });
});

describe("a status in a group", () => {
  const key = { id: "3EB0A", fromMe: true, remoteJid: "1203@g.us", participant: "222@lid" };
  it.each([
    ["is delivered to a participant", { receiptTimestamp: 7 }, "delivered"],
    ["is read by a participant", { readTimestamp: 7 }, "read"],
  ])("%s", async (_what, times, status) => {
    const batch = { "message-receipt.update": [{ key, receipt: { userJid: "222@lid", ...times } }] };
    expect(await eventsIn(batch)).toMatchObject([
      {
        key: `${ROUTE}|1203|me|3EB0A|222|${status}`,
        orderKey: `${ROUTE}|1203@g.us`,
        data: { messageId: "3EB0A", groupId: "1203@g.us", contact: { lid: "222" }, status },
      },
    ]);
  });

  it("that is nobody's tells nothing", async () => {
    expect(await eventsIn({ "message-receipt.update": [{ key, receipt: { userJid: "222@lid" } }] })).toEqual([]);
  });
});

describe("a receipt of a device whose owner does not look", () => {
  const receipt = (attrs: Readonly<Record<string, string>>, content?: unknown) =>
    ({ tag: "receipt", attrs: { id: "3EB0A", from: "222@lid", type: "inactive", ...attrs }, content }) as never;

  it("is a delivery, of each message that it lists", async () => {
    const list = [{ tag: "list", attrs: {}, content: [{ tag: "item", attrs: { id: "3EB0B" } }] }];
    expect(await events(quietArrivals(receipt({}, list), 7))).toMatchObject([
      { data: { messageId: "3EB0A", status: "delivered", contact: { lid: "222" } } },
      { data: { messageId: "3EB0B", status: "delivered" } },
    ]);
  });

  it("names the participant in a group", async () => {
    expect(await events(quietArrivals(receipt({ from: "1203@g.us", participant: "222@lid" }), 7))).toMatchObject([
      { data: { groupId: "1203@g.us", contact: { lid: "222" } } },
    ]);
  });

  it.each([
    ["a read one", { type: "read" }],
    ["one of another device of the account", { recipient: "333@lid" }],
  ])("%s is not", (_what, attrs) => {
    expect(quietArrivals(receipt(attrs), 7)).toEqual([]);
  });
});
