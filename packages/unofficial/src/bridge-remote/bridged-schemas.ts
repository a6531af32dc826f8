import { z } from "zod";
import { LEAST_SECRET } from "../bridge-protocol/signing/canonical-text.ts";
import { phoneNumber } from "../input/input-schema.ts";
import { ADDRESS, type BridgedInput, type BridgedSettings, type BridgeSettings, isAddress } from "./bridged-options.ts";

/** Checks what is given to link a phone through a bridge. */
export const bridgedInput: z.ZodType<BridgedInput> = z.strictObject({
  phone: phoneNumber,
  method: z.enum(["qr", "code"], { error: () => 'must be "qr" or "code"' }).optional(),
  bridge: z
    .string({ error: () => "must be the name of a bridge" })
    .regex(/^[A-Za-z0-9][\w-]{0,39}$/, "must be the name of a bridge that was configured, and no address")
    .optional(),
});

/** Checks an admin's change of one bridge. */
export const bridgeGroup: z.ZodType<Partial<BridgeSettings>> = z.strictObject({
  url: z
    .string({ error: () => `must be ${ADDRESS}` })
    .refine(isAddress, `must be ${ADDRESS}`)
    .exactOptional(),
  secrets: z
    .array(z.string().min(LEAST_SECRET, `must have ${LEAST_SECRET} characters at least: it is NODE_WEBHOOK_TOKEN of the bridge`))
    .exactOptional(),
});

/** Checks an admin's change of what is no group: there is nothing. */
export const bridgedSettings: z.ZodType<Partial<BridgedSettings>> = z.strictObject({});
