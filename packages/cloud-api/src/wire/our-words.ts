import type { ConnectionFacts } from "@wadesk/core";

const QUALITIES: ReadonlyMap<unknown, ConnectionFacts["quality"]> = new Map([
  ["GREEN", "high"],
  ["YELLOW", "medium"],
  ["RED", "low"],
  ["NA", "unrated"],
  ["UNKNOWN", "unrated"],
]);

/**
 * Meta's word for a number's quality as ours; nothing for one that is new.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
 */
export function qualityOf(word: string | undefined): ConnectionFacts["quality"] {
  return QUALITIES.get(word);
}

/**
 * Meta's word for a messaging limit, e.g. `TIER_1K`, as people a day; nothing for one that is new.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits
 */
export function limitOf(word: string | undefined): ConnectionFacts["messagingLimit"] {
  if (word === "TIER_UNLIMITED" || word === "-1") return "unlimited";
  const [, figure, thousands] = /^TIER_(\d{1,4})(K?)$/.exec(word ?? "") ?? [];
  return figure === undefined ? undefined : Number(figure) * (thousands === "K" ? 1000 : 1);
}
