import type { SignupAnswer, SignupAttempt, SignupWish } from "@wadesk/core";
import { z } from "zod";
import { historyProgress } from "./connection.ts";
import { failure, type WireFailure } from "./problem.ts";

/** Where a signup stands. */
export type WireSignup = Omit<SignupAttempt, "numbers"> & {
  /** Each with how far it is; one's `failure` does not stop the others. */
  readonly numbers: readonly (Omit<SignupAttempt["numbers"][number], "failure"> & { readonly failure?: WireFailure })[];
};

const number = {
  id: z.string(),
  label: z.string(),
  phone: z.string().exactOptional(),
  connected: z.enum(["here", "elsewhere"]).exactOptional(),
};
const asked = z.strictObject(number);

const attempt = {
  id: z.string(),
  kind: z.string(),
  at: z.enum(["code", "question", "working", "connecting", "done"]),
  question: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("choose_numbers"), numbers: z.array(asked) }),
      z.strictObject({ type: z.literal("pin"), number: asked }),
      z.strictObject({ type: z.literal("verification_code"), number: asked, sentBy: z.enum(["sms", "voice"]).exactOptional() }),
    ])
    .exactOptional(),
  checks: z.array(z.strictObject({ name: z.string(), state: z.enum(["running", "passed", "failed"]), detail: z.string().exactOptional() })),
  numbers: z.array(
    z.strictObject({
      ...number,
      state: z.enum(["waiting", "connected", "failed"]),
      connectionId: z.string().exactOptional(),
      historyProgress: historyProgress.exactOptional(),
      failure: failure.exactOptional(),
    }),
  ),
  createdAt: z.number(),
  expiresAt: z.number(),
};

/** The schema of {@link WireSignup}. */
export const signup: z.ZodType<WireSignup> = z.strictObject(attempt);

/** A signup that was begun: what the vendor's dialog is opened with, and the state by which its code comes back. */
export type WireBegun = WireSignup & {
  /** Comes back with the dialog's code: good once, for 15 minutes and in the browser that began alone. */
  readonly state: string;
  /** An address to go to, or what the vendor's script is called with, by the door that was wished for. */
  readonly opening:
    | { readonly type: "url"; readonly url: string }
    | { readonly type: "helper"; readonly values: Readonly<Record<string, string>> };
};

/** The schema of {@link WireBegun}. */
export const begun: z.ZodType<WireBegun> = z.strictObject({
  ...attempt,
  state: z
    .string()
    .meta({ description: "The single-use state by which the dialog's code comes back, within 15 minutes, to this browser alone." }),
  opening: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("url"), url: z.string() }),
    z.strictObject({ type: z.literal("helper"), values: z.record(z.string(), z.string()) }),
  ]),
});

/** How the dialog is wanted. What it is filled in with is the application's to say, and no browser's. */
export interface BeginBody extends Pick<SignupWish, "door" | "features"> {
  /** The one in force when absent. */
  readonly channel?: string;
}

/** The schema of {@link BeginBody}. */
export const beginBody: z.ZodType<BeginBody> = z.strictObject({
  channel: z.string().min(1).exactOptional(),
  door: z.enum(["url", "helper"]).exactOptional(),
  features: z.array(z.string().max(100)).max(20).exactOptional(),
});

/** What the dialog ended with. */
export interface FinishBody {
  /** The kind with which the signup was begun; the one in force when absent. */
  readonly channel?: string;
  /** The one that {@link WireBegun} had: good once, for 15 minutes and in the browser that began. */
  readonly state: string;
  /** What the vendor's dialog hands out at its end: good once and for a short while. */
  readonly code: string;
  /** What a helper in the browser was told beside the code. */
  readonly told?: Readonly<Record<string, string>>;
}

/** The schema of {@link FinishBody}. */
export const finishBody: z.ZodType<FinishBody> = z.strictObject({
  channel: z.string().min(1).exactOptional(),
  state: z.string().min(1),
  code: z.string().min(1).meta({ writeOnly: true }),
  told: z.record(z.string(), z.string()).exactOptional(),
});

/** What a person answered to the question that stands; without an answer the attempt goes on where it failed. */
export interface ResumeBody {
  /** Of the type of the question that stands; one that nothing asks for is `signup_out_of_turn`, one that does not fit `input_invalid`. */
  readonly answer?: SignupAnswer;
}

/** The schema of {@link ResumeBody}. */
export const resumeBody: z.ZodType<ResumeBody> = z.strictObject({
  answer: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("choose_numbers"), numbers: z.array(z.string()).max(200) }),
      z.strictObject({ type: z.literal("pin"), pin: z.string().meta({ writeOnly: true }) }),
      z.strictObject({ type: z.literal("verification_code"), code: z.string().meta({ writeOnly: true }) }),
    ])
    .exactOptional(),
});

/** Which channel's signup is meant. */
export interface SignupQuery {
  /** Its kind; the one in force when absent. */
  readonly channel?: string;
}

/** The schema of {@link SignupQuery}. */
export const signupQuery: z.ZodType<SignupQuery> = z.strictObject({
  channel: z.string().meta({ description: "The one in force when absent." }).exactOptional(),
});
