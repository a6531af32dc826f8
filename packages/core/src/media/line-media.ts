import { connectionContext } from "../connections/contexts.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { LineMedia } from "../ports/media.ts";
import { pinnedFetch } from "../runtime/system-network.ts";
import { createFetchFile } from "./address/fetch-file.ts";

/** What a connection can do with files, for one piece of work that the signal ends. Rejects with `content_unsupported` where its channel can do nothing. */
export async function lineMedia(engine: Engine, connection: Connection, signal: AbortSignal): Promise<LineMedia> {
  const channel = channelOf(engine.channels, connection.channel);
  if (channel.media === undefined) throw new WadeskError("content_unsupported", { detail: `${channel.kind} has no files` });
  const { fetch, lookup } = engine.runtime;
  // a fetch of the owner's own may be the only way out of here
  const fetchAt = engine.ownFetch ? undefined : pinnedFetch();
  const fetchFile = createFetchFile({ fetch, fetchAt, lookup, signal });
  return channel.media(connection, { ...(await connectionContext(engine, connection, { signal })), fetchFile });
}
