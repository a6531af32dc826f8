import type { Environment } from "@wadesk/core";
import { readEnvironment, type Variables } from "@wadesk/core/ports";
import type { TwilioOptions } from "./options.ts";

const VARIABLES: Variables<TwilioOptions> = {
  accountSid: { name: "TWILIO_ACCOUNT_SID", needed: "AC…, in Twilio's console under Account Info" },
  authToken: { name: "TWILIO_AUTH_TOKEN", needed: "beside the Account SID", several: true },
  webhookUrl: { name: "TWILIO_WEBHOOK_URL" },
  apiUrl: { name: "TWILIO_API_URL" },
};

/** The options that are given, and the others of the environment. Throws `configuration_invalid`, which names what lacks. */
export function optionsFromEnv(options: TwilioOptions, environment: Environment | undefined): TwilioOptions {
  return readEnvironment("twilio.fromEnv", VARIABLES, options, environment);
}
