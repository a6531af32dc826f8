import { describe, expect, it } from "vitest";
import type { InboundEvent } from "../../model/event.ts";
import { openEcho, receivedText, statusOf } from "../../testing/open-echo.ts";
import { withSoundTimes } from "./sound-times.ts";

const NOW = 1_760_000_000_000;
const DAY = 24 * 60 * 60 * 1000;
const HOSTILE: readonly unknown[] = [
  1e300,
  2 ** 53 + 2,
  2 ** 62,
  2 ** 63,
  8.64e15 + 1,
  -5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  "soon",
  "1e300",
  undefined,
  {},
];

const at = (time: unknown): InboundEvent => ({ ...receivedText({ id: "1" }), at: time as number });

describe("the time of an event", () => {
  it.each(HOSTILE)("%s becomes the moment at which it was taken in", (time) => {
    expect(withSoundTimes(at(time), NOW).at).toBe(NOW);
  });

  it("is whole milliseconds, from text too", () => {
    expect([1.9, "1750000001500.7", NOW + DAY].map((time) => withSoundTimes(at(time), NOW).at)).toEqual([1, 1_750_000_001_500, NOW + DAY]);
  });

  it("lies no more than a day ahead, or its connection would count as heard of until then", () => {
    expect(withSoundTimes(at(NOW + DAY + 1), NOW).at).toBe(NOW);
  });

  it("is left as it is, and the event with it, where nothing is wrong", () => {
    const event = at(NOW - 7);
    expect(withSoundTimes(event, NOW)).toBe(event);
  });
});

it("the end of a restriction that is no moment is none, and a far one stays", () => {
  const restricted = (until: unknown): InboundEvent =>
    ({ ...at(NOW), health: { type: "restricted", reason: "spam", until } }) as InboundEvent;
  expect(withSoundTimes(restricted(1e300), NOW).health).toEqual({ type: "restricted", reason: "spam" });
  expect(withSoundTimes(restricted(NOW + 400 * DAY), NOW).health).toMatchObject({ until: NOW + 400 * DAY });
});

it("a history keeps its times, and those that are no moments are 0", () => {
  const place = { route: "echo:+111", key: "k", orderKey: "k", at: NOW } as const;
  const past = (time: number) =>
    ({ messageId: "1", contact: { phone: "+49" }, fromBusiness: false, at: time, content: { kind: "text", text: "x" } }) as const;
  const history: InboundEvent = { ...place, type: "history.received", data: { messages: [past(5), past(Number.NaN), past(2.5)], raw: {} } };
  expect(withSoundTimes(history, NOW).data).toMatchObject({ messages: [{ at: 5 }, { at: 0 }, { at: 2 }] });
  const contact = { phone: "+49" };
  const synced: InboundEvent = {
    ...place,
    type: "contacts.synced",
    data: {
      contacts: [
        { contact, action: "add", at: 2 ** 63 },
        { contact, action: "add" },
      ],
      raw: {},
    },
  };
  expect(withSoundTimes(synced, NOW).data).toEqual({
    contacts: [
      { contact, action: "add" },
      { contact, action: "add" },
    ],
    raw: {},
  });
});

describe("a vendor whose clock shows anything", () => {
  it.each(HOSTILE)("%s: harms no row of what is sent, connected and kept", async (time) => {
    const { wadesk, vendor, clock } = openEcho({ silenceLimitMs: 60_000 });
    const acme = wadesk.workspace("acme");
    vendor.onSend = async () => ({ providerId: "echo.1", acceptedAt: time as number });
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
    const sent = await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" } });
    expect(sent.acceptedAt).toBe(clock.now());
    const alive: InboundEvent = { ...statusOf("echo.1", "delivered"), at: time as number, health: { type: "alive" } };
    const failed = { type: "restricted", reason: "spam", until: time } as const;
    const restricted = { ...statusOf("echo.1", "read"), at: time as number, health: failed } as InboundEvent;
    await wadesk.inbound.receive("echo", [alive, restricted]);
    expect(await acme.message(sent.id)).toMatchObject({ status: "read", statusAt: clock.now() });
    const row = await acme.get(id);
    expect([row.lastSeenAt, row.status]).toEqual([
      clock.now(),
      { state: "connected", since: clock.now(), restriction: { reason: "spam" } },
    ]);
    // it falls silent like any other
    await clock.advance(60_001);
    expect((await acme.get(id)).status.state).toBe("disconnected");
  });
});
