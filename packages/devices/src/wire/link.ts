import { z } from "zod";
import { connection, type WireConnection } from "./connection.ts";
import { failure, type WireFailure } from "./problem.ts";

/**
 * What a person sees while a number is linked. A QR has its picture and a code its characters for an owner alone, and only while they count: whoever has them links
 * a phone to this workspace.
 */
export type WireStep =
  | {
      readonly type: "qr";
      /** Milliseconds since the epoch; what links the phone is left out from then on. */
      readonly expiresAt: number;
      /** Which QR of the attempt it is, counted from 1; absent where the vendor gives no certain number of them. */
      readonly number?: number;
      /** How many QRs the attempt may show; absent where `number` is. */
      readonly of?: number;
      /** The `d` of an SVG path, filled black on white in a `viewBox` of `0 0 size size`. */
      readonly path?: string;
      /** How many modules a side has, the quiet zone included: the `viewBox` of `path`, absent whenever that is. */
      readonly size?: number;
    }
  | {
      readonly type: "code";
      /** Milliseconds since the epoch; what links the phone is left out from then on. */
      readonly expiresAt: number;
      /** What is typed into WhatsApp on the phone; absent for a member, and once another step has come or its time is over. */
      readonly code?: string;
    }
  | {
      readonly type: "step";
      /** `restarting` and `syncing` are a linked phone's; `verifying` waits for the vendor's word on credentials. */
      readonly step: "restarting" | "syncing" | "verifying";
      /** How far it is, 0 to 100; absent where the vendor does not tell. */
      readonly percent?: number;
    }
  | {
      readonly type: "check";
      /** What is looked at, in snake_case. */
      readonly name: string;
      /** Where the check stands; one that has `failed` need not end the attempt. */
      readonly state: "running" | "passed" | "failed";
      /** What was found, in an English sentence; absent where there is nothing to add. */
      readonly detail?: string;
    }
  | { readonly type: "ready" };

/** The schema of {@link WireStep}. */
export const step: z.ZodType<WireStep> = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("qr"),
    expiresAt: z.number(),
    number: z.number().exactOptional(),
    of: z.number().exactOptional(),
    path: z.string().exactOptional(),
    size: z.number().exactOptional(),
  }),
  z.strictObject({ type: z.literal("code"), expiresAt: z.number(), code: z.string().exactOptional() }),
  z.strictObject({
    type: z.literal("step"),
    step: z.enum(["restarting", "syncing", "verifying"]),
    percent: z.number().exactOptional(),
  }),
  z.strictObject({
    type: z.literal("check"),
    name: z.string(),
    state: z.enum(["running", "passed", "failed"]),
    detail: z.string().exactOptional(),
  }),
  z.strictObject({ type: z.literal("ready") }),
]);

/** How an attempt to link a number stands, or how the last one ended, for ten minutes. */
export interface WireLink {
  /** `con_…`, there from the first moment, before any vendor has said whether it works. */
  readonly connectionId: string;
  /** `none` where no attempt is under way and none has ended in the last ten minutes. */
  readonly state: "running" | "connected" | "failed" | "none";
  /** Newest last. */
  readonly steps: readonly WireStep[];
  /** Why the last attempt ended; there only while `state` is `failed`. */
  readonly failure?: WireFailure;
  /** Absent once a first attempt has failed: nothing of it remains. */
  readonly connection?: WireConnection;
}

/** The schema of {@link WireLink}. */
export const link: z.ZodType<WireLink> = z.strictObject({
  connectionId: z.string(),
  state: z.enum(["running", "connected", "failed", "none"]),
  steps: z.array(step),
  failure: failure.exactOptional(),
  connection: connection.exactOptional(),
});

/** What a number is linked with. */
export interface ConnectBody {
  /** The one in force when absent; another one is for the platform's operator. */
  readonly channel?: string;
  /** 200 characters at most; absent or blank, the vendor's name of the number is taken, else the number. */
  readonly label?: string;
  /** As the channel's form asks for it. */
  readonly input: Readonly<Record<string, unknown>>;
}

const input = z
  .record(z.string(), z.unknown())
  .meta({ description: "As the form of the channel asks for it; `GET /setup` has the forms.", writeOnly: true });

/** The schema of {@link ConnectBody}. */
export const connectBody: z.ZodType<ConnectBody> = z.strictObject({
  channel: z.string().min(1).exactOptional(),
  label: z.string().max(200).exactOptional(),
  input,
});

/** What a number is linked with anew. */
export type ReconnectBody = Pick<ConnectBody, "input">;

/** The schema of {@link ReconnectBody}. */
export const reconnectBody: z.ZodType<ReconnectBody> = z.strictObject({ input });

/** A new name. */
export interface RenameBody {
  /** 1 to 200 characters once blanks at both ends are gone; anything else is `input_invalid`. */
  readonly label: string;
}

/** The schema of {@link RenameBody}. */
export const renameBody: z.ZodType<RenameBody> = z.strictObject({ label: z.string().trim().min(1).max(200) });
