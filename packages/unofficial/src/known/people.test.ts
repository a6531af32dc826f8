import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { KeyStore, Socket } from "../baileys/baileys.ts";
import { people } from "./people.ts";

const kept: Readonly<Record<string, string>> = { "15550002222": "222", "222_reverse": "15550002222" };
const keys = { get: async (_type: string, [name = ""]: string[]) => ({ [name]: kept[name] }) } as unknown as KeyStore;

describe("a person", () => {
  it("has the other name that this device keeps, whichever is given", async () => {
    const { complete } = people(keys);
    expect(await complete({ phone: "+15550002222", name: "Ana" })).toEqual({ phone: "+15550002222", lid: "222", name: "Ana" });
    expect(await complete({ lid: "222" })).toEqual({ phone: "+15550002222", lid: "222" });
    expect(await complete({ lid: "333" })).toEqual({ lid: "333" });
  });

  it("goes by what was learnt since, a username too", async () => {
    const who = people(keys);
    who.learn({ phone: "+15550003333", lid: "333" });
    who.learn({ lid: "333", username: "bob" });
    expect(await who.complete({ phone: "+15550003333" })).toEqual({ phone: "+15550003333", lid: "333", username: "bob" });
  });

  it("is learnt from the stanzas of messages, in a chat of two and in a group", async () => {
    const who = people(keys);
    const ws = new EventEmitter();
    who.watch({ ws } as unknown as Socket);
    ws.emit("CB:message", { attrs: { from: "444:3@lid", sender_pn: "15550004444@s.whatsapp.net", username: "eve" } });
    ws.emit("CB:message", { attrs: { from: "1203@g.us", participant: "15550005555@s.whatsapp.net", participant_lid: "555@lid" } });
    expect(await who.complete({ lid: "444" })).toEqual({ phone: "+15550004444", lid: "444", username: "eve" });
    expect(await who.complete({ lid: "555" })).toEqual({ phone: "+15550005555", lid: "555" });
  });
});
