import type { Connection } from "@wadesk/core";
import type { ConnectionContext } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { type Graph, openGraph } from "../graph/graph.ts";
import type { CloudApiSettings, Transport } from "../options.ts";

/** The number that an operation works on, and what it does it with. */
export interface NumberWork {
  readonly transport: Transport;
  readonly connection: Connection<CloudApiDetails>;
  readonly context: ConnectionContext<CloudApiSettings, CloudApiSecret>;
}

/** A caller of Meta for a connected number, in its account's pace. */
export async function graphOf({ transport, connection, context }: NumberWork): Promise<Graph> {
  const { accessToken, app } = context.secret;
  return (await openGraph(transport, context, accessToken, app)).of(connection.details.wabaId);
}

/** The number's id at Meta. */
export function idOf({ connection }: NumberWork): string {
  return connection.details.phoneNumberId;
}
