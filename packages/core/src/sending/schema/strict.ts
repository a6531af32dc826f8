import { z } from "zod";
import { unknownNames } from "../../fields/nearest-name.ts";

/** An object of these fields alone: a line for each unknown one, with the name that was probably meant. `lazySchema` makes an issue of each. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error(issue) {
      if (issue.code === "invalid_type") return `must be an object with ${names.join(", ")}`;
      return issue.code === "unrecognized_keys" ? unknownNames(issue.keys, names) : undefined;
    },
  });
}

/** A text of one to so many characters. */
export const text = (limit = 4096): z.ZodString => z.string().min(1, "must not be empty").max(limit);

/** An address that a vendor or we fetch. */
export const httpUrl: z.ZodType = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });
