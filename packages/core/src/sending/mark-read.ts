import { channelOf, type Engine } from "../client/engine.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { connectionContext } from "../connections/contexts.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { ReadMark } from "../ports/channel.ts";
import { pickConnection } from "./pick-connection.ts";

/** Tells the person that their message was read. */
export async function markRead(
  engine: Engine,
  workspaceId: string,
  { from, ...mark }: ReadMark & { readonly from?: string },
): Promise<void> {
  if (typeof mark.messageId !== "string" || mark.messageId === "") {
    const message = "give the messageId of the event";
    throw new WadeskError("input_invalid", { issues: [{ field: "messageId", message }], detail: `messageId: ${message}` });
  }
  const connection = await pickConnection(engine, workspaceId, from);
  const channel = channelOf(engine.channels, connection.channel);
  const { markRead: perform } = channel;
  if (perform === undefined) throw new WadeskError("content_unsupported", { detail: `${channel.kind} cannot mark messages as read` });
  await callVendor(engine, connection, async () => perform(connection, mark, await connectionContext(engine, connection)));
}
