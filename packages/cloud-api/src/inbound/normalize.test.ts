import { isWadeskError } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeMeta } from "./normalize.ts";

const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const change = (field: string, value: unknown): unknown => ({ field, value });
const webhook = (...changes: readonly unknown[]): unknown => ({
  object: "whatsapp_business_account",
  entry: [{ id: "800100", time: 1_750_000_000, changes }],
});
const said = (id: string, body: string, from = "5511999990000"): unknown => ({
  from,
  id,
  timestamp: "1750000001",
  type: "text",
  text: { body },
});
const messages = (...items: readonly unknown[]): unknown =>
  change("messages", { messaging_product: "whatsapp", metadata, messages: items });

describe("normalizeMeta", () => {
  it("reads a text message with its sender, its route and a key of all its parts", () => {
    const contacts = [{ profile: { name: "Ana" }, wa_id: "5511999990000" }];
    const raw = said("wamid.1", "Olá");
    expect(normalizeMeta(webhook(change("messages", { metadata, contacts, messages: [raw] })))).toEqual([
      {
        key: "cloud-api:700100200|+5511999990000|+5511999990000|wamid.1",
        route: "cloud-api:700100200",
        orderKey: "cloud-api:700100200|+5511999990000",
        type: "message.received",
        at: 1_750_000_001_000,
        data: {
          messageId: "wamid.1",
          contact: { phone: "+5511999990000", name: "Ana" },
          content: { kind: "text", text: "Olá" },
          raw,
          beside: { metadata, contacts },
        },
      },
    ]);
  });

  it("reads every entry, every change, every message and every status of a batch, in order", () => {
    const status = { id: "wamid.9", status: "read", timestamp: 1_750_000_002, recipient_id: "5511999990000" };
    const value = { metadata, messages: [said("wamid.1", "a"), said("wamid.2", "b")], statuses: [status] };
    const payload = {
      object: "whatsapp_business_account",
      entry: [
        { id: "800100", changes: [change("messages", value), messages(said("wamid.3", "c"))] },
        { id: "800200", changes: [messages(said("wamid.4", "d")), change("account_update", { event: "ACCOUNT_DELETED" })] },
      ],
    };
    const events = normalizeMeta(payload);
    expect(events.map((event) => event.type)).toEqual([
      "message.received",
      "message.received",
      "message.status",
      "message.received",
      "message.received",
      "account.changed",
    ]);
    expect(events.map((event) => event.key.split("|")[3]).slice(0, 5)).toEqual(["wamid.1", "wamid.2", "wamid.9", "wamid.3", "wamid.4"]);
    expect(new Set(events.map((event) => event.key)).size).toBe(6);
  });

  it("gives a redelivery the same keys, whatever order its fields stand in", () => {
    const value = { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SCAM", note: "n" } };
    const turned = { violation_info: { note: "n", violation_type: "SCAM" }, event: "ACCOUNT_VIOLATION" };
    const [first] = normalizeMeta(webhook(change("account_update", value)));
    const [second] = normalizeMeta(webhook(change("account_update", turned)));
    expect(first?.key).toMatch(/^cloud-api:800100\|account_update\|\|[0-9a-f]{32}$/);
    expect(second?.key).toBe(first?.key);
  });

  it("tells the same fact at another time from a redelivery", () => {
    const at = (time: number): InboundEvent | undefined =>
      normalizeMeta({
        object: "whatsapp_business_account",
        entry: [{ id: "800100", time, changes: [change("phone_number_quality_update", { event: "FLAGGED" })] }],
      })[0];
    expect(at(1_750_000_000)?.key).toBe(at(1_750_000_000)?.key);
    expect(at(1_750_009_999)?.key).not.toBe(at(1_750_000_000)?.key);
  });

  it("reads times written as text, as numbers, and in milliseconds", () => {
    const at = (timestamp: unknown): number | undefined =>
      normalizeMeta(webhook(messages({ ...(said("wamid.1", "a") as object), timestamp })))[0]?.at;
    expect(at("1750000001")).toBe(1_750_000_001_000);
    expect(at(1_750_000_001)).toBe(1_750_000_001_000);
    expect(at(1_750_000_001_000)).toBe(1_750_000_001_000);
    expect(at(undefined)).toBe(1_750_000_000_000);
  });

  it("hands a field, a kind or a shape it has no word for on as event.unknown with the raw value", () => {
    const value = { metadata, moons: 2 };
    expect(normalizeMeta(webhook(change("lunar_update", value)))).toMatchObject([
      { type: "event.unknown", route: "cloud-api:700100200", data: { field: "lunar_update", raw: value } },
    ]);
    const [unaddressed] = normalizeMeta(webhook(change("lunar_update", { moons: 2 })));
    expect(unaddressed).toMatchObject({ type: "event.unknown", route: "cloud-api:800100", data: { raw: { moons: 2 } } });
    expect(unaddressed).not.toHaveProperty("scope");
    expect(normalizeMeta(webhook(messages()))).toMatchObject([{ type: "event.unknown", data: { field: "messages" } }]);
    expect(normalizeMeta(webhook(messages(null, 7, { type: "text" })))).toMatchObject([
      { type: "event.unknown", data: { raw: null } },
      { type: "event.unknown", data: { raw: 7 } },
      { type: "event.unknown", data: { raw: { type: "text" } } },
    ]);
    expect(normalizeMeta(webhook(change("messages", "text"), null))).toMatchObject([{ type: "event.unknown" }, { type: "event.unknown" }]);
  });

  it("never addresses a message without a number to the whole account", () => {
    const [event] = normalizeMeta(webhook(change("messages", { messages: [said("wamid.1", "private")] })));
    expect(event).toMatchObject({ type: "event.unknown" });
    expect(event?.scope).toBeUndefined();
  });

  it("reads errors that stand on the value with no message at all", () => {
    const error = { code: 131031, title: "Account locked", error_data: { details: "Business account has been locked" } };
    expect(normalizeMeta(webhook(change("messages", { metadata, errors: [error] })))).toMatchObject([
      {
        type: "provider.error",
        route: "cloud-api:700100200",
        data: { failure: { code: "locked", vendor: { vendor: "meta", code: 131031 } }, raw: error },
        health: { type: "failed", code: "locked" },
      },
    ]);
  });

  it("refuses a payload that is no WhatsApp webhook", () => {
    expect(normalizeMeta({ object: "whatsapp_business_account" })).toEqual([]);
    for (const payload of [{ object: "page", entry: [] }, {}, [], null, undefined, "text", 1]) {
      expect(() => normalizeMeta(payload)).toThrow(/body is not what its provider sends.*whatsapp_business_account/);
    }
  });
});

// values made of the words that the readers look for, so that they get past the first look
const words = fc.constantFrom(
  ..."id from to type timestamp text body image messages statuses errors metadata phone_number_id contacts wa_id user_id profile name".split(
    " ",
  ),
  ..."calls event direction history threads groups group_id state_sync contact action user_preferences category value".split(" "),
  ..."interactive button_reply nfm_reply response_json system edit original_message_id message context referral order".split(" "),
  ..."sent failed call constructor __proto__ toString hasOwnProperty".split(" "),
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: "xsmall", withCrossShrink: true },
    fc.jsonValue(),
    words,
    fc.array(tie("anything"), { maxLength: 3 }),
    fc.dictionary(words, tie("anything"), { maxKeys: 8 }),
  ),
}));
const fields = fc.constantFrom(
  ..."messages smb_message_echoes message_echoes calls history smb_app_state_sync user_preferences user_id_update".split(" "),
  ..."group_lifecycle_update account_update account_alerts account_review_update business_capability_update flows security".split(" "),
  ..."phone_number_quality_update phone_number_name_update message_template_status_update template_category_update other".split(" "),
);

describe("normalizeMeta, of anything", () => {
  it("throws nothing but body_invalid", () => {
    fc.assert(
      fc.property(anything, (payload) => {
        try {
          normalizeMeta(payload);
        } catch (error) {
          expect(isWadeskError(error, "body_invalid")).toBe(true);
        }
      }),
    );
  });

  it("makes at least one event of every change, purely, with the same keys each time", () => {
    fc.assert(
      fc.property(fields, fc.dictionary(words, anything, { maxKeys: 10 }), fc.boolean(), (field, value, ofNumber) => {
        const payload = webhook(change(field, ofNumber ? { ...value, metadata } : value));
        const before = JSON.stringify(payload);
        const events = normalizeMeta(payload);
        expect(events.length).toBeGreaterThan(0);
        expect(JSON.stringify(payload)).toBe(before);
        expect(normalizeMeta(JSON.parse(before)).map((event) => event.key)).toEqual(events.map((event) => event.key));
        for (const event of events) {
          expect(event.key.startsWith(`${event.route}|`)).toBe(true);
          expect(event.route).toMatch(/^cloud-api:/);
          expect(Number.isFinite(event.at)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
