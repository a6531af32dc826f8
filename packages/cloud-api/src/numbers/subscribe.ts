import { subscribeMessages as subscribeApp } from "../checking/app-fields.ts";
import { platformCallback } from "../connect/own-app.ts";
import { graphOf, type NumberWork } from "./work.ts";

/** Subscribes the number's app to its messages. */
export async function subscribeMessages(work: NumberWork): Promise<void> {
  const { connection, context, transport } = work;
  const { wabaId, callbackUrl: own } = connection.details;
  const graph = await graphOf(work);
  const callbackUrl = context.secret.app === undefined ? platformCallback(context, transport) : own;
  await subscribeApp(graph, { wabaId, appId: graph.settings.appId, callbackUrl });
}
