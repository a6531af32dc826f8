import { z } from "zod";
import type { ParrotSettings } from "./options.ts";

const pasted = (what: string): z.ZodType<string> =>
  z
    .string({ error: () => `is missing; paste the ${what} from Parrot's console` })
    .trim()
    .min(1, `is missing; paste the ${what} from Parrot's console`)
    .refine((text) => !/\s/.test(text), {
      error: `has white space inside; copy the ${what} again, in one piece`,
      params: { code: "white_space" },
    });

/** What a person types to connect a line. */
export interface ParrotInput {
  readonly line: string;
  readonly apiKey: string;
}

/** Checks it. */
export const inputSchema: z.ZodType<ParrotInput> = z.object({ line: pasted("line's id"), apiKey: pasted("API key") });

/** Checks an admin's change of the settings. */
export const settingsSchema: z.ZodType<Partial<ParrotSettings>> = z.object({
  signingSecret: z.array(pasted("Signing Secret")).readonly().exactOptional(),
});
