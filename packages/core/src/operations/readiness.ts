import type { Readiness } from "../api/screen-port.ts";
import type { Engine } from "../engine/engine.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import { readKind } from "../requests/read-requests.ts";
import { statusAt } from "../status/connection-status.ts";

/** How many workspaces have connections, and how many of them none that is connected on one channel. Reads every connection once, a page at a time. */
export async function readiness({ channels, storage, time }: Engine, given: string): Promise<Readiness> {
  const { kind, silenceLimitMs } = channelOf(channels, readKind(given));
  const known = new Set<string>();
  const able = new Set<string>();
  let numbers = 0;
  const now = time.now();
  for await (const row of pagesOf((page) => storage.connections.walk(page))) {
    known.add(row.workspaceId);
    if (row.channel !== kind || statusAt(row, now, silenceLimitMs).state !== "connected") continue;
    able.add(row.workspaceId);
    numbers += 1;
  }
  return { workspaces: known.size, unable: known.size - able.size, numbers };
}

/** What is missing for a channel to work, one sentence each. */
export async function missingOf({ channels, settings, time }: Engine, given: string): Promise<readonly string[]> {
  const { kind, settings: own } = channelOf(channels, readKind(given));
  return own.missing?.(await settings.resolve(kind), time.now()) ?? [];
}
