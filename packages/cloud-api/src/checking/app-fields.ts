import { WadeskError } from "@wadesk/core";
import type { Graph } from "../graph/graph.ts";
import { ifShown } from "../graph/read-node.ts";
import { asList, asRecord, asText, type Wire } from "../wire/wire.ts";
import { isSubscribed, subscribe } from "../connect/subscription.ts";
import type { CloudApiWarning } from "../connect/warnings.ts";

/** The object of WhatsApp's webhooks. */
const OBJECT = "whatsapp_business_account";
/** Without it nobody's message comes in, nor what became of ours: deliveries and reads come under it too, and there is no field `message_status`. */
const NEEDED = "messages";

/** What an app has as its webhook. */
interface AppFields {
  readonly callbackUrl: string | undefined;
  readonly fields: readonly string[];
  readonly active: boolean;
  /** The secret that Meta took. */
  readonly secret: string;
}

/** Asks the app itself what it is subscribed to, with the newest secret that Meta takes; nothing where there is none. */
async function readAppFields(graph: Graph, appId: string | undefined): Promise<AppFields | undefined> {
  if (appId === undefined) return undefined;
  for (const secret of graph.settings.appSecret.toReversed()) {
    const as = { token: `${appId}|${secret}`, secrets: [secret] };
    const answer = await ifShown(graph.get([appId, "subscriptions"], undefined, as));
    if (answer !== undefined) return { ...fieldsOf(answer), secret };
  }
  return undefined;
}

function fieldsOf(answer: Wire): Omit<AppFields, "secret"> {
  const found = asList(answer.data)
    .map(asRecord)
    .find((each) => each?.object === OBJECT);
  return {
    callbackUrl: asText(found?.callback_url),
    fields: asList(found?.fields).flatMap((field) => asText(field) ?? asText(asRecord(field)?.name) ?? []),
    active: found !== undefined && found.active !== false,
  };
}

/** Warns where messages do not come in: the field is not subscribed to, or the app is not subscribed to the account. */
export async function subscriptionWarnings(graph: Graph, wabaId: string, appId: string | undefined): Promise<readonly CloudApiWarning[]> {
  if (appId === undefined) return [];
  const app = await readAppFields(graph, appId);
  const account = await ifShown(isSubscribed(graph, wabaId, appId));
  const warn = (missing: "field" | "webhook" | "account", what: string): CloudApiWarning => ({
    code: "messages_not_subscribed",
    values: { app: appId, missing },
    text: `${what}, so no message comes in: subscribe with subscribeMessages(), or under WhatsApp → Configuration of the Meta app.`,
  });
  if (account === false) return [warn("account", `Meta app ${appId} is not subscribed to the WhatsApp account ${wabaId}`)];
  if (app === undefined) return [];
  if (!app.active) return [warn("webhook", `Meta app ${appId} has no webhook of WhatsApp that is switched on`)];
  if (app.fields.includes(NEEDED)) return [];
  return [warn("field", `Meta app ${appId} is not subscribed to the field ${NEEDED}`)];
}

/**
 * Subscribes the app to the account, and to the field of messages beside those that it has. Rejects with `input_invalid` where the app's address is another
 * application's, which is not taken from it here, and with `configuration_invalid` where no App Secret is one that Meta takes.
 */
export async function subscribeMessages(
  graph: Graph,
  place: { readonly wabaId: string; readonly appId: string | undefined; readonly callbackUrl: string | undefined },
): Promise<void> {
  const { wabaId, appId, callbackUrl } = place;
  const app = await readAppFields(graph, appId);
  if (appId === undefined || app === undefined)
    throw new WadeskError("configuration_invalid", {
      detail: "set the App ID and an App Secret that Meta takes: an app is subscribed by itself",
    });
  // an account that is subscribed stays as it is: a second time would take an override away
  if (!(await isSubscribed(graph, wabaId, appId))) await subscribe(graph, wabaId, { appId });
  if (app.active && app.fields.includes(NEEDED)) return;
  const address = app.callbackUrl ?? callbackUrl;
  const ours = callbackUrl !== undefined && address !== undefined && originOf(address) === originOf(callbackUrl);
  if (address === undefined || !ours) throw foreign(address);
  const [verifyToken = ""] = graph.settings.verifyToken;
  const fields = [...new Set([...app.fields, NEEDED])].join(",");
  const body = { object: OBJECT, callback_url: address, verify_token: verifyToken, fields, include_values: true };
  await graph.put("POST", [appId, "subscriptions"], body, { token: `${appId}|${app.secret}`, secrets: [app.secret] });
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

function foreign(address: string | undefined): WadeskError {
  const message =
    address === undefined
      ? "is not known: set publicUrl of createWadesk, so that Meta can be told where to call"
      : "of the Meta app is not this application's, and is left to it: lead the account here with override, or change it in the Meta app";
  return new WadeskError("input_invalid", {
    detail: `callbackUrl ${message}`,
    issues: [{ field: "callbackUrl", code: "conflicts", message }],
  });
}
