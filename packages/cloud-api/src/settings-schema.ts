import { z } from "zod";
import { type CloudApiSettings, isGraphVersion } from "./options.ts";

const secrets = (name: string): z.ZodType<readonly string[]> =>
  z
    .array(
      z
        .string()
        .trim()
        .min(1, `${name} must not be empty`)
        .refine((text) => !/\s/.test(text), { error: `${name} has white space in it; paste it again`, params: { code: "white_space" } }),
    )
    .readonly();

const shape = z.strictObject({
  appId: z.string().trim().regex(/^\d+$/, "must be the digits under Settings → Basic of the Meta app"),
  appSecret: secrets("the App Secret"),
  verifyToken: secrets("the verify token"),
  graphVersion: z
    .string()
    .trim()
    .refine(isGraphVersion, { error: 'must look like "v23.0"', params: { code: "wrong_form" } }),
});

/** Checks an admin's change of the channel's settings. */
export const settingsSchema: z.ZodType<Partial<CloudApiSettings>> = shape.partial().transform(withoutMissing);

function withoutMissing(change: Partial<Record<keyof CloudApiSettings, unknown>>): Partial<CloudApiSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
