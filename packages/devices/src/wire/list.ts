import { z } from "zod";
import { connection, type WireConnection } from "./connection.ts";

/** How many there are of each state, whatever the filter. */
export interface WireCounts {
  /** The sum of the four states. */
  readonly all: number;
  /** Those that work now, limited ones among them. */
  readonly connected: number;
  /** Those under way, and those that wait for a person to pair them anew. */
  readonly pending: number;
  /** Those that worked and no longer do, unlinked, silent or ended by a person. */
  readonly disconnected: number;
  /** Those that cannot work as they are: each one's `advice` says what is to be done. */
  readonly failed: number;
}

/** One page of the connections of the channel in force, oldest first. */
export interface WireList {
  /** The server's time, in milliseconds since the epoch. */
  readonly now: number;
  /** The kind of the channel in force: those of other channels are kept and not listed. */
  readonly channel: string;
  /** At most `limit` of the request. */
  readonly items: readonly WireConnection[];
  /** The cursor of the next page. */
  readonly next?: string;
  /** Of all pages together, whatever the filter. */
  readonly counts: WireCounts;
  /** The region with the most first. */
  readonly regions: readonly { readonly region: string; readonly count: number }[];
}

/** The schema of {@link WireCounts}. */
export const counts: z.ZodType<WireCounts> = z.strictObject({
  all: z.number(),
  connected: z.number(),
  pending: z.number(),
  disconnected: z.number(),
  failed: z.number(),
});

/** Regions with how many numbers each has. */
export const regions: z.ZodType<WireList["regions"]> = z.array(z.strictObject({ region: z.string(), count: z.number() }));

/** The schema of {@link WireList}. */
export const list: z.ZodType<WireList> = z.strictObject({
  now: z.number(),
  channel: z.string(),
  items: z.array(connection),
  next: z.string().exactOptional(),
  counts,
  regions,
});

/** Which connections are listed. */
export interface ListQuery {
  /** Every state when absent; the counts are the same whichever is asked for. */
  readonly state?: "connected" | "pending" | "disconnected" | "failed";
  /** ISO 3166, as {@link WireList} counts them; every region when absent. */
  readonly region?: string;
  /** Part of a label, or of a number by its digits; 200 characters at most, and blanks alone leave nothing out. */
  readonly search?: string;
  /** 1 to 200; 50 when absent. */
  readonly limit?: number;
  /** The `next` of the page before; one that no list of this workspace answered is `input_invalid`. */
  readonly cursor?: string;
}

const limit = z.coerce.number().int().min(1).max(200).meta({ description: "50 when absent." });

/** The schema of {@link ListQuery}. */
export const listQuery: z.ZodType<ListQuery> = z.strictObject({
  state: z.enum(["connected", "pending", "disconnected", "failed"]).exactOptional(),
  region: z.string().meta({ description: "ISO 3166." }).exactOptional(),
  search: z.string().max(200).meta({ description: "Part of a label, or of a number by its digits." }).exactOptional(),
  limit: limit.exactOptional(),
  cursor: z.string().meta({ description: "The `next` of the page before." }).exactOptional(),
});

/** How long the list is with which live events begin. */
export interface EventsQuery {
  readonly limit?: number;
}

/** The schema of {@link EventsQuery}. */
export const eventsQuery: z.ZodType<EventsQuery> = z.strictObject({ limit: limit.exactOptional() });
