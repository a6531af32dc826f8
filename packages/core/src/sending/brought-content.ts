import { pickConnection } from "../connections/pick-connection.ts";
import type { Engine } from "../engine/engine.ts";
import { streamOf } from "../media/stream/bytes-of.ts";
import { meteredStream } from "../media/stream/metered-stream.ts";
import { uploadOver } from "../media/upload.ts";
import type { MediaData, OutboundContent } from "../model/content.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { refuseUnsendable } from "./refuse-unsendable.ts";
import { withFiles } from "./with-files.ts";

/** A message whose files are with the vendor. */
export interface Brought {
  /** As it goes out; absent where it went out before, under the same key. */
  readonly content: OutboundContent | undefined;
  /** What tells it from another message: each file by its hash, whatever id it got. */
  readonly telling: OutboundContent;
  /** The connection that the files were brought over. */
  readonly from: string | undefined;
}

/** Who sends, and what makes a repeat one. */
export interface Sending {
  readonly workspaceId: string;
  readonly from: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/**
 * Brings the bytes of a message to the vendor. A stream can be read once and be told from another only by what was read of it: so files are hashed on
 * their way. A key that was used before costs no second upload: the bytes are read for their hash alone.
 */
export async function bringFiles(engine: Engine, content: OutboundContent<MediaData>, sending: Sending): Promise<Brought> {
  const { workspaceId, from, idempotencyKey } = sending;
  const { messages } = engine.storage;
  const earlier = idempotencyKey === undefined ? undefined : await messages.byIdempotencyKey(workspaceId, idempotencyKey);
  if (earlier !== undefined) {
    const telling = await withFiles(content, async ({ data, mimeType }, field) =>
      told(mimeType, await hashOf(streamOf(data, `${field}.data`), field)),
    );
    return { content: undefined, telling, from };
  }
  const connection = await pickConnection(engine, workspaceId, from);
  refuseUnsendable(channelOf(engine.channels, connection.channel), content);
  const hashes = new Map<string, string>();
  const fileName = "fileName" in content ? content.fileName : undefined;
  const ready = await withFiles(content, async ({ data, mimeType }, field) => {
    const { id, sha256 } = await uploadOver(engine, connection, { data, mimeType, fileName, field: `${field}.data` });
    hashes.set(field, sha256);
    return { id };
  });
  const telling = await withFiles(content, async ({ mimeType }, field) => told(mimeType, hashes.get(field) ?? ""));
  return { content: ready, telling, from: connection.id };
}

function told(mimeType: string, sha256: string): { readonly id: string; readonly mimeType: string; readonly sha256: string } {
  return { id: "", mimeType, sha256 };
}

async function hashOf(stream: ReadableStream<Uint8Array>, field: string): Promise<string> {
  const metered = await meteredStream(stream, { limit: Number.POSITIVE_INFINITY, field: `${field}.data` });
  for await (const _bytes of metered.stream);
  return metered.whole().sha256;
}
