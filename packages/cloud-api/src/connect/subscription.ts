import { isWadeskError, WadeskError } from "@wadesk/core";
import type { Graph } from "../graph/graph.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";

/** Subscribes the token's app to the account's webhooks. Answers how to undo it; what was subscribed before stays so. */
export async function subscribe(graph: Graph, wabaId: string, appId: string | undefined): Promise<() => Promise<void>> {
  const already = await isSubscribed(graph, wabaId, appId);
  const undo = async (): Promise<void> => {
    if (!already) await unsubscribe(graph.unstoppable(), wabaId);
  };
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

/** Ends the subscription of the token's app; one that is gone already is no failure. */
export async function unsubscribe(graph: Graph, wabaId: string): Promise<void> {
  try {
    await graph.put("DELETE", [wabaId, "subscribed_apps"]);
  } catch (error) {
    if (!isWadeskError(error, "number_mismatch")) throw error;
  }
}

async function isSubscribed(graph: Graph, wabaId: string, appId: string | undefined): Promise<boolean> {
  const { data } = await graph.get([wabaId, "subscribed_apps"]);
  return asList(data).some((item) => {
    const app = asRecord(item);
    const id = asText(asRecord(app?.whatsapp_business_api_data)?.id) ?? asText(app?.id);
    return id !== undefined && id === appId;
  });
}
