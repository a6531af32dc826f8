import type { ConnectionFacts } from "@wadesk/core";
import { z } from "zod";
import { type Values, values } from "./problem.ts";

/** Something a person is told: a code with values, and the same in English. */
export interface WireNotice {
  readonly code: string;
  readonly values?: Values;
  readonly text: string;
}

/** One linked number, as a card shows it: the same for every channel. Times are milliseconds since the epoch. */
export interface WireConnection {
  readonly id: string;
  readonly channel: string;
  readonly label: string;
  readonly phone?: string;
  readonly region?: string;
  readonly primary: boolean;
  readonly status: {
    readonly state: "connected" | "pending" | "disconnected" | "failed";
    readonly reason?: string;
    readonly since: number;
    readonly restriction?: { readonly reason: string; readonly until?: number };
  };
  readonly facts?: ConnectionFacts;
  /** What its state means, in English, and what can be done. */
  readonly advice?: { readonly text: string; readonly remedy: string };
  readonly warnings: readonly WireNotice[];
  readonly createdAt: number;
  /** Absent on one that was never linked: pending with it means that it must be paired anew. */
  readonly connectedAt?: number;
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
