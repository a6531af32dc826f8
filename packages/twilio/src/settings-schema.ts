import { isWebAddress } from "@wadesk/core/ports";
import { z } from "zod";
import { type AssignedSender, isAccountSid, readNumber, sidProblem, type TwilioSettings } from "./options.ts";

const authToken = z
  .array(
    z
      .string()
      .trim()
      .min(1, "the Auth Token must not be empty")
      .refine((text) => !/^["'].*["']$/.test(text), {
        error: "the Auth Token stands in quotes; give it without them",
        params: { code: "in_quotes" },
      })
      .refine((text) => !/\s/.test(text), {
        error: "the Auth Token has white space in it; paste it again",
        params: { code: "white_space" },
      })
      .refine((text) => !isAccountSid(text), {
        error: "this is the Account SID; give the Auth Token",
        params: { code: "looks_like_account_sid" },
      }),
  )
  .readonly();

const sender = z
  .strictObject(
    {
      workspaceId: z.string().trim().min(1, "must name a workspace"),
      number: z.string().refine((value) => readNumber(value) !== undefined, {
        error: 'must be the sender\'s number as "+" with country code and number',
        params: { code: "not_a_phone" },
      }),
    },
    { error: ({ code }) => (code === "unrecognized_keys" ? "has workspaceId and number, and nothing else" : undefined) },
  )
  .transform(({ workspaceId, number }): AssignedSender => ({ workspaceId, number: readNumber(number) ?? number }));

const shape = z.strictObject({
  accountSid: z
    .string()
    .trim()
    .superRefine((value, context) => {
      const wrong = sidProblem(value);
      if (wrong === undefined) return;
      const message = `${wrong[1]}; give the Account SID (AC…), as Twilio's console shows it`;
      context.addIssue({ code: "custom", message, params: { code: value === "" ? "required" : wrong[0] } });
    }),
  authToken,
  senders: z.array(sender).readonly(),
  webhookUrl: z
    .string()
    .trim()
    .refine(isWebAddress, { error: "must be an http(s) address", params: { code: "not_an_address" } }),
});

/** Checks an admin's change of the channel's settings. */
export const settingsSchema: z.ZodType<Partial<TwilioSettings>> = shape.partial().transform(withoutMissing);

function withoutMissing(change: Partial<Record<keyof TwilioSettings, unknown>>): Partial<TwilioSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
