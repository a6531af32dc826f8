import type { AppState } from "../app-state/app-state.ts";
import type { Calls } from "../calls/calls.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Groups } from "../groups/groups.ts";
import type { History } from "../history/history.ts";
import type { AccountLimits } from "../limits/account-limits.ts";
import type { Mex } from "../limits/mex.ts";
import type { PrivacyTokens } from "../limits/privacy-tokens.ts";
import type { Linking } from "../linking/linking.ts";
import type { Media } from "../media/media.ts";
import type { Newsletters } from "../newsletters/newsletter-state.ts";
import type { Placeholders } from "../notices/placeholders.ts";
import type { Presences } from "../presence/presence.ts";
import type { World } from "../server/world.ts";

/** What a phone needs of the server. */
export interface PhoneRooms {
  readonly world: World;
  readonly linking: Linking;
  readonly delivery: Delivery;
  readonly media: Media;
  readonly appState: AppState;
  readonly history: History;
  readonly groups: Groups;
  readonly presences: Presences;
  readonly limits: AccountLimits;
  readonly tokens: PrivacyTokens;
  readonly mex: Mex;
  readonly placeholders: Placeholders;
  readonly calls: Calls;
  readonly newsletters: Newsletters;
}
