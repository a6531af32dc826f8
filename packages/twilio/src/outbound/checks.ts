import { type ContentChecks, createContentChecks } from "@wadesk/core/ports";

/** Notes what Twilio would refuse about a message, field by field. */
export type Checks = ContentChecks;

/** Starts checking one message. */
export function createChecks(): Checks {
  return createContentChecks("Twilio");
}
