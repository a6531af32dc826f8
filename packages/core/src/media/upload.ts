import type { UploadedMedia, UploadRequest } from "../api/workspace.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { pickConnection } from "../connections/pick-connection.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { invalidField } from "../fields/invalid.ts";
import type { Connection } from "../model/connection.ts";
import type { FileData, MediaContent } from "../model/content/media-content.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { beginWork, lineMedia } from "./line-media.ts";
import { IDLE_MS, readUpload } from "./read-requests.ts";
import { sizeOf, streamOf } from "./stream/bytes-of.ts";
import { tooLarge } from "./stream/checked-stream.ts";
import { meteredStream } from "./stream/metered-stream.ts";

/** Brings a file to the vendor. See `Workspace.media`. */
export async function upload(engine: Engine, workspaceId: string, request: UploadRequest): Promise<UploadedMedia> {
  const { from, ...file } = readUpload(request);
  const connection = await pickConnection(engine, workspaceId, from);
  const { id, sha256, sizeBytes } = await uploadOver(engine, connection, file);
  return { media: { id, mimeType: file.mimeType, sha256 }, connectionId: connection.id, sizeBytes };
}

/** A file to bring over one connection. */
export interface UploadFile {
  readonly data: FileData;
  readonly mimeType: string;
  readonly fileName?: string | undefined;
  readonly kind?: MediaContent["kind"] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly idleMs?: number;
  /** What the data is called in an error. */
  readonly field?: string;
}

/** Brings it, and answers its id there and what was brought. */
export async function uploadOver(
  engine: Engine,
  connection: Connection,
  { data, mimeType, fileName, kind, signal, idleMs = IDLE_MS, field = "data" }: UploadFile,
): Promise<{ readonly id: string; readonly sha256: string; readonly sizeBytes: number }> {
  const { files } = channelOf(engine.channels, connection.channel);
  if (files?.upload === undefined) throw noUpload(connection.channel);
  const limit = files.upload.largest(mimeType) ?? Number.POSITIVE_INFINITY;
  const sizeBytes = sizeOf(data);
  if (sizeBytes === 0) throw invalidField(field, "is empty", "required");
  if (sizeBytes !== undefined && sizeBytes > limit) throw tooLarge(limit, sizeBytes);
  // all that can be refused was, and nothing of the data is touched before there is a line
  const source = streamOf(data, field);
  const progress = beginWork(engine, idleMs, signal);
  let failureOfData = (): { readonly reason: unknown } | undefined => undefined;
  try {
    const { media, work } = await progress.within(lineMedia(engine, connection, progress));
    const { upload: bring } = media ?? {};
    if (bring === undefined) throw noUpload(connection.channel);
    const metered = await meteredStream(source, { limit, field, progress });
    failureOfData = metered.failure;
    progress.moved();
    const file = {
      stream: metered.stream,
      mimeType,
      ...(fileName !== undefined && { fileName }),
      ...(kind !== undefined && { kind }),
      ...(sizeBytes !== undefined && { sizeBytes }),
    };
    const { id } = await progress.within(callVendor(engine, connection, () => bring(file, work)));
    const brought = { id, ...metered.whole() };
    progress.done();
    return brought;
  } catch (error) {
    progress.end(error);
    // what the data itself did, or its owner, says more than the client that stumbled over it
    const failure = failureOfData() ?? (signal?.aborted === true ? { reason: signal.reason } : undefined);
    if (failure !== undefined) throw failure.reason;
    if (isWadeskError(error)) throw error;
    const name = error instanceof Error ? error.name : typeof error;
    engine.runtime.log.error({ connectionId: connection.id, error: name }, "the channel failed while bringing a file");
    throw new WadeskError("provider_unavailable", { detail: name });
  }
}

/** The error for a channel that takes no bytes. */
function noUpload(channel: string): WadeskError {
  return new WadeskError("content_unsupported", {
    detail: `${channel} takes files by their address alone: put the file where the provider can fetch it over https, and send { url }`,
  });
}
