import { missingSpecification } from "./file/document.ts";
import { missingTwilioSpecification } from "./twilio/documents.ts";

/** Says once, before any test runs, when requests cannot be held to a vendor's specification. */
export function setup(): void {
  for (const [vendor, missing] of [["Meta", missingSpecification()] as const, ["Twilio", missingTwilioSpecification()] as const]) {
    if (missing !== undefined)
      console.warn(`Requests are not held to ${vendor}'s specification, and its own tests are skipped: ${missing}\n`);
  }
}
