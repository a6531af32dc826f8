import { z } from "zod";
import type { MagpieApp, MagpieSettings } from "./apps.ts";

const pasted = (what: string): z.ZodType<string> =>
  z
    .string({ error: () => `is missing; paste the ${what} from Magpie's console` })
    .trim()
    .min(1, `is missing; paste the ${what} from Magpie's console`);

/** What one line is connected with. */
export interface MagpieInput {
  /** The name under which the admin keeps the app. */
  readonly app: string;
  readonly line: string;
  readonly token: string;
}

/** Checks it. */
export const inputSchema: z.ZodType<MagpieInput> = z.object({ app: pasted("app"), line: pasted("line's id"), token: pasted("token") });

/** Checks an admin's change of one app. */
export const appSchema: z.ZodType<Partial<MagpieApp>> = z.object({
  apiUrl: z.url("must be the address under API in Magpie's console").exactOptional(),
  secrets: z.array(pasted("app's secret")).readonly().exactOptional(),
});

/** Checks a change of what is no group: there is nothing of that kind. */
export const settingsSchema: z.ZodType<Partial<MagpieSettings>> = z.object({});
