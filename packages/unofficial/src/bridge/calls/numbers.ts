import { type Connection, type Storage, type Wadesk, WadeskError } from "@wadesk/core";
import type { UnofficialDetails } from "../../details.ts";
import type { UnofficialChannel } from "../../unofficial.ts";

/** The client of a bridge, and what it keeps things in. */
export interface BridgeClient {
  readonly wadesk: Wadesk<UnofficialChannel>;
  readonly storage: Storage;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The number of a route, as it is stored; nothing where the bridge has none. */
export async function numberAt({ storage }: BridgeClient, route: string): Promise<Connection<UnofficialDetails> | undefined> {
  return (await storage.connections.byRoute(route)) as Connection<UnofficialDetails> | undefined;
}

/** The same of one that has to be there. Rejects with `not_connected`. */
export async function linkedNumber(client: BridgeClient, route: string): Promise<Connection<UnofficialDetails>> {
  const row = await numberAt(client, route);
  if (row?.connectedAt === undefined)
    throw new WadeskError("not_connected", { detail: "the bridge does not have this number; link it again" });
  return row;
}

/** All numbers that were linked, by whichever workspace, as they now stand. */
export async function* linkedNumbers({ storage, wadesk }: BridgeClient): AsyncGenerator<Connection<UnofficialDetails>> {
  let cursor: string | undefined;
  do {
    const page = await storage.connections.walk({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const { id, workspaceId, connectedAt } of page.items) {
      // removed meanwhile
      const connection =
        connectedAt === undefined
          ? undefined
          : await wadesk
              .workspace(workspaceId)
              .get(id)
              .catch(() => undefined);
      if (connection !== undefined) yield connection as Connection<UnofficialDetails>;
    }
    cursor = page.next;
  } while (cursor !== undefined);
}

const PAGE = 100;
