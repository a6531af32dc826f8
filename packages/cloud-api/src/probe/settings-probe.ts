import type { SettingsProbe } from "@wadesk/core/ports";
import { metaWebhook } from "../inbound/webhook.ts";
import type { CloudApiSettings, Transport } from "../options.ts";

/** Tries what an admin sets of the channel: the app with its secrets, the verify token, the public address, and what Meta has of it as the app's webhook. */
export function settingsProbe(transport: Transport): SettingsProbe<CloudApiSettings> {
  // loaded with the first probe
  const probes = () => import("./probes.ts");
  return {
    app: async (context) => (await probes()).probeApp(transport, context),
    verify_token: async (context) => (await probes()).probeVerifyToken(context),
    public_url: async (context) => (await probes()).probePublicUrl(context),
    webhook: async (context) => (await probes()).probeWebhook(transport, metaWebhook.paths, context),
  };
}
