import { lazySchema, type Schema } from "@wadesk/core/ports";
import type { ManualInput } from "./manual-input.ts";

/** Checks what was pasted, each message naming the field and the fix. */
export const manualInput: Schema<ManualInput> = lazySchema(() => import("./input-schema.ts").then((file) => file.inputSchema), {
  phoneNumberId: true,
  wabaId: true,
  accessToken: true,
  businessId: true,
  pin: true,
  appId: true,
  appSecret: true,
  verifyToken: true,
  override: true,
});
