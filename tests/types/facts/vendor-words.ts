import type { AccountChanged, GroupChanged } from "@wadesk/core";

// what is known is offered, and what a vendor adds is still told
export const known: GroupChanged["change"] = "promoted";
export const added: AccountChanged["change"] = "an_event_of_next_year";
export function isPromotion({ change }: GroupChanged): boolean {
  return change === "promoted";
}

// @ts-expect-error it is a word, whoever says it
export const none: GroupChanged["change"] = 7;
