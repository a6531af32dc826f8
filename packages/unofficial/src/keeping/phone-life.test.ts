import { EventEmitter } from "node:events";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import type { AuthState } from "../auth/auth-state.ts";
import type { Socket } from "../baileys/baileys.ts";
import { isOwnPhone, phoneLife } from "./phone-life.ts";

const ME = { id: "15550001111:2@s.whatsapp.net", lid: "111:2@lid" };
const HOUR_MS = 3_600_000;

function open(seenAt?: number, synced?: number) {
  const { clock, advance, now } = manualClock();
  const learnt: unknown[] = [];
  const state = { auth: { creds: { lastAccountSyncTimestamp: synced } } } as unknown as AuthState;
  const life = phoneLife({ voice: { after: clock.after, learn: ({ facts }) => learnt.push(facts?.phoneSeenAt) }, now, state, seenAt });
  const ws = new EventEmitter();
  life.meet({ ws, user: ME } as unknown as Socket);
  const hear = (tag: string, attrs: object) => ws.emit(`CB:${tag}`, { tag, attrs });
  return { life, learnt, hear, advance, now };
}

describe("a phone is heard", () => {
  it("by its messages and receipts, at the time that they name", () => {
    const { life, hear, now } = open();
    expect(life.seenAt()).toBeUndefined();
    hear("message", { from: "111@lid", t: String(now() / 1000 - 60) });
    expect(life.seenAt()).toBe(now() - 60_000);
    hear("receipt", { from: "1203@g.us", participant: "15550001111@s.whatsapp.net", t: String(now() / 1000 - 30) });
    expect(life.seenAt()).toBe(now() - 30_000);
    hear("message", { from: "111@lid", t: "99999999999" });
    expect(life.seenAt()).toBe(now());
  });

  it("at its time also where the clock was ahead before, and that is told", () => {
    const { now } = open();
    const { life, hear, learnt } = open(now() + 30 * HOUR_MS);
    hear("message", { from: "111@lid" });
    expect([life.seenAt(), learnt]).toEqual([now(), [now()]]);
  });

  it("by what WhatsApp says of its account", () => {
    expect(open(5000, 7).life.seenAt()).toBe(7000);
    expect(open(9000, 7).life.seenAt()).toBe(9000);
  });

  it("is told when a client logs in, every hour, and at once where it was not heard for an hour", async () => {
    const { life, learnt, hear, advance, now } = open();
    hear("message", { from: "111@lid" });
    const first = now();
    life.greet();
    await advance(60_000);
    hear("message", { from: "111@lid" });
    expect(learnt).toEqual([first]);
    await advance(HOUR_MS);
    expect(learnt).toEqual([first, first + 60_000]);
    await advance(2 * HOUR_MS);
    hear("receipt", { from: "15550001111@s.whatsapp.net" });
    expect(learnt.at(-1)).toBe(now());
    life.part();
    await advance(60_000);
    hear("receipt", { from: "15550001111@s.whatsapp.net" });
    await advance(HOUR_MS);
    expect(learnt).toHaveLength(3);
  });
});

it.each([
  ["15550001111@s.whatsapp.net", true],
  ["111@lid", true],
  ["111:0@lid", true],
  ["111:3@lid", false],
  ["15550001111:10@s.whatsapp.net", false],
  ["15550002222@s.whatsapp.net", false],
  ["222@lid", false],
  ["s.whatsapp.net", false],
  [undefined, false],
])("%s is the own phone: %s", (jid, isOwn) => {
  expect(isOwnPhone(jid, ME)).toBe(isOwn);
});
