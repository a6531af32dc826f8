import { isWadeskError } from "@wadesk/core";
import { askVendor, type ProbeContext, type ProbeFinding } from "@wadesk/core/ports";
import type { ProbeAnswer } from "../../bridge-protocol/messages/calls.ts";
import { objectIn, signedCall } from "./ask-bridge.ts";
import type { BridgedSettings, BridgeSettings } from "../bridged-options.ts";

type Context = ProbeContext<BridgedSettings>;

/** Whether each bridge answers, has the same secret, and reaches this app: the bridge asks it once. One finding for each, which never holds a secret. */
export async function probeBridges(timeoutMs: number, context: Context): Promise<readonly ProbeFinding[]> {
  const { bridges } = await context.settings();
  return Promise.all(
    Object.entries(bridges).map(async ([bridge, place]) => {
      const { values, ...finding } = await probeOne({ ...context, timeoutMs }, bridge, place);
      return { ...finding, values: { ...values, bridge } };
    }),
  );
}

async function probeOne(context: Context & { readonly timeoutMs: number }, bridge: string, place: BridgeSettings): Promise<ProbeFinding> {
  const { fetch, signal, now, timeoutMs } = context;
  const address = place.url;
  if (place.secrets.length === 0)
    return { ok: false, code: "bridge_secret_missing", text: "The shared secret is not set. Paste NODE_WEBHOOK_TOKEN from node/.env." };
  const at = now();
  const { address: called, headers } = await signedCall(
    { ...place, bridge },
    { name: "probe", id: `call_${crypto.randomUUID()}`, body: "{}", at },
  );
  try {
    const asking = { vendor: "bridge", fetch, timeoutMs, signal, lost: "outcome_unknown" } as const;
    const { status, text } = await askVendor(asking, called, { method: "POST", headers, body: "{}" });
    return findingOf(status, objectIn(text) ?? {}, { address, ms: now() - at });
  } catch (error) {
    const isSilent = isWadeskError(error, "provider_unavailable");
    const text = isSilent ? `Not reachable: nothing listens at ${address}.` : `Not reachable: what listens at ${address} does not answer.`;
    return { ok: false, code: "bridge_silent", values: { address }, text: `${text} Start the service, or correct the Server URL.` };
  }
}

function findingOf(status: number, said: object, { address, ms }: { readonly address: string; readonly ms: number }): ProbeFinding {
  const { error, app, reached, reason, numbers } = said as Partial<ProbeAnswer> & { readonly error?: unknown };
  if (status === 200 && typeof app === "string" && typeof numbers === "number") {
    const appAddress = shortOf(app);
    const because = typeof reason === "string" ? reason.slice(0, 500) : "it does not say why";
    if (reached === "yes")
      return {
        ok: true,
        code: "bridge_reached",
        values: { ms, numbers },
        text: `Reachable, and the shared secret matches. Answered in ${ms} ms, holds ${numbers} session${numbers === 1 ? "" : "s"}.`,
      };
    if (reached === "refused")
      return {
        ok: false,
        code: "bridge_refused_by_app",
        values: { app: appAddress },
        text: `Reachable, but what answers at ${appAddress} refuses its reports: APP_DOMAIN_NAME in node/.env is another app's address, or that app has another secret. (${because})`,
      };
    return {
      ok: false,
      code: "bridge_cannot_reach_app",
      values: { app: appAddress },
      text: `Reachable, but it cannot reach this app at ${appAddress}. Correct it in node/.env and restart the service. (${because})`,
    };
  }
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (code === "signature_invalid")
    return {
      ok: false,
      code: "bridge_secret_differs",
      values: { address },
      text: "Reachable, but the shared secret differs. Paste NODE_WEBHOOK_TOKEN from node/.env.",
    };
  if (typeof code === "string" && typeof message === "string")
    return {
      ok: false,
      code: "bridge_refuses",
      values: { address, reason: code },
      text: `Reachable, but it refuses this app: ${message.slice(0, 500)}`,
    };
  return {
    ok: false,
    code: "bridge_elsewhere",
    values: { address, status },
    text: `What answers at ${address} is no bridge (status ${status}). Correct the Server URL.`,
  };
}

// as a person wrote it, without the path of reports
function shortOf(app: string): string {
  return app.slice(0, 300).replace(/\/webhooks\/wadesk-bridge$/, "");
}
