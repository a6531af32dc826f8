import type { ConnectionFacts } from "@wadesk/core";
import { z } from "zod";
import { type Values, values } from "./problem.ts";

/** Something a person is told: a code with values, and the same in English. */
export interface WireNotice {
  /** In snake_case, for words in another language; the same for the same fact for ever. */
  readonly code: string;
  /** What the words speak of, by names that belong to the code; times are milliseconds since the epoch. Absent where the code says it all. */
  readonly values?: Values;
  /** The same in English with the values in it: what is so, then what to do. */
  readonly text: string;
}

/** One linked number, as a card shows it: the same for every channel. Times are milliseconds since the epoch. */
export interface WireConnection {
  /** `con_…`: what stands in the paths of the handler, and what `from` of a message names. */
  readonly id: string;
  /** The channel's kind, e.g. `cloud-api`: the key to its form in {@link WireSetup}. */
  readonly channel: string;
  /** What people named it; where nobody did, what its vendor calls the number, else the number itself. */
  readonly label: string;
  /** E.164 with the plus; absent until the vendor has said which number it is. */
  readonly phone?: string;
  /** ISO 3166 country of the phone, e.g. `BR`; absent where the number tells of none. */
  readonly region?: string;
  /** Whether messages that name no number go out by it: one of a workspace and channel. */
  readonly primary: boolean;
  /** Whether it works and since when. `reason` is absent of one that is connected; a `restriction` limits what it may do, until its `until` where that is known. */
  readonly status: {
    readonly state: "connected" | "pending" | "disconnected" | "failed";
    readonly reason?: string;
    readonly since: number;
    readonly restriction?: { readonly reason: string; readonly until?: number };
  };
  /** What its channel has told of the number; what it does not know is absent, and all of it until it has told something. */
  readonly facts?: ConnectionFacts;
  /** What its state means, in English, and what can be done. */
  readonly advice?: { readonly text: string; readonly remedy: string };
  /** What the person should know though it works, e.g. that its token expires; made anew each time it is read, none where there is nothing. */
  readonly warnings: readonly WireNotice[];
  /** When it was first begun, linked or not. */
  readonly createdAt: number;
  /** Absent on one that was never linked: pending with it means that it must be paired anew. */
  readonly connectedAt?: number;
  /** When the vendor last showed that it works; absent of one that has never been heard of. */
  readonly lastSeenAt?: number;
  /** Counts changes: what comes late with a lower one is old. */
  readonly version: number;
}

const time = z.number().meta({ description: "Milliseconds since the epoch." });

/** The schema of `facts.historyProgress`. */
export const historyProgress: z.ZodType<number | "declined"> = z
  .union([z.number(), z.literal("declined")])
  .meta({ description: "How much of its past has been handed over, in percent; `declined` where its owner shares none." });

const facts: z.ZodType<ConnectionFacts> = z
  .strictObject({
    quality: z.enum(["high", "medium", "low", "unrated"]).exactOptional(),
    messagingLimit: z.union([z.number(), z.literal("unlimited")]).exactOptional(),
    tokenExpiresAt: z.union([time, z.literal("never")]).exactOptional(),
    mode: z.enum(["live", "sandbox"]).exactOptional(),
    account: z.string().meta({ description: "The vendor's account, masked." }).exactOptional(),
    given: z
      .record(z.string(), z.string())
      .meta({ description: "What it was connected with that is no secret, by the fields of the channel's form." })
      .exactOptional(),
    accountOrigin: z.enum(["own", "admin"]).exactOptional(),
    phoneSeenAt: time.exactOptional(),
    webhookAt: time.exactOptional(),
    historyProgress: historyProgress.exactOptional(),
  })
  .meta({ description: "What a channel does not know is absent." });

/** The schema of {@link WireConnection}. */
export const connection: z.ZodType<WireConnection> = z.strictObject({
  id: z.string(),
  channel: z.string(),
  label: z.string(),
  phone: z.string().meta({ description: "E.164 with the plus." }).exactOptional(),
  region: z.string().meta({ description: "ISO 3166 country of the phone." }).exactOptional(),
  primary: z.boolean(),
  status: z.strictObject({
    state: z.enum(["connected", "pending", "disconnected", "failed"]),
    reason: z.string().meta({ description: "Why it is not connected." }).exactOptional(),
    since: time,
    restriction: z.strictObject({ reason: z.string(), until: time.exactOptional() }).exactOptional(),
  }),
  facts: facts.exactOptional(),
  advice: z.strictObject({ text: z.string(), remedy: z.string() }).exactOptional(),
  warnings: z.array(z.strictObject({ code: z.string(), values: values.exactOptional(), text: z.string() })),
  createdAt: time,
  connectedAt: time.exactOptional(),
  lastSeenAt: time.exactOptional(),
  version: z.number(),
});
