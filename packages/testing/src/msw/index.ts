export { metaHandlers } from "./meta.ts";
export { twilioHandlers } from "./twilio.ts";
