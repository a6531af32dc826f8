import type { InboundEvent } from "@wadesk/core/ports";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeMeta } from "../normalize.ts";

const told = (field: string, value: unknown): readonly InboundEvent[] =>
  normalizeMeta({ object: "whatsapp_business_account", entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value }] }] });
const message = { from: "5511999990000", id: "wamid.1", timestamp: "1750000001", type: "text", text: { body: "Oi" } };
const book = [{ type: "contact", action: "add", contact: { full_name: "Ana", phone_number: "15550002222" } }];
const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };

/** Whom an event is for: one number, the one number of an account that is called so, everybody on an account, or nobody. */
function whose({ route, scope, phone }: InboundEvent): string {
  if (scope === undefined) return route === "cloud-api:800100" ? "nobody" : route;
  return phone === undefined ? `all of ${route}` : `${phone} of ${route}`;
}

describe("whose a change of Meta's is", () => {
  it.each<[string, object]>([
    [
      "messaging_handovers",
      { recipient: { phone_number_id: "700100200", display_phone_number: "15550001111" }, sender: { phone_number: "1" } },
    ],
    ["account_settings_update", { type: "phone_number_settings", phone_number_settings: { phone_number_id: "700100200", calling: {} } }],
    ["lunar_update", { moons: [{ of: { business_phone_number_id: "700100200" } }] }],
    ["account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" }, phone_number_id: 700100200 }],
    ["account_alerts", { entity_type: "phone_number", entity_id: "700100200", alert_info: { alert_type: "X" } }],
    ["message_template_status_update", { phone_number_ids: ["700100200"], message_template_id: 1, message_template_name: "n" }],
    ["security", { event: "PIN_CHANGED", about: { phoneNumberId: "700100200" } }],
    ["account_update", { event: "X", phone_number: { id: "700100200", display_phone_number: "15550001111" } }],
    ["account_alerts", { alert_type: "X", phone_numbers: [{ id: "700100200" }] }],
    ["account_alerts", { alert_type: "X", about: { entities: [{ entity_type: "PHONE_NUMBER", id: "700100200" }] } }],
    ["account_alerts", { entity_type: "BUSINESS_PHONE_NUMBER", entity_id: "700100200", alert_type: "X" }],
    ["security", { event: "PIN_CHANGED", phone_id: "700100200" }],
    ["security", { event: "PIN_CHANGED", business_number_id: "700100200" }],
    [
      "messaging_handovers",
      {
        recipient: { phone_number_id: "700100200", display_phone_number: "551187654321" },
        owner: { display_phone_number: "+55 11 98765-4321" },
      },
    ],
  ])("is the one number's that %s names anywhere", (field, value) => {
    expect(told(field, value).map(whose)).toEqual(["cloud-api:700100200"]);
  });

  it.each<[string, object]>([
    ["account_settings_update", { phone_number_settings: { display_phone_number: "+1 555-000-1111" } }],
    ["lunar_update", { of: [{ display_phone_number: "15550001111" }] }],
    ["account_alerts", { alert_type: "X", display_phone_numbers: ["15550001111", "+1 555 000 1111"] }],
    ["account_alerts", { alert_type: "X", business_phone_number: "15550001111" }],
    ["account_alerts", { alert_type: "X", business_phone: "15550001111" }],
    ["account_update", { event: "X", phone_numbers: ["15550001111"] }],
    [
      "messages",
      { metadata: { display_phone_number: "15550001111" }, messages: [{ ...message, order: { phone_number_id: "700100999" } }] },
    ],
    ["smb_app_state_sync", { metadata: { display_phone_number: "15550001111" }, state_sync: book }],
    ["messages", { metadata: { display_phone_number: "15550001111" }, messages: [message] }],
    ["history", { metadata: { display_phone_number: "15550001111" }, history: [{ errors: [{ code: 2593109 }] }] }],
  ])("is the one number's whose display form %s names anywhere", (field, value) => {
    expect(told(field, value).map(whose)).toEqual(["+15550001111 of cloud-api:800100"]);
  });

  it.each<[string, unknown]>([
    ["lunar_update", { moons: 2 }],
    ["unknown", { moons: 2 }],
    ["lunar_update", "text"],
    ["messages", { messages: [message] }],
    ["messages", "text"],
    // an address book is full of people's numbers, and one of them may be a neighbour's
    ["smb_app_state_sync", { state_sync: book }],
    ["account_update", { event: "X", contacts: [{ phone_number: "15550002222" }] }],
    ["account_settings_update", { a: { phone_number_id: "700100200" }, b: { phone_number_id: "700100999" } }],
    ["account_update", { event: "ACCOUNT_DELETED", phone_number_ids: ["700100200", "700100999"] }],
    [
      "phone_number_quality_update",
      { event: "FLAGGED", was: { display_phone_number: "15550001111" }, is: { display_phone_number: "15550002222" } },
    ],
    ["account_update", { event: "PARTNER_REMOVED", waba_info: { waba_id: "800100" }, other: { waba_id: "800999" } }],
    [
      "account_update",
      { phone_number_id: "700100200", a: { display_phone_number: "15550001111" }, b: { display_phone_number: "15550002222" } },
    ],
  ])("is nobody's where %s %j names none and is of no known account field, or names several", (field, value) => {
    expect(told(field, value).map(whose)).toEqual(["nobody"]);
  });

  it.each<[string, unknown]>([
    ["account_update", { event: "ACCOUNT_DELETED", waba_info: { waba_id: "800999" } }],
    ["account_alerts", { entity_type: "WABA", entity_id: "800999", alert_info: { alert_type: "X" } }],
    ["business_capability_update", { max_phone_numbers_per_waba: 2, of: { whatsapp_business_account_id: "800999" } }],
    ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "1", owner: { waba_id: "800999" } }],
  ])("is the account's that %s names, and not that of the entry around it", (field, value) => {
    expect(told(field, value).map(whose)).toEqual(["all of cloud-api:800999"]);
  });

  it("is everybody's on the account for a known account field that names nothing else, read or not", () => {
    expect(told("account_update", { event: "ACCOUNT_DELETED" }).map(whose)).toEqual(["all of cloud-api:800100"]);
    expect(told("account_update", "text").map(whose)).toEqual(["all of cloud-api:800100"]);
    expect(told("account_alerts", { entity_type: "BUSINESS", entity_id: "1", alert_type: "X" }).map(whose)).toEqual([
      "all of cloud-api:800100",
    ]);
  });

  it("is the number's in `metadata`, and a part that names a neighbour goes to nobody and stands in no other event", () => {
    const value = { metadata, messages: [message], recipient: { phone_number_id: "700100999", secret: "of the neighbour" } };
    const events = told("messages", value);
    expect(events.map((event) => [event.type, whose(event)])).toEqual([
      ["message.received", "cloud-api:700100200"],
      ["event.unknown", "nobody"],
    ]);
    expect(JSON.stringify(events[0])).not.toContain("of the neighbour");
    expect(told("lunar_update", { ...value, messages: undefined, moons: 2 }).map((event) => [whose(event), event.data.raw])).toEqual([
      ["cloud-api:700100200", { metadata, moons: 2 }],
      ["nobody", { recipient: value.recipient }],
    ]);
    expect(told("messages", { metadata, messages: [message], from: { phone_number_id: "700100200" } }).map(whose)).toEqual([
      "cloud-api:700100200",
    ]);
  });

  it("is the number's in `metadata` with the people's numbers that stand in it", () => {
    const leads = [{ name: "Ana", phone_number: "+5511999990000" }];
    expect(told("lunar_update", { metadata, leads }).map((event) => [whose(event), event.data.raw])).toEqual([
      ["cloud-api:700100200", { metadata, leads }],
    ]);
    const sale = { id: "1", event_name: "Purchase", timestamp: 1_750_000_000, custom_data: { phone_number: "+5511999990000" } };
    expect(told("automatic_events", { metadata, automatic_events: [sale] }).map((event) => [event.type, whose(event)])).toEqual([
      ["conversion.detected", "cloud-api:700100200"],
    ]);
  });

  it("is the number's in `metadata` with all that names it in another spelling", () => {
    const own = { display_phone_number: "5511987654321", phone_number_id: "700100200" };
    const value = { metadata: own, messages: [message], recipient: { display_phone_number: "+55 11 8765-4321" } };
    expect(told("messages", value).map((event) => [event.type, whose(event)])).toEqual([["message.received", "cloud-api:700100200"]]);
  });

  it("does not depend on what people write: a name within their messages takes nothing away and leads nowhere", () => {
    const odd = { ...message, order: { phone_number_id: "700100999" } };
    expect(told("messages", { metadata, messages: [odd] }).map((event) => [event.type, whose(event)])).toEqual([
      ["message.received", "cloud-api:700100200"],
    ]);
  });

  it("reads names at any depth without ending the stack", () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}{"phone_number_id":"700100200"}${"}".repeat(20_000)}`);
    expect(told("lunar_update", deep).map(whose)).toEqual(["cloud-api:700100200"]);
  });
});

const fields = fc.constantFrom(
  ..."messages calls history account_update account_alerts account_review_update account_settings_update security flows".split(" "),
  ..."business_capability_update phone_number_quality_update phone_number_name_update message_template_status_update".split(" "),
  ..."messaging_handovers lunar_update".split(" "),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom<unknown>(
      { phone_number_id: "number-1" },
      { recipient: { phone_number_id: "number-2" } },
      { entity_type: "PHONE_NUMBER", entity_id: "number-1" },
    ),
    fc.dictionary(fc.constantFrom("a", "b", "event", "recipient", "phone_number_settings"), tie("tree"), { maxKeys: 4 }),
    fc.array(tie("tree"), { maxLength: 3 }),
  ),
}));

it("never hands a value that names a number to another, whatever stands where", () => {
  const values = fc.dictionary(fc.constantFrom("x", "event", "recipient", "decision"), tree);
  fc.assert(
    fc.property(fields, values, fc.boolean(), (field, value, known) => {
      for (const event of told(field, known ? { ...value, metadata: { phone_number_id: "number-1" } } : value)) {
        const named = ["number-1", "number-2"].filter((id) => JSON.stringify(event.data.raw).includes(`"${id}"`));
        if (named.length > 0) expect(["nobody", ...(named.length === 1 ? [`cloud-api:${named[0]}`] : [])]).toContain(whose(event));
      }
    }),
    { numRuns: 300 },
  );
});

describe("a name that stands beside the value", () => {
  const beside = (place: "change" | "entry", name: object, value: object, field = "account_update"): string[] => {
    const change = { field, value, ...(place === "change" && name) };
    const entry = { id: "800100", time: 1_750_000_000, changes: [change], ...(place === "entry" && name) };
    return normalizeMeta({ object: "whatsapp_business_account", entry: [entry] }).map(whose);
  };

  it.each(["change", "entry"] as const)("in its %s says whose it is where the value names nobody", (place) => {
    const ban = { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } };
    expect(new Set(beside(place, { phone_number_id: "700100200" }, ban))).toEqual(new Set(["cloud-api:700100200"]));
    expect(new Set(beside(place, { about: { display_phone_number: "15550001111" } }, ban))).toEqual(
      new Set(["+15550001111 of cloud-api:800100"]),
    );
    expect(beside(place, { phone_number_ids: ["700100200", "700100999"] }, ban)[0]).toBe("nobody");
    expect(beside(place, { waba_id: "800999" }, ban)[0]).toBe("all of cloud-api:800999");
  });

  it.each(["change", "entry"] as const)(
    "in its %s takes nothing from the number that the value names, and hands nothing of it on",
    (place) => {
      const [first, ...rest] = beside(place, { phone_number_id: "700100999" }, { metadata, messages: [message] }, "messages");
      expect(first).toBe("cloud-api:700100200");
      expect(rest).not.toContain("cloud-api:700100200");
    },
  );

  it("says nothing where it is no name", () => {
    expect(new Set(beside("change", { moons: 2 }, { event: "ACCOUNT_DELETED" }))).toEqual(new Set(["all of cloud-api:800100"]));
    expect(new Set(beside("entry", { uid: "800100" }, { event: "ACCOUNT_DELETED" }))).toEqual(new Set(["all of cloud-api:800100"]));
  });
});
