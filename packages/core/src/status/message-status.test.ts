import { expect, it } from "vitest";
import { climbs, type MessageStatus } from "./message-status.ts";

it.each<[MessageStatus, MessageStatus, boolean]>([
  ["queued", "sent", true],
  ["sent", "delivered", true],
  ["delivered", "read", true],
  ["read", "played", true],
  ["read", "delivered", false],
  ["sent", "sent", false],
  ["queued", "failed", true],
  ["sent", "failed", true],
  ["delivered", "failed", false],
  ["failed", "sent", false],
  ["failed", "delivered", true],
])("from %s to %s climbs: %s", (current, next, expected) => {
  expect(climbs(current, next)).toBe(expected);
});
