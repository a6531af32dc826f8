import type { Environment } from "@wadesk/core";
import { readEnvironment, type Variables } from "@wadesk/core/ports";
import type { CloudApiOptions } from "./options.ts";

const VARIABLES: Variables<CloudApiOptions> = {
  appId: { name: "META_APP_ID", needed: "your app's, under Settings → Basic" },
  appSecret: { name: "META_APP_SECRET", needed: "beside the App ID", several: true },
  verifyToken: { name: "META_VERIFY_TOKEN", needed: "any text; the same as in Meta's dashboard under WhatsApp → Configuration → Webhook" },
  configId: { name: "META_CONFIG_ID" },
  graphVersion: { name: "META_GRAPH_VERSION" },
  graphUrl: { name: "META_GRAPH_URL" },
};

/** The options that are given, and the others of the environment. Throws `configuration_invalid`, which names what lacks. */
export function optionsFromEnv(options: CloudApiOptions, environment: Environment | undefined): CloudApiOptions {
  return readEnvironment("cloudApi.fromEnv", VARIABLES, options, environment);
}
