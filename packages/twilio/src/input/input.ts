import { lazySchema, type Schema } from "@wadesk/core/ports";
import type { TwilioInput } from "./twilio-input.ts";

/** Checks what was typed, each message naming the field and the fix. */
export const twilioInput: Schema<TwilioInput> = lazySchema(() => import("./input-schema.ts").then((file) => file.inputSchema), {
  accountSid: true,
  authToken: true,
  from: true,
  mode: true,
});
