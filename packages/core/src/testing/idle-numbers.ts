import type { SessionPlace, SessionStore } from "../ports/stores/session-store.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { createConnectionSecrets } from "../vault/connection-secrets.ts";
import { readKeyRing } from "../vault/keys.ts";
import { createVault } from "../vault/vault.ts";
import { TEST_KEYS } from "./open-echo.ts";

const AT_ONCE = 50;

/** Makes sessions that are wanted and held by nobody. */
export type MakeWanted = (places: readonly SessionPlace[]) => Promise<void>;

/** Puts numbers into a storage that were connected before, whose sessions are wanted and held by nobody: `con_0` with `+0` and so on, of workspace `acme`. */
export async function addIdleNumbers(
  { connections, records, sessions }: Storage,
  count: number,
  at: number,
  makeWanted: MakeWanted = oneByOne(sessions),
): Promise<void> {
  const secrets = createConnectionSecrets(records, createVault(readKeyRing(TEST_KEYS)));
  const places = Array.from({ length: count }, (_, index) => ({ workspaceId: "acme", connectionId: `con_${index}`, kind: "socket" }));
  const add = async (index: number): Promise<void> => {
    const id = `con_${index}`;
    await connections.insert({
      ...{
        id,
        workspaceId: "acme",
        channel: "socket",
        route: `socket:+${index}`,
        label: id,
        phone: `+${index}`,
        primary: false,
        details: {},
      },
      ...{ status: { state: "connected", since: at }, warnings: [], createdAt: at, connectedAt: at, epoch: 0, version: 0 },
    });
    await secrets.write({ connectionId: id, channel: "socket" }, { number: `+${index}` });
  };
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, offset) => add(from + offset)));
  await makeWanted(places);
}

function oneByOne(sessions: SessionStore): MakeWanted {
  return async (places) => {
    await sessions.join("before", [], 10 * 60_000);
    for (const place of places) {
      await sessions.take("before", place, 0);
      await sessions.want(place.connectionId, true);
    }
    await sessions.leave("before");
  };
}
