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
