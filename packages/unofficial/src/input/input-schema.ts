import { z } from "zod";
import { HIGHEST_LIMIT, type UnofficialSettings } from "../options.ts";
import type { PhoneInput, SessionInput, UnofficialInput } from "./unofficial-input.ts";

/** A number as people write it, in E.164 with the plus. */
export const phoneNumber: z.ZodType<string> = z
  .string({ error: () => 'is missing; write the number of the phone as "+" with country code and number' })
  .transform((value) => value.replace(/[\s().-]/g, ""))
  .refine((value) => /^\+[1-9]\d{6,14}$/.test(value), {
    error: 'must be "+" with country code and number, e.g. +15550001111',
    params: { code: "not_a_phone" },
  });

const method = z.enum(["qr", "code"], { error: () => 'must be "qr" or "code"' });

const phoneInput: z.ZodType<PhoneInput> = z.strictObject({
  phone: phoneNumber,
  method: method.optional(),
  session: z.undefined().optional(),
});

// what stands in it is checked when Baileys is there
const stored = z
  .strictObject(
    { creds: z.unknown().optional(), keys: z.record(z.string(), z.unknown()).optional() },
    { error: ({ code }) => (code === "invalid_type" ? "must be what readSession() answers: an object with creds and keys" : undefined) },
  )
  .transform((given) => ({ creds: undefined, ...given }));
const sessionInput: z.ZodType<SessionInput> = z.strictObject({
  session: stored,
  phone: phoneNumber.optional(),
  method: z.undefined({ error: () => "cannot stand beside session: a device that is linked shows neither QR nor code" }).optional(),
});

/** Checks what is given, apart so that zod is loaded with the first input only. */
export const inputSchema: { readonly "~standard": Pick<z.ZodType<UnofficialInput>["~standard"], "validate" | "jsonSchema"> } = {
  "~standard": {
    // what a person gives; a session is handed over by a program
    jsonSchema: z.strictObject({ phone: z.string().meta({ "x-account": true }), method: method.optional() })["~standard"].jsonSchema,
    // by what is there, so that each is told what is wrong with it and not with the other
    validate: (value) => (hasSession(value) ? sessionInput : phoneInput)["~standard"].validate(value),
  },
};

function hasSession(value: unknown): boolean {
  return typeof value === "object" && value !== null && "session" in value && value.session !== undefined;
}

const limit = z
  .int({ error: () => `must be a whole number from 1 to ${HIGHEST_LIMIT}` })
  .min(1, `must be 1 at least`)
  .max(HIGHEST_LIMIT, `must be ${HIGHEST_LIMIT} at most, which is as good as none`)
  .exactOptional();

/** Checks an admin's change of the settings. */
export const settingsSchema: z.ZodType<Partial<UnofficialSettings>> = z.strictObject({
  messagesPerMinute: limit,
  messagesPerHour: limit,
  messagesPerDay: limit,
  newChatsPerDay: limit,
});
