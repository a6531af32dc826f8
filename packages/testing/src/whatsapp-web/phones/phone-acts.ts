import { type AppStateActs, appStateActs } from "../app-state/app-state-acts.ts";
import type { Account } from "../directory/account.ts";
import { type GroupActs, groupActs } from "../groups/group-acts.ts";
import { type HistoryActs, historyActs } from "../history/history-acts.ts";
import { type LimitActs, limitActs } from "../limits/limit-acts.ts";
import { type MediaActs, mediaActs } from "../media/media-acts.ts";
import { type NewsletterActs, newsletterActs } from "../newsletters/newsletter-acts.ts";
import { type DeviceActs, deviceActs } from "../notices/device-acts.ts";
import type { Chat } from "../presence/presence.ts";
import { type PresenceActs, presenceActs } from "../presence/presence-acts.ts";
import { type ContactActs, contactActs } from "./contact-acts.ts";
import type { PhoneRooms } from "./phone-rooms.ts";
import { type ProfileActs, profileActs } from "./profile-acts.ts";

/** Everything that a person does beside linking and talking. */
export interface PhoneActs
  extends AppStateActs,
    HistoryActs,
    MediaActs,
    GroupActs,
    PresenceActs,
    ContactActs,
    ProfileActs,
    LimitActs,
    DeviceActs,
    NewsletterActs {}

/** The acts of one account, whose clients `unlink` removes. */
export function phoneActs(
  rooms: PhoneRooms,
  account: Account,
  chatOf: (to: { readonly jid: string } | string) => Chat,
  unlink: () => void,
): PhoneActs {
  const { world, media, appState, history, groups, presences, limits, tokens, newsletters } = rooms;
  return {
    ...mediaActs(world, media),
    ...appStateActs(world, appState, account),
    ...historyActs(history, account),
    ...profileActs(world, media, account),
    ...groupActs(world, groups, account),
    ...presenceActs(world, presences, account, chatOf),
    ...contactActs(world, account),
    ...limitActs(world, limits, tokens, account),
    ...newsletterActs(world, newsletters, account),
    ...deviceActs(world, rooms, account, unlink),
  };
}
