import { numberFor } from "../../connections/numbers-for.ts";
import type { Engine } from "../../engine/engine.ts";
import { openAddress } from "../../media/open-address.ts";
import { readMimeType } from "../../media/read-requests.ts";
import { streamOf } from "../../media/stream/bytes-of.ts";
import { meteredStream } from "../../media/stream/metered-stream.ts";
import { uploadOver } from "../../media/upload.ts";
import type { OutboundContent } from "../../model/content.ts";
import type { MediaContent, MediaData } from "../../model/content/media-content.ts";
import { channelOf } from "../../ports/installed-channel.ts";
import { refuseUnsendable, type Sendable } from "../refuse-unsendable.ts";
import { holdsAddress, holdsNoData, type Replace, withFiles } from "./with-files.ts";

/** A message whose files are with the vendor. */
export interface Brought {
  /** As it goes out; absent where it went out before, under the same key. */
  readonly content: OutboundContent | undefined;
  /** What tells it from another message: each file by its hash, whatever id it got. */
  readonly telling: OutboundContent;
  /** The connection that the files were brought over. */
  readonly from: string | undefined;
}

/** Who sends from where, and what makes a repeat one. */
export interface Sending {
  readonly workspaceId: string;
  readonly from: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Whether a message has files that may have to be brought: bytes, or an address where a channel is installed whose vendor fetches none. */
export function mayBring(engine: Engine, content: OutboundContent<MediaData>): boolean {
  if (!holdsNoData(content)) return true;
  return holdsAddress(content) && [...engine.channels.values()].some(({ files }) => files?.upload?.addresses === true);
}

/**
 * Brings the files of a message to the vendor. A stream can be read once and be told from another only by what was read of it: so files are hashed on
 * their way. A key that was used before costs no second upload: the bytes are read for their hash alone.
 */
export async function bringFiles(engine: Engine, sendable: Sendable, sending: Sending): Promise<Brought> {
  const { content, to } = sendable;
  const { workspaceId, from, idempotencyKey } = sending;
  const { messages } = engine.storage;
  const earlier = idempotencyKey === undefined ? undefined : await messages.byIdempotencyKey(workspaceId, idempotencyKey);
  if (earlier !== undefined) {
    const replace: Replace = async (file, field) =>
      "data" in file ? told(file.mimeType, await hashOf(streamOf(file.data, `${field}.data`), field)) : file;
    return { content: undefined, telling: await withFiles(content, { replace, addresses: false }), from };
  }
  const connection = await numberFor(engine, workspaceId, { from, to });
  const channel = channelOf(engine.channels, connection.channel);
  refuseUnsendable(channel, sendable);
  const hashes = new Map<string, string>();
  const fileName = "fileName" in content ? content.fileName : undefined;
  const bring: Replace = async (file, field) => {
    const kind = kindAt(content, field);
    const { data, mimeType } = "data" in file ? file : await fetched(engine, file);
    const { id, sha256 } = await uploadOver(engine, connection, { data, mimeType, fileName, kind, field: `${field}.data` });
    hashes.set(field, sha256);
    return { id };
  };
  const ready = await withFiles(content, { replace: bring, addresses: channel.files?.upload?.addresses === true });
  // what lies at an address is named by it: the same one again is the same message
  const tell: Replace = async (file, field) => ("data" in file ? told(file.mimeType, hashes.get(field) ?? "") : file);
  return { content: ready, telling: await withFiles(content, { replace: tell, addresses: false }), from: connection.id };
}

async function fetched(
  engine: Engine,
  { url, mimeType: known }: { readonly url: string; readonly mimeType?: string },
): Promise<{ readonly data: MediaData["data"]; readonly mimeType: string }> {
  const { data, mimeType } = await openAddress(engine, url);
  return { data, mimeType: known ?? readMimeType(mimeType) ?? "application/octet-stream" };
}

function kindAt(content: OutboundContent<MediaData>, field: string): MediaContent["kind"] | undefined {
  if ("media" in content) return content.kind;
  const place = field.startsWith("content.body.") && "body" in content ? content.body?.[Number(field.split(".")[2])] : undefined;
  const header = "header" in content && typeof content.header === "object" ? content.header : undefined;
  const { type } = place ?? header ?? {};
  return type === "image" || type === "video" || type === "document" ? type : undefined;
}

function told(mimeType: string, sha256: string): { readonly id: string; readonly mimeType: string; readonly sha256: string } {
  return { id: "", mimeType, sha256 };
}

async function hashOf(stream: ReadableStream<Uint8Array>, field: string): Promise<string> {
  const metered = await meteredStream(stream, { limit: Number.POSITIVE_INFINITY, field: `${field}.data` });
  for await (const _bytes of metered.stream);
  return metered.whole().sha256;
}
