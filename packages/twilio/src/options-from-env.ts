import type { Environment } from "@wadesk/core";
import { readEnvironment } from "@wadesk/core/ports";
import type { TwilioOptions } from "./options.ts";

const VARIABLES = {
  needed: {
    TWILIO_ACCOUNT_SID: "AC…, in Twilio's console under Account Info",
    TWILIO_AUTH_TOKEN: "beside the Account SID",
  },
  optional: ["TWILIO_WEBHOOK_URL", "TWILIO_API_URL"],
} as const;

/** The channel's options by the names that they have in an environment. Throws `configuration_invalid`, which names what lacks. */
export function optionsFromEnv(environment: Environment | undefined): TwilioOptions {
  const read = readEnvironment("twilio.fromEnv", VARIABLES, environment);
  return {
    accountSid: read.TWILIO_ACCOUNT_SID,
    authToken: read.TWILIO_AUTH_TOKEN.split(","),
    webhookUrl: read.TWILIO_WEBHOOK_URL,
    apiUrl: read.TWILIO_API_URL,
  };
}
