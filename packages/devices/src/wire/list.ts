import { z } from "zod";
import { connection, type WireConnection } from "./connection.ts";

/** How many there are of each state, whatever the filter. */
export interface WireCounts {
  readonly all: number;
  readonly connected: number;
  readonly pending: number;
  readonly disconnected: number;
  readonly failed: number;
}

/** One page of the connections of the channel in force, oldest first. */
export interface WireList {
  /** The server's time, in milliseconds since the epoch. */
  readonly now: number;
  readonly channel: string;
  readonly items: readonly WireConnection[];
  /** The cursor of the next page. */
  readonly next?: string;
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
  readonly state?: "connected" | "pending" | "disconnected" | "failed";
  readonly region?: string;
  readonly search?: string;
  readonly limit?: number;
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
