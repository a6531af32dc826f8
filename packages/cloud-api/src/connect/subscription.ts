import { isWadeskError, WadeskError } from "@wadesk/core";
import type { Graph } from "../graph/graph.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";

/** How an account is subscribed. */
export interface SubscribeOptions {
  /** The token's app, where it is known. */
  readonly appId: string | undefined;
  /** An override of the account that leads to this address stays: subscribing once more would take it away. */
  readonly keep?: string | undefined;
}

/** Subscribes the token's app to the account's webhooks. Answers how to undo it; what was subscribed before stays so. */
export async function subscribe(graph: Graph, wabaId: string, { appId, keep }: SubscribeOptions): Promise<() => Promise<void>> {
  const before = await subscriptionOf(graph, wabaId, appId);
  const undo = async (): Promise<void> => {
    if (before === undefined) await unsubscribe(graph.unstoppable(), wabaId);
  };
  if (before?.overrideUrl !== undefined && before.overrideUrl === keep) return undo;
  try {
    const answer = await graph.put("POST", [wabaId, "subscribed_apps"]);
    if (answer.success !== true)
      throw new WadeskError("provider_refused", { detail: "Meta did not subscribe the app to the account's webhooks" });
  } catch (error) {
    // no answer came, and it may have been done
    if (isWadeskError(error, "provider_unavailable")) await undo().catch(() => undefined);
    throw error;
  }
  return undo;
}

/**
 * Leads the account's messages to an address of ours by the account itself, whatever callback URL the app has (`override_callback_uri`). The app must be
 * subscribed, and Meta calls the address at once. Answers how to undo it, as far as that can be: Meta tells no verify token of a former override.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
 */
export async function overrideCallback(graph: Graph, wabaId: string, callbackUrl: string): Promise<() => Promise<void>> {
  const [verifyToken = ""] = graph.settings.verifyToken;
  await graph.put("POST", [wabaId, "subscribed_apps"], { override_callback_uri: callbackUrl, verify_token: verifyToken });
  // without an address Meta goes back to the app's own
  return async () => void (await graph.unstoppable().put("POST", [wabaId, "subscribed_apps"]));
}

/** Ends the subscription of the token's app; one that is gone already is no failure. */
export async function unsubscribe(graph: Graph, wabaId: string): Promise<void> {
  try {
    await graph.put("DELETE", [wabaId, "subscribed_apps"]);
  } catch (error) {
    if (!isWadeskError(error, "number_mismatch")) throw error;
  }
}

/** Whether an app is subscribed to an account's webhooks. */
export async function isSubscribed(graph: Graph, wabaId: string, appId: string | undefined): Promise<boolean> {
  return (await subscriptionOf(graph, wabaId, appId)) !== undefined;
}

interface Subscription {
  /** Where the account leads its messages, whatever callback URL the app has. */
  readonly overrideUrl: string | undefined;
}

async function subscriptionOf(graph: Graph, wabaId: string, appId: string | undefined): Promise<Subscription | undefined> {
  const { data } = await graph.get([wabaId, "subscribed_apps"]);
  for (const item of asList(data)) {
    const app = asRecord(item);
    const id = asText(asRecord(app?.whatsapp_business_api_data)?.id) ?? asText(app?.id);
    if (id !== undefined && id === appId) return { overrideUrl: asText(app?.override_callback_uri) };
  }
  return undefined;
}
