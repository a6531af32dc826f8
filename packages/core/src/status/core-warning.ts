import type { Notice } from "../errors/notice.ts";

/** What core warns of by itself, on any channel; each channel lists its own warnings beside these. */
export type CoreWarning =
  /** The access token ends at `at`, within a week; derived on read from `facts.tokenExpiresAt`. */
  | Notice<"token_expires", { readonly at: number }>
  /** The access token ended at `at`, and its provider has not refused it yet; derived on read too. */
  | Notice<"token_expired", { readonly at: number }>
  /** The link ends at `by` unless the phone is opened before, which was last heard of at `seenAt`; derived on read from `facts.phoneSeenAt`. */
  | Notice<"phone_unseen", { readonly by: number; readonly seenAt: number }>
  /** That time is over: the link may end at any moment; derived on read too. */
  | Notice<"phone_overdue", { readonly by: number; readonly seenAt: number }>
  /** People block or report the number; derived on read from `facts.quality`. */
  | Notice<"quality_low">
  /** White space around what was pasted into `field` was removed when the number was connected. */
  | Notice<"space_removed", { readonly field: string }>
  /** A warning of which only the text is known: it was stored before warnings had codes, and goes with the next check. */
  | Notice<"text">;
