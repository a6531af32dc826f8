import { z } from "zod";

/** JSON Schema of what is given, of which a form is drawn. */
export type WireForm = Readonly<Record<string, unknown>>;

/** The schema of {@link WireForm}. */
export const form: z.ZodType<WireForm> = z.record(z.string(), z.unknown()).meta({
  description: "JSON Schema, draft 2020-12. `writeOnly` marks secrets.",
});

/** One channel that this person may connect on. */
export interface WireChannel {
  /** E.g. `cloud-api`: what `channel` of a request names. */
  readonly kind: string;
  /** How many numbers a workspace may have on it; absent where there is no limit. */
  readonly maxPerWorkspace?: number;
  /** Whether a number is linked with the phone in the hand. */
  readonly linksPhone: boolean;
  /** Whether a workspace chooses one number to send from; elsewhere its numbers share what is sent. */
  readonly hasPrimary: boolean;
  /** Whether the vendor's dialog, by which numbers are connected, can be opened as the settings now are. */
  readonly hasSignup: boolean;
  /** The numbers, E.164 with the plus, that this workspace may connect with the admin's credentials. */
  readonly lent: readonly string[];
  /** The names that a field of the form may be, by the field, e.g. the bridges that are configured; absent where there is no such field. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Absent where the channel's library of schemas cannot tell what is to be given. */
  readonly form?: WireForm;
  /** What is told to the vendor as our webhook, where there is such a thing. */
  readonly addresses: readonly string[];
}

/** The schema of {@link WireChannel}. */
export const channel: z.ZodType<WireChannel> = z.strictObject({
  kind: z.string(),
  maxPerWorkspace: z.number().exactOptional(),
  linksPhone: z.boolean(),
  hasPrimary: z.boolean(),
  hasSignup: z.boolean(),
  lent: z.array(z.string()).meta({ description: "The numbers that this workspace may connect with the admin's credentials." }),
  choices: z
    .record(z.string(), z.array(z.string()))
    .meta({ description: "The names that a field of the form may be, by the field." })
    .exactOptional(),
  form: form.exactOptional(),
  addresses: z.array(z.string()),
});

/** What a screen begins with. */
export interface WireSetup {
  /** The server's time, in milliseconds since the epoch: every time of an answer is by this clock, not the browser's. */
  readonly now: number;
  /** What the person may do in the workspace, as `authorize` said. */
  readonly role: "owner" | "member";
  /** Whether the person is the platform's operator: settings are answered with `platform_needed` to anybody else. */
  readonly platform: boolean;
  /** The channel in force. */
  readonly channel: string;
  /** That one alone, and for the platform's operator all that are installed. */
  readonly channels: readonly WireChannel[];
}

/** The schema of {@link WireSetup}. */
export const setup: z.ZodType<WireSetup> = z.strictObject({
  now: z.number(),
  role: z.enum(["owner", "member"]),
  platform: z.boolean(),
  channel: z.string(),
  channels: z.array(channel),
});
