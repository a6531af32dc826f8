import type { Offers } from "../api/screen-port.ts";
import type { Engine } from "../engine/engine.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { readKind } from "../requests/read-requests.ts";

/** What a workspace is offered on one channel, as its settings now are. Rejects with `channel_not_installed`. */
export async function offers({ channels, settings }: Engine, given: string, workspaceId: string): Promise<Offers> {
  const { kind, signup, lent, settings: own } = channelOf(channels, readKind(given));
  const chosen = Object.entries(own.groups ?? {}).flatMap(([group, each]) =>
    each?.chosenBy === undefined ? [] : [[each.chosenBy, group] as const],
  );
  // most channels offer the same whatever is set
  const values = lent === undefined && signup?.ready === undefined && chosen.length === 0 ? undefined : await settings.resolve(kind);
  return {
    signup: signup !== undefined && (signup.ready?.(values) ?? true),
    lent: lent?.(values, workspaceId) ?? [],
    choices: Object.fromEntries(chosen.map(([field, group]) => [field, namesIn(values, group)])),
  };
}

function namesIn(values: unknown, group: string): readonly string[] {
  const groups = (values as Readonly<Record<string, object | undefined>> | undefined)?.[group];
  return Object.keys(groups ?? {}).toSorted();
}
