import { isWadeskError } from "@wadesk/core";
import type { ProbeContext, ProbeFinding } from "@wadesk/core/ports";
import { openGraph } from "../graph/graph.ts";
import { type CloudApiSettings, endOfVersion, type Transport, versionEnded } from "../options.ts";

export { probeWebhook } from "./probe-webhook.ts";

// no token of anybody's: Meta looks at who asks first, and then says that it is none
const NO_TOKEN = "none";
// of a path that there is not, and so of a version
const UNKNOWN_PATH = 2500;

/** Whether App ID and each App Secret belong together. The app asks about a token; its own id and secret stand in the header, and in no address. */
export async function probeApp(transport: Transport, context: ProbeContext<CloudApiSettings>): Promise<readonly ProbeFinding[]> {
  const { appId, appSecret } = await context.settings();
  if (appId === undefined) return [bad("app_id_missing", "no App ID is set: paste the one under Settings → Basic of the Meta app")];
  if (appSecret.length === 0) {
    return [
      bad("app_secret_missing", "no App Secret is set, so every webhook is refused: paste the one under Settings → Basic", { appId }),
    ];
  }
  const findings: ProbeFinding[] = [];
  for (const [index, secret] of appSecret.entries()) {
    const values = { appId, secret: index + 1, of: appSecret.length };
    const graph = await openGraph(transport, context, `${appId}|${secret}`);
    try {
      await graph.get(["debug_token"], { input_token: NO_TOKEN });
      findings.push({ ok: true, code: "app_secret_matches", values, text: "the App ID and the App Secret belong together" });
    } catch (error) {
      if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
      const text =
        "Meta refuses this App ID with this App Secret: copy both again from Settings → Basic of one app, and retire a secret that was reset";
      findings.push(bad("app_secret_refused", text, values));
    }
  }
  return findings;
}

/** Whether Meta serves the version of the Graph API that is set. An app's token is asked about, so that Meta looks at the path; without an app the calendar says. */
export async function probeGraphVersion(transport: Transport, context: ProbeContext<CloudApiSettings>): Promise<readonly ProbeFinding[]> {
  const { appId, appSecret, graphVersion: version } = await context.settings();
  const end = endOfVersion(version);
  const values = { version, ...(end !== undefined && { end }) };
  const ended = versionEnded(version, context.now());
  if (ended !== undefined) return [bad("graph_version_ended", ended, values)];
  const secret = appSecret.at(-1);
  if (appId === undefined || secret === undefined) return [];
  const graph = await openGraph(transport, context, `${appId}|${secret}`);
  try {
    await graph.get(["debug_token"], { input_token: NO_TOKEN });
  } catch (error) {
    if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
    const text = `Meta does not know Graph API ${version}: set graphVersion to one that it serves`;
    if (error.vendor?.code === UNKNOWN_PATH) return [bad("graph_version_unknown", text, values)];
    // that the secret is none is another check's to say
  }
  return [
    { ok: true, code: "graph_version_served", values, text: `Meta serves Graph API ${version}${end === undefined ? "" : ` until ${end}`}` },
  ];
}

/** Whether there is a token for Meta's challenge. */
export async function probeVerifyToken(context: ProbeContext<CloudApiSettings>): Promise<readonly ProbeFinding[]> {
  const set = (await context.settings()).verifyToken.some((token) => token.trim() !== "");
  if (set) return [{ ok: true, code: "verify_token_set", text: "a verify token is set; Meta must be told the same" }];
  return [
    bad("verify_token_missing", "no verify token is set, so Meta cannot verify the webhook: choose one and paste it into the Meta app"),
  ];
}

/** Whether the public address is one that Meta calls. */
export async function probePublicUrl({ publicUrl }: ProbeContext<CloudApiSettings>): Promise<readonly ProbeFinding[]> {
  if (publicUrl === undefined) return [bad("public_url_missing", "createWadesk has no publicUrl, so nobody can be told the callback URL")];
  const values = { origin: publicUrl.origin };
  if (publicUrl.protocol !== "https:")
    return [bad("public_url_insecure", "Meta calls https addresses alone: set publicUrl to one", values)];
  return [{ ok: true, code: "public_url_set", values, text: "the public address is one that Meta may call" }];
}

function bad(code: string, text: string, values: ProbeFinding["values"] = {}): ProbeFinding {
  return { ok: false, code, values, text };
}
