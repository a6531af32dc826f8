import type { WireConnection } from "../../wire/connection.ts";

/** What a banner warns of, the worst first. */
export type Warning = "banned" | "locked" | "blocked" | "restricted" | "unseen";

/** One banner: of which connection, and until when where that is known. */
export interface Banner {
  readonly warning: Warning;
  readonly connection: WireConnection;
  /** Milliseconds since the epoch. */
  readonly until?: number;
  /** When the phone was last heard of. */
  readonly seenAt?: number;
}

const ORDER: readonly Warning[] = ["banned", "locked", "blocked", "restricted", "unseen"];
const BY_REASON: Readonly<Record<string, Warning>> = { banned: "banned", locked: "locked", temporarily_banned: "blocked" };

/** The banners of what is shown, worst first; `hidden` are the ids whose warning of an unseen phone somebody has put away. */
export function bannersOf(items: readonly WireConnection[], hidden: ReadonlySet<string>): readonly Banner[] {
  return items.flatMap((connection) => bannerOf(connection, hidden)).toSorted((one, other) => rank(one) - rank(other));
}

function bannerOf(connection: WireConnection, hidden: ReadonlySet<string>): readonly Banner[] {
  const { status, warnings } = connection;
  const failed = status.state === "failed" ? BY_REASON[status.reason ?? ""] : undefined;
  if (failed !== undefined) return [{ warning: failed, connection }];
  const { restriction } = status;
  if (restriction !== undefined)
    return [{ warning: "restricted", connection, ...(restriction.until !== undefined && { until: restriction.until }) }];
  const unseen = warnings.find(({ code }) => code === "phone_unseen" || code === "phone_overdue")?.values;
  if (unseen === undefined || hidden.has(connection.id)) return [];
  return [{ warning: "unseen", connection, until: Number(unseen.by), seenAt: Number(unseen.seenAt) }];
}

function rank({ warning }: Banner): number {
  return ORDER.indexOf(warning);
}
