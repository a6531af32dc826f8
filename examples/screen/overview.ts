import type { Connection, ConnectionState, Wadesk } from "@wadesk/core";

// #region overview
/** What the person has typed and clicked. */
export interface Filter {
  readonly search?: string;
  readonly state?: ConnectionState;
  readonly region?: string;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

/** One page of cards with all that stands around them. */
export async function overview(wadesk: Wadesk, workspaceId: string, filter: Filter = {}) {
  const { items, next, counts, regions, changes } = await wadesk.workspace(workspaceId).list({ ...filter, limit: 20 });
  return {
    // of the whole workspace, whatever the filter, so that a tab's number stays as it is while somebody types
    tabs: { all: counts.all, connected: counts.connected, failed: counts.failed },
    regions: regions.map(({ region, count }) => `${region} (${count})`),
    cards: items.map(cardOf),
    next,
    changes,
  };
}
// #endregion overview

// #region card
/** One number as a card. */
export interface Card {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly lines: readonly string[];
}

/** The same for every channel: a fact that the channel does not know is absent, and its line is too. */
export function cardOf({ id, label, phone, primary, status, facts = {} }: Connection): Card {
  const { quality, messagingLimit, tokenExpiresAt, mode, account } = facts;
  return {
    id,
    title: `${label}${phone === undefined ? "" : ` · ${phone}`}${primary ? " · primary" : ""}`,
    state: status.state === "connected" ? "connected" : `${status.state}: ${status.reason}`,
    lines: [
      ...(quality === undefined ? [] : [`quality ${quality}`]),
      ...(messagingLimit === undefined ? [] : [`${messagingLimit} people a day`]),
      ...(typeof tokenExpiresAt === "number" ? [`token until ${new Date(tokenExpiresAt).toISOString().slice(0, 10)}`] : []),
      ...(mode === "sandbox" ? ["sandbox"] : []),
      ...(account === undefined ? [] : [account]),
    ],
  };
}
// #endregion card
