import { expect, it } from "vitest";
import type { Body } from "../baileys/baileys.ts";
import { marksOf } from "./relay-letter.ts";

const ANA = "222@lid";
const GROUP = "1203@g.us";
const meta = (attrs: Readonly<Record<string, string>>) => [{ tag: "meta", attrs }];

// as `sendMessage` of Baileys 7.0.0-rc14 marks the stanzas of the same messages
it.each<[string, string, Body, Readonly<Record<string, string>>, unknown[]]>([
  ["text", ANA, { extendedTextMessage: { text: "Hello" } }, {}, []],
  ["a message that is taken back", ANA, { protocolMessage: { type: 0, key: { id: "3EB0", fromMe: true } } }, { edit: "7" }, []],
  [
    "one's own that is taken back in a group",
    GROUP,
    { protocolMessage: { type: 0, key: { id: "3EB0", fromMe: true } } },
    { edit: "7" },
    [],
  ],
  ["another's that an admin takes back", GROUP, { protocolMessage: { type: 0, key: { id: "3EB0", fromMe: false } } }, { edit: "8" }, []],
  ["a message that is changed", ANA, { protocolMessage: { type: 14, key: { id: "3EB0" } } }, { edit: "1" }, []],
  ["the phone's talk with its devices", ANA, { protocolMessage: { type: 3 } }, {}, []],
  ["a message that is pinned", ANA, { pinInChatMessage: { key: { id: "3EB0" } } }, { edit: "2" }, []],
  ["a poll", GROUP, { pollCreationMessageV3: { name: "Lunch?" } }, {}, meta({ polltype: "creation" })],
  ["an event", GROUP, { eventMessage: { name: "Lunch" } }, {}, meta({ event_type: "creation" })],
])("%s to %s is marked as such", (_what, jid, body, attributes, nodes) => {
  expect(marksOf(body, jid)).toEqual({ attributes, nodes });
});
