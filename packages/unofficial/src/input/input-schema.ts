import { z } from "zod";
import type { UnofficialInput } from "./unofficial-input.ts";

const phone = z
  .string({ error: () => 'is missing; write the number of the phone as "+" with country code and number' })
  .transform((value) => value.replace(/[\s().-]/g, ""))
  .refine((value) => /^\+[1-9]\d{6,14}$/.test(value), {
    error: 'must be "+" with country code and number, e.g. +15550001111',
    params: { code: "not_a_phone" },
  });

const method = z.enum(["qr", "code"], { error: () => 'must be "qr" or "code"' });

/** Checks what a person gives, apart so that zod is loaded with the first input only. */
export const inputSchema: z.ZodType<UnofficialInput> = z.strictObject({ phone, method: method.optional() });

/** Checks an admin's change of the settings: there is nothing to change yet. */
export const settingsSchema: z.ZodType<Readonly<Record<never, never>>> = z.strictObject({});
