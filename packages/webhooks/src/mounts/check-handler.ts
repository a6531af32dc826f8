import { WadeskError } from "@wadesk/core";

/** Refuses what is no function in the place of a handler with `configuration_invalid`: it would fail with the first webhook. */
export function checkHandler(handler: unknown): void {
  if (typeof handler === "function") return;
  const message = "must be the function that createWebhookHandler answers";
  throw new WadeskError("configuration_invalid", {
    detail: `handler ${message}`,
    issues: [{ field: "handler", code: "wrong_type", message }],
  });
}
