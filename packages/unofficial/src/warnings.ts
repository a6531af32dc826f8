import type { Notice } from "@wadesk/core";

/** What the channel warns of by itself. Core warns of a phone that is not opened, by `facts.phoneSeenAt`. */
export type UnofficialWarning =
  /** WhatsApp counts whom the number writes to first: it has used `used` of `total` in its present cycle. */
  | Notice<"new_chats_few", { readonly used: number; readonly total: number }>
  /** A session was moved here, and `count` of its entries are of kinds that are not known; `names` are the first of them. */
  | Notice<"keys_left", { readonly count: number; readonly names: string }>
  /** A session was moved here without its keys: what others encrypted with them cannot be read until it is sent again. */
  | Notice<"keys_missing">;
