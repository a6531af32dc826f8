import { callVendor } from "../connections/call-vendor.ts";
import { connectionContext } from "../connections/contexts.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { ReadMark } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { readMarkRequest } from "../requests/read-requests.ts";
import { pickConnection } from "./pick-connection.ts";

/** Tells the person that their message was read. Rejects with `input_invalid`. */
export async function markRead(engine: Engine, workspaceId: string, request: ReadMark & { readonly from?: string }): Promise<void> {
  const { from, ...mark } = readMarkRequest(request);
  const connection = await pickConnection(engine, workspaceId, from);
  const channel = channelOf(engine.channels, connection.channel);
  const { markRead: perform } = channel;
  if (perform === undefined) throw new WadeskError("content_unsupported", { detail: `${channel.kind} cannot mark messages as read` });
  await callVendor(engine, connection, async () => perform(connection, mark, await connectionContext(engine, connection)));
}
