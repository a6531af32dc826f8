export type { TwilioWarning } from "./connect/warnings.ts";
export type { TwilioDetails, TwilioMode, TwilioSecret } from "./details.ts";
export { TWILIO_ERRORS, type TwilioErrorRow } from "./errors/error-codes.ts";
export type { TwilioInput } from "./input/twilio-input.ts";
export type { AssignedSender, TwilioOptions, TwilioSettings } from "./options.ts";
export { type TwilioChannel, twilio } from "./twilio.ts";
