import type { ConnectionFacts } from "@wadesk/core";
import type { CloudApiDetails } from "../details.ts";
import { limitOf, qualityOf } from "../wire/our-words.ts";
import { present } from "../wire/wire.ts";

const MODES: ReadonlyMap<unknown, ConnectionFacts["mode"]> = new Map([
  ["LIVE", "live"],
  ["SANDBOX", "sandbox"],
]);

type Facts = { readonly [Name in keyof ConnectionFacts]: ConnectionFacts[Name] | undefined };

/** What a card shows of a number, out of what Meta told. What is not known any more is `undefined`. */
export function factsOf(details: CloudApiDetails): Facts {
  const { qualityRating, messagingLimit, tokenExpiresAt, accountMode, wabaId } = details;
  return {
    quality: qualityOf(qualityRating),
    messagingLimit: limitOf(messagingLimit),
    tokenExpiresAt: tokenExpiresAt ?? "never",
    mode: MODES.get(accountMode),
    account: `${wabaId.slice(0, 4)}…${wabaId.slice(-4)}`,
    given: givenOf(details),
    accountOrigin: "own",
  };
}

// without the secrets of an app of the workspace's own it is not connected anew, so its id says that they are asked for
function givenOf({ phoneNumberId, wabaId, businessId, appId, ownApp }: CloudApiDetails): Readonly<Record<string, string>> {
  return {
    phoneNumberId,
    wabaId,
    ...(businessId !== undefined && { businessId }),
    ...(ownApp === true && appId !== undefined && { appId }),
  };
}

/** The same of a number that was not known before. */
export function firstFacts(details: CloudApiDetails): ConnectionFacts {
  return present(factsOf(details));
}
