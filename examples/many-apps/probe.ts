import { isWadeskError } from "@wadesk/core";
import type { ProbeContext, ProbeFinding } from "@wadesk/core/ports";
import type { MagpieSettings } from "./apps.ts";
import { callMagpie } from "./call-magpie.ts";

// #region probe
/** Asks each app who it is and where its webhooks go: a finding for each. */
export async function probeApps(context: ProbeContext<MagpieSettings>): Promise<readonly ProbeFinding[]> {
  const { apps } = await context.settings();
  return Promise.all(Object.entries(apps).map(([app, { secrets }]) => (secrets.length === 0 ? bareApp(app) : probeApp(app, context))));
}

function bareApp(app: string): ProbeFinding {
  const text = `${app} has no secret yet: add the one under Apps in Magpie's console`;
  return { ok: false, code: "secret_missing", values: { app }, text };
}

async function probeApp(app: string, context: ProbeContext<MagpieSettings>): Promise<ProbeFinding> {
  const values = { app };
  try {
    const { webhook } = await callMagpie(context, { app, method: "GET", path: ["app"] });
    const expected = `${context.publicUrl?.origin ?? "https://<your address>"}/webhooks/magpie/${app}`;
    if (webhook === expected) return { ok: true, code: "app_ready", values, text: `${app} is known to Magpie and calls this application` };
    const text = `Magpie calls another address for ${app}: set it to ${expected} in Magpie's console`;
    return { ok: false, code: "webhook_elsewhere", values: { ...values, expected }, text };
  } catch (error) {
    // what only failed for now is said by core
    if (!isWadeskError(error, "credentials_rejected")) throw error;
    return {
      ok: false,
      code: "secret_refused",
      values,
      text: `Magpie refuses the newest secret of ${app}: copy it from Magpie's console again`,
    };
  }
}
// #endregion probe
