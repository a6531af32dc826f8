import { z } from "zod";
import type { ManualInput } from "./manual-input.ts";
import { ownAppFields, presentApp, refuseHalfAnApp } from "./own-app-schema.ts";

const WHERE = "WhatsApp → API Setup";
// what a person dials; bare digits may be an id of any length
const DIALLED = /^(\+[\d\s().-]*|[\d().-]*[\s().-][\d\s().-]*)$/;

const idOf = (name: string): z.ZodType<string> =>
  z
    .string({ error: ({ input }) => `${input === undefined ? "is missing" : "must be a text"}; paste the ${name} from ${WHERE}` })
    .trim()
    .superRefine((value, context) => {
      const add = (code: string, message: string): void =>
        context.addIssue({ code: "custom", message: `${message}; paste the ${name} from ${WHERE}`, params: { code } });
      if (value === "") add("required", "is missing");
      else if (DIALLED.test(value)) add("looks_like_phone", "this looks like the phone number");
      else if (!/^\d+$/.test(value)) add("wrong_form", "must be digits only");
    });

const MAKE_TOKEN = "generate one for a System User (Business Settings → System Users) with both WhatsApp scopes";

const accessToken = z
  .string({ error: ({ input }) => `${input === undefined ? "is missing" : "must be a text"}; ${MAKE_TOKEN}` })
  .trim()
  .superRefine((value, context) => {
    const wrong = tokenProblem(value);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong[1], params: { code: wrong[0] } });
  });

function tokenProblem(value: string): readonly [code: string, message: string] | undefined {
  if (value === "") return ["required", `is missing; ${MAKE_TOKEN}`];
  if (/^bearer\s/i.test(value)) return ["bearer_prefix", 'paste the token alone, without "Bearer" before it'];
  if (/^["'].*["']$/.test(value)) return ["in_quotes", "stands in quotes; paste the token alone, without them"];
  if (/\s/.test(value)) return ["white_space", "has white space inside; copy the whole token again, in one piece"];
  if (/^[0-9a-f]{32}$/i.test(value)) return ["looks_like_app_secret", `this looks like the App Secret; ${MAKE_TOKEN}`];
  if (/^\d+\|/.test(value)) return ["app_token", `this is the app's own token (App ID|App Secret); ${MAKE_TOKEN}`];
  return undefined;
}

const businessId = z
  .string()
  .trim()
  .regex(/^\d*$/, "must be the digits of the Business Manager id (Business Settings → Business Info), or blank");

/** The schema behind `manualInput`, apart so that zod is loaded with the first input only. */
export const inputSchema: z.ZodType<ManualInput> = z
  .object({
    phoneNumberId: idOf("Phone Number ID").meta({ "x-account": true }),
    wabaId: idOf("WhatsApp Business Account ID").meta({ "x-account": true }),
    accessToken: accessToken.meta({ writeOnly: true }),
    businessId: businessId.optional(),
    pin: z
      .string()
      .trim()
      .regex(/^(\d{6})?$/, "must be the six digits of the number's two-step PIN, or blank")
      .meta({ writeOnly: true })
      .optional(),
    ...ownAppFields,
  })
  .superRefine((input, context) => {
    if (input.wabaId === "" || input.phoneNumberId !== input.wabaId) return;
    const message = `is the same as the Phone Number ID; paste the WhatsApp Business Account ID from ${WHERE}`;
    context.addIssue({ code: "custom", path: ["wabaId"], message, params: { code: "same_as_phone_number_id" } });
  })
  .superRefine(refuseHalfAnApp)
  .transform(({ phoneNumberId, wabaId, accessToken: token, businessId: business, pin, ...app }): ManualInput => {
    return {
      phoneNumberId,
      wabaId,
      accessToken: token,
      ...(business && { businessId: business }),
      ...(pin && { pin }),
      ...presentApp(app),
    };
  });
