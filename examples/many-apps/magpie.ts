import { WadeskError } from "@wadesk/core";
import { lazySchema, type RequestChannel, refusalReport, step } from "@wadesk/core/ports";
import type { MagpieSettings } from "./apps.ts";
import { callMagpie } from "./call-magpie.ts";
import { magpieDialog } from "./dialog.ts";
import { probeApps } from "./probe.ts";
import type { MagpieInput } from "./schemas.ts";
import { magpieWebhook } from "./webhook.ts";

// #region settings
const settings: MagpieChannel["settings"] = {
  schema: lazySchema(() => import("./schemas.ts").then((file) => file.settingsSchema), { apps: true }),
  defaults: { apps: {} },
  secrets: [],
  groups: {
    apps: {
      schema: lazySchema(() => import("./schemas.ts").then((file) => file.appSchema), { apiUrl: true, secrets: true }),
      secrets: ["secrets"],
      required: ["apiUrl"],
    },
  },
  probe: { apps: probeApps },
};
// #endregion settings

/** What is known of a line. */
export interface MagpieDetails {
  readonly app: string;
  readonly line: string;
}

/** What is sealed of it. */
export interface MagpieSecret {
  readonly token: string;
}

/** The channel that `magpie()` makes. */
export type MagpieChannel = RequestChannel<"magpie", MagpieInput, MagpieDetails, MagpieSecret, MagpieSettings>;

/** Magpie as a channel: several apps of one platform, a dialog that connects lines, texts in and out. */
export function magpie(): MagpieChannel {
  return {
    spec: "v1",
    kind: "magpie",
    content: new Set(["text"]),
    input: lazySchema(() => import("./schemas.ts").then((file) => file.inputSchema), { app: true, line: true, token: true }),
    settings,
    webhook: magpieWebhook,
    signup: magpieDialog,
    async connect({ app, line, token }, context) {
      await context.claim(`magpie:${line}`);
      const { phone, name } = await step(context, "line", () => callMagpie(context, { app, method: "GET", path: ["lines", line], token }));
      return {
        route: `magpie:${line}`,
        speaker: `magpie:app:${app}`,
        ...(typeof phone === "string" && { phone }),
        ...(typeof name === "string" && { defaultLabel: name }),
        details: { app, line },
        secret: { token },
      };
    },
    line: ({ details: { app, line }, epoch }, context) => ({
      async send({ to, content }) {
        if (content.kind !== "text" || to.phone === undefined)
          throw new WadeskError("content_unsupported", { detail: "Magpie sends texts to phones" });
        const { id } = await callMagpie(context, {
          app,
          method: "POST",
          path: ["lines", line, "messages"],
          token: context.secret.token,
          body: { to: to.phone, text: content.text },
          lost: "outcome_unknown",
        });
        return { providerId: String(id), acceptedAt: context.now() };
      },
      async check() {
        const stamp = { at: context.now(), epoch };
        try {
          await callMagpie(context, { app, method: "GET", path: ["lines", line], token: context.secret.token });
          return { signals: [{ ...stamp, type: "alive" }] };
        } catch (error) {
          return refusalReport(error, stamp);
        }
      },
      disconnect: async () => {},
    }),
  };
}
