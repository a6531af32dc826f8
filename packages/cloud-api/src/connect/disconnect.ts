import { type Connection, isWadeskError } from "@wadesk/core";
import type { ConnectionContext } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { openGraph } from "../graph/graph.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { unsubscribe } from "./subscription.ts";

// a token that no longer counts cannot end the subscription, and must not keep the person from leaving
const POWERLESS = ["token_expired", "credentials_rejected", "scope_missing", "app_mismatch", "banned", "temporarily_banned", "locked"];

/** Ends the account's webhooks with the last connection of that account; the others still need them. */
export async function disconnectNumber(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  context: ConnectionContext<CloudApiSettings, CloudApiSecret>,
): Promise<void> {
  if ((await context.siblings()) > 0) return;
  const graph = await openGraph(transport, context, context.secret.accessToken, context.secret.app);
  try {
    await unsubscribe(graph, connection.details.wabaId);
  } catch (error) {
    if (!isWadeskError(error) || !POWERLESS.includes(error.code)) throw error;
    context.log.warn({ connectionId: connection.id, code: error.code }, "disconnected, though Meta did not let the token end the webhooks");
  }
}
