import { isWadeskError, WadeskError } from "@wadesk/core";
import type { ChannelContext } from "@wadesk/core/ports";
import type { OwnApp } from "../details.ts";
import type { Graph } from "../graph/graph.ts";
import { ownAppPath, PLATFORM_PATHS } from "../inbound/webhook.ts";
import type { ManualInput } from "../input/manual-input.ts";
import type { CloudApiSettings, Transport } from "../options.ts";

/** The app of its own that a number is connected with; nothing where the platform's is used. */
export function ownAppOf({ appId, appSecret = [], verifyToken }: ManualInput): OwnApp | undefined {
  const secrets = typeof appSecret === "string" ? [appSecret] : appSecret;
  if (appId === undefined || verifyToken === undefined || secrets.length === 0) return undefined;
  return { id: appId, secrets, verifyToken };
}

/** Where that app is to call; nothing where `createWadesk` has no `publicUrl`. */
export function callbackOf(
  { id }: OwnApp,
  { publicUrl }: Pick<ChannelContext<CloudApiSettings>, "publicUrl">,
  { webhookPath }: Transport,
): string | undefined {
  if (publicUrl === undefined) return undefined;
  return `${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}${webhookPath}${ownAppPath(id)}`;
}

/** Where the platform's app calls; nothing where `createWadesk` has no `publicUrl`. */
export function platformCallback(
  { publicUrl }: Pick<ChannelContext<CloudApiSettings>, "publicUrl">,
  { webhookPath }: Transport,
): string | undefined {
  if (publicUrl === undefined) return undefined;
  const [path] = PLATFORM_PATHS;
  return `${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}${webhookPath}${path}`;
}

// Meta looks at who asks first, and takes no offence at a token that is none
const NO_TOKEN = "none";

/** Rejects with `credentials_rejected` unless Meta takes each App Secret as the app's: what is signed with one is believed. */
export async function proveApp(graph: Graph, app: OwnApp): Promise<void> {
  const refused = await refusedSecrets(graph, app);
  if (refused.length === 0) return;
  const which =
    app.secrets.length === 1 ? "this App Secret" : `App Secret ${refused.map((index) => index + 1).join(" and ")} of ${app.secrets.length}`;
  const detail = `Meta refuses App ID ${app.id} with ${which}: copy both from Settings → Basic of one app, and leave out a secret that was reset`;
  throw new WadeskError("credentials_rejected", { detail });
}

/** Which of the App Secrets Meta does not take, counted from 0. */
export async function refusedSecrets(graph: Graph, { id, secrets }: OwnApp): Promise<readonly number[]> {
  const refused: number[] = [];
  for (const [index, secret] of secrets.entries()) {
    try {
      await graph.get(["debug_token"], { input_token: NO_TOKEN }, { token: `${id}|${secret}`, secrets: [secret] });
    } catch (error) {
      if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
      refused.push(index);
    }
  }
  return refused;
}
