import type { ConnectionFacts } from "@wadesk/core";

const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));

/** Every fact, and what it may be. */
export const FACTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  quality: isOneOf("high", "medium", "low", "unrated"),
  messagingLimit: (value) => value === "unlimited" || (Number.isSafeInteger(value) && Number(value) >= 0),
  tokenExpiresAt: (value) => value === "never" || isTime(value),
  mode: isOneOf("live", "sandbox"),
  // never whole, or with what is left of it anybody could go on
  account: (value) => typeof value === "string" && value.includes("…"),
  // what is filled in for a person who connects it anew, whoever looks on
  given: (value) => typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string"),
  accountOrigin: isOneOf("own", "admin"),
  phoneSeenAt: isTime,
  webhookAt: isTime,
  historyProgress: (value) => value === "declined" || (Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 100),
} satisfies Record<keyof ConnectionFacts, (value: unknown) => boolean>;
