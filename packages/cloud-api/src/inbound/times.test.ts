import { describe, expect, it } from "vitest";
import { asTime } from "../wire/wire.ts";
import { normalizeMeta } from "./normalize.ts";

const HOSTILE: readonly unknown[] = [
  1e300,
  "1e300",
  2 ** 63,
  "9223372036854775808",
  -1,
  "-5",
  1.5,
  "1750000001.7",
  "soon",
  "",
  {},
  [],
  null,
  true,
];
const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const contact = "5511999990000";

/** Every place in which Meta gives a time. */
function valuesWith(time: unknown): readonly (readonly [field: string, value: object])[] {
  const text = { type: "text", text: { body: "x" } };
  return [
    ["messages", { metadata, messages: [{ id: "wamid.1", from: contact, timestamp: time, ...text }] }],
    ["messages", { metadata, statuses: [{ id: "wamid.1", status: "read", timestamp: time, recipient_id: contact }] }],
    ["smb_message_echoes", { metadata, message_echoes: [{ id: "wamid.1", from: "15550001111", to: contact, timestamp: time, ...text }] }],
    ["calls", { metadata, calls: [{ id: "wacid.1", from: contact, to: "15550001111", event: "connect", timestamp: time }] }],
    [
      "history",
      {
        metadata,
        history: [{ metadata: {}, threads: [{ id: contact, messages: [{ id: "wamid.1", from: contact, timestamp: time, ...text }] }] }],
      },
    ],
    [
      "smb_app_state_sync",
      { metadata, state_sync: [{ type: "contact", action: "add", contact: { phone_number: contact }, metadata: { timestamp: time } }] },
    ],
    [
      "user_preferences",
      { metadata, user_preferences: [{ wa_id: contact, category: "marketing_messages", value: "stop", timestamp: time }] },
    ],
    [
      "account_update",
      { event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: time }] },
    ],
  ];
}

// whatever a field `at` or `until` is called in an event
function timesIn(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    if (name === "raw") return [];
    return name === "at" || name === "until" ? [field] : timesIn(field);
  });
}

describe("a time that no date can show", () => {
  it.each(HOSTILE)("%j becomes one that can be stored, wherever Meta gives it", (time) => {
    for (const [field, value] of valuesWith(time)) {
      const entry = [{ id: "800100", time, changes: [{ field, value }] }];
      const events = normalizeMeta({ object: "whatsapp_business_account", entry });
      expect(events.length).toBeGreaterThan(0);
      for (const each of timesIn(events))
        expect([field, Number.isSafeInteger(each) && Number(each) >= 0 && Number(each) <= 8.64e15]).toEqual([field, true]);
    }
  });

  it("leaves a token without an end", () => {
    expect(asTime(1e300, 0)).toBe(0);
    expect(asTime("1750000001.7", 0)).toBe(1_750_000_001_700);
  });
});
