import type { ConnectionFacts } from "@wadesk/core";
import type { TwilioDetails, TwilioMode } from "../details.ts";
import type { AccountFacts } from "./account.ts";
import { maskSid } from "./mask-sid.ts";
import type { SenderFacts } from "./sender.ts";

/** What a connection tells about itself. */
export function detailsOf(
  place: { readonly accountSid: string; readonly number: string; readonly mode: TwilioMode; readonly inherited: boolean },
  { friendlyName, accountType }: AccountFacts,
  sender: SenderFacts | undefined,
): TwilioDetails {
  const { senderSid, senderStatus, profileName, qualityRating, messagingLimit } = sender ?? {};
  return {
    mode: place.mode,
    from: place.number,
    accountSid: maskSid(place.accountSid),
    ...(place.inherited && { inherited: true }),
    ...(friendlyName !== undefined && { friendlyName }),
    ...(accountType !== undefined && { accountType }),
    ...(senderSid !== undefined && { senderSid }),
    ...(senderStatus !== undefined && { senderStatus }),
    ...(profileName !== undefined && { profileName }),
    ...(qualityRating !== undefined && { qualityRating }),
    ...(messagingLimit !== undefined && { messagingLimit }),
  };
}

const QUALITIES: ReadonlyMap<unknown, ConnectionFacts["quality"]> = new Map([
  ["HIGH", "high"],
  ["MEDIUM", "medium"],
  ["LOW", "low"],
]);

/** What a card shows of a number, out of what Twilio told. What is not known any more is `undefined`. */
export function factsOf({ qualityRating, messagingLimit, mode, from, accountSid, inherited }: TwilioDetails): {
  readonly [Name in keyof ConnectionFacts]: ConnectionFacts[Name] | undefined;
} {
  return {
    quality: QUALITIES.get(qualityRating),
    messagingLimit: limitOf(messagingLimit),
    mode: mode === "sandbox" ? "sandbox" : "live",
    account: accountSid,
    given: { mode, from },
    accountOrigin: inherited ? "admin" : "own",
  };
}

/** The same of a number that was not known before. */
export function firstFacts(details: TwilioDetails): ConnectionFacts {
  return Object.fromEntries(Object.entries(factsOf(details)).filter(([, value]) => value !== undefined));
}

/**
 * A sender's limit, e.g. `10K Customers/24hr`, as people a day; nothing for words that are new.
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
function limitOf(words: string | undefined): ConnectionFacts["messagingLimit"] {
  if (/^unlimited\b/i.test(words ?? "")) return "unlimited";
  const [, figure, thousands] = /^(\d{1,4})(K?) Customers\/24hr$/.exec(words ?? "") ?? [];
  return figure === undefined ? undefined : Number(figure) * (thousands === "K" ? 1000 : 1);
}
