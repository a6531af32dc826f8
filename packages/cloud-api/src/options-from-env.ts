import type { Environment } from "@wadesk/core";
import { readEnvironment } from "@wadesk/core/ports";
import type { CloudApiOptions } from "./options.ts";

const VARIABLES = {
  needed: {
    META_APP_ID: "your app's, under Settings → Basic",
    META_APP_SECRET: "beside the App ID",
    META_VERIFY_TOKEN: "any text; the same as in Meta's dashboard under WhatsApp → Configuration → Webhook",
  },
  optional: ["META_CONFIG_ID", "META_GRAPH_VERSION", "META_GRAPH_URL"],
} as const;

/** The channel's options by the names that they have in an environment. Throws `configuration_invalid`, which names what lacks. */
export function optionsFromEnv(environment: Environment | undefined): CloudApiOptions {
  const read = readEnvironment("cloudApi.fromEnv", VARIABLES, environment);
  return {
    appId: read.META_APP_ID,
    appSecret: read.META_APP_SECRET.split(","),
    verifyToken: read.META_VERIFY_TOKEN,
    configId: read.META_CONFIG_ID,
    graphVersion: read.META_GRAPH_VERSION,
    graphUrl: read.META_GRAPH_URL,
  };
}
