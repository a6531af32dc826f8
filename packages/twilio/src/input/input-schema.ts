import { z } from "zod";
import { isAccountSid, readNumber } from "../options.ts";
import type { TwilioInput } from "./twilio-input.ts";

const CONSOLE = "console.twilio.com";

const mode = z.enum(["sandbox", "production"], { error: 'must be "sandbox" or "production"' });

const accountSid = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const wrong = sidProblem(value);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong[1], params: { code: wrong[0] } });
  });

type Problem = readonly [code: string, message: string];

function sidProblem(value: string): Problem | undefined {
  if (value === "" || isAccountSid(value)) return undefined;
  if (/^SK/i.test(value)) return ["looks_like_api_key", `this is an API key; paste the Account SID (AC…) from ${CONSOLE}`];
  if (/^[0-9a-f]{32}$/i.test(value))
    return ["looks_like_auth_token", `this looks like the Auth Token; paste the Account SID (AC…) from ${CONSOLE}`];
  return ["wrong_form", `must be AC and 32 characters from 0-9 and a-f; copy the Account SID from ${CONSOLE}`];
}

const authToken = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const wrong = tokenProblem(value);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong[1], params: { code: wrong[0] } });
  });

function tokenProblem(value: string): Problem | undefined {
  if (/^["'].*["']$/.test(value)) return ["in_quotes", "stands in quotes; paste the Auth Token alone, without them"];
  if (/\s/.test(value)) return ["white_space", "has white space inside; copy the whole Auth Token again, in one piece"];
  if (isAccountSid(value)) return ["looks_like_account_sid", `this is the Account SID; paste the Auth Token from ${CONSOLE}`];
  return undefined;
}

const from = z
  .string()
  .trim()
  .refine((value) => value === "" || readNumber(value) !== undefined, {
    error: 'must be the sender\'s number as "+" with country code and number',
    params: { code: "not_a_phone" },
  });

/** The schema behind `twilioInput`, apart so that zod is loaded with the first input only. */
export const inputSchema: z.ZodType<TwilioInput> = z
  .object({
    mode,
    // the sandbox's number is everybody's, so that the account alone says whose credentials are tried
    accountSid: accountSid.meta({ "x-account": true }).optional(),
    authToken: authToken.meta({ writeOnly: true }).optional(),
    from: from.optional(),
  })
  .superRefine((input, context) => {
    const missing = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message, params: { code: "required" } });
    // one without the other is never the admin's: only both together are
    if (input.accountSid && !input.authToken) missing("authToken", `is missing; paste the primary Auth Token from ${CONSOLE}`);
    if (!input.accountSid && input.authToken) missing("accountSid", `is missing; paste the Account SID (AC…) from ${CONSOLE}`);
    if (input.accountSid && input.mode === "production" && !input.from) {
      missing("from", `is missing; paste the number of the WhatsApp sender from Messaging → Senders at ${CONSOLE}`);
    }
  })
  .transform((input): TwilioInput => {
    const number = input.from ? readNumber(input.from) : undefined;
    return {
      mode: input.mode,
      ...(input.accountSid && { accountSid: input.accountSid }),
      ...(input.authToken && { authToken: input.authToken }),
      ...(number !== undefined && { from: number }),
    };
  });
