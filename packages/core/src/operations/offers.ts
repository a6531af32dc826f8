import type { Offers } from "../api/screen-port.ts";
import type { Engine } from "../engine/engine.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { readKind } from "../requests/read-requests.ts";

/** What a workspace is offered on one channel, as its settings now are. Rejects with `channel_not_installed`. */
export async function offers({ channels, settings }: Engine, given: string, workspaceId: string): Promise<Offers> {
  const { kind, signup, lent } = channelOf(channels, readKind(given));
  // most channels offer the same whatever is set
  const values = lent === undefined && signup?.ready === undefined ? undefined : await settings.resolve(kind);
  return {
    signup: signup !== undefined && (signup.ready?.(values) ?? true),
    lent: lent?.(values, workspaceId) ?? [],
  };
}
