import { z } from "zod";
import { type CloudApiSettings, isGraphVersion, isLikeAccessToken, versionEnded, versionUnknown } from "./options.ts";

const WRITTEN_AT = Date.parse("2026-11-26");

const secrets = (name: string): z.ZodType<readonly string[]> =>
  z
    .array(
      z
        .string()
        .trim()
        .min(1, `${name} must not be empty`)
        .refine((text) => !/^["'].*["']$/.test(text), {
          error: `${name} stands in quotes; give it without them`,
          params: { code: "in_quotes" },
        })
        .refine((text) => !/\s/.test(text), { error: `${name} has white space in it; paste it again`, params: { code: "white_space" } })
        .refine((text) => !isLikeAccessToken(text), {
          error: `this looks like an access token; give ${name}`,
          params: { code: "looks_like_access_token" },
        }),
    )
    .readonly();

const shape = z.strictObject({
  appId: z.string().trim().regex(/^\d+$/, "must be the digits under Settings → Basic of the Meta app"),
  configId: z.string().trim().regex(/^\d+$/, "must be the digits of a configuration under Facebook Login for Business → Configurations"),
  appSecret: secrets("the App Secret"),
  verifyToken: secrets("the verify token"),
  graphVersion: z
    .string()
    .trim()
    .refine(isGraphVersion, { error: 'must look like "v23.0"', params: { code: "wrong_form" } })
    .refine((version) => !isGraphVersion(version) || versionUnknown(version) === undefined, {
      error: (issue) => versionUnknown(String(issue.input)) ?? "is not known",
      params: { code: "version_unknown" },
    })
    // what ended before this was written; what ends later is named at start, by the clock
    .refine((version) => !isGraphVersion(version) || versionEnded(version, WRITTEN_AT) === undefined, {
      error: (issue) => versionEnded(String(issue.input), WRITTEN_AT) ?? "is served no longer",
      params: { code: "version_ended" },
    }),
});

/** Checks an admin's change of the channel's settings. */
export const settingsSchema: z.ZodType<Partial<CloudApiSettings>> = shape.partial().transform(withoutMissing);

function withoutMissing(change: Partial<Record<keyof CloudApiSettings, unknown>>): Partial<CloudApiSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
