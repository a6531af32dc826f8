import { z } from "zod";
import type { ManualInput } from "./manual-input.ts";

// as in the options
const LIKE_ACCESS_TOKEN = /^EAA/;
const BASIC = "Settings → Basic of your Meta app";

const appId = z.string().trim().regex(/^\d*$/, `must be the digits of the App ID; copy it from ${BASIC}`);

const appSecret = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const add = (code: string, message: string): void => context.addIssue({ code: "custom", message, params: { code } });
    if (/^["'].*["']$/.test(value)) add("in_quotes", "stands in quotes; paste the App Secret alone, without them");
    else if (/\s/.test(value)) add("white_space", `has white space inside; copy the App Secret again from ${BASIC}`);
    else if (LIKE_ACCESS_TOKEN.test(value))
      add("looks_like_access_token", `this looks like an access token; paste the App Secret from ${BASIC}`);
  });

const verifyToken = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const add = (code: string, message: string): void => context.addIssue({ code: "custom", message, params: { code } });
    if (/^["'].*["']$/.test(value)) add("in_quotes", "stands in quotes; give the verify token without them");
    else if (/\s/.test(value)) add("white_space", "the verify token has white space in it; choose one without");
    else if (LIKE_ACCESS_TOKEN.test(value))
      add("looks_like_access_token", "this looks like an access token; give the verify token that you chose");
  });

interface OwnAppShape {
  readonly appId: z.ZodOptional<z.ZodString>;
  readonly appSecret: z.ZodOptional<z.ZodType<string | readonly string[]>>;
  readonly verifyToken: z.ZodOptional<z.ZodString>;
  readonly override: z.ZodOptional<z.ZodBoolean>;
}

/** The fields of a Meta app of the workspace's own. */
export const ownAppFields: OwnAppShape = {
  appId: appId.optional(),
  appSecret: z
    .union([appSecret, z.array(appSecret).readonly()], { error: "must be the App Secret, or a list of them" })
    .meta({ writeOnly: true })
    .optional(),
  verifyToken: verifyToken.meta({ writeOnly: true }).optional(),
  override: z.boolean().optional(),
};

type AppFields = { readonly [Name in keyof typeof ownAppFields]?: z.output<(typeof ownAppFields)[Name]> };

/** An app is given whole, or not at all: what it signs could not be believed otherwise. */
export function refuseHalfAnApp({ override, ...input }: AppFields, context: z.RefinementCtx): void {
  const given = { appId: input.appId, appSecret: secretsIn(input), verifyToken: input.verifyToken };
  if (Object.values(given).every((value) => value === undefined || value.length === 0) && override !== true) return;
  const missing: readonly (readonly [keyof typeof given, string])[] = [
    ["appId", `is missing; with an app of your own, paste its App ID from ${BASIC}`],
    ["appSecret", `is missing; with an app of your own, paste its App Secret from ${BASIC}`],
    ["verifyToken", "is missing; choose any text, and type it into WhatsApp → Configuration of your Meta app too"],
  ];
  for (const [field, message] of missing) {
    const value = given[field];
    if (value !== undefined && value.length > 0) continue;
    context.addIssue({ code: "custom", path: [field], message, params: { code: "required" } });
  }
}

/** What is there of an app; a field that was left blank is not. */
export function presentApp(app: AppFields): Pick<ManualInput, "appId" | "appSecret" | "verifyToken" | "override"> {
  const { appId: id, verifyToken: token, override } = app;
  const secrets = secretsIn(app);
  return {
    ...(id && { appId: id }),
    ...(secrets.length > 0 && { appSecret: secrets }),
    ...(token && { verifyToken: token }),
    // a form whose box is not ticked says nothing of the platform's app
    ...(override !== undefined && (override || id) && { override }),
  };
}

function secretsIn({ appSecret: given = [] }: AppFields): readonly string[] {
  return [...new Set((typeof given === "string" ? [given] : given).filter((secret) => secret !== ""))];
}
