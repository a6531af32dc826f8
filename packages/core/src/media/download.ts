import type { DownloadOptions, MediaDownload } from "../api/workspace.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { primaryOf } from "../connections/pick-connection.ts";
import { rowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { MediaFile } from "../model/content/media-content.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { OpenedMedia } from "../ports/media.ts";
import { isEnded } from "../status/connection-status.ts";
import { bareName } from "./address/file-name.ts";
import { beginWork, lineMedia } from "./line-media.ts";
import { readDownload, readMimeType } from "./read-requests.ts";
import { checkedStream, letGo, tooLarge } from "./stream/checked-stream.ts";
import type { Progress } from "./stream/progress.ts";
import { readSha256 } from "./stream/sha256.ts";

/** Opens a file that came in. See `Workspace.media`. */
export async function download(
  engine: Engine,
  workspaceId: string,
  reference: MediaFile,
  options: DownloadOptions | undefined,
): Promise<MediaDownload> {
  const { file, from, maxBytes, idleMs, signal } = readDownload(reference, options);
  const connection = await connectionOf(engine, workspaceId, from);
  if (channelOf(engine.channels, connection.channel).files === undefined) throw noFiles(connection);
  const progress = beginWork(engine, idleMs, signal);
  const opened = await open(engine, connection, file, progress);
  const { stream } = opened;
  const sizeBytes = isSize(opened.sizeBytes) ? opened.sizeBytes : undefined;
  const mimeType = readMimeType(opened.mimeType) ?? readMimeType(file.mimeType) ?? "application/octet-stream";
  const fileName = bareName(opened.fileName);
  // the vendor's word of this very answer counts over an event's
  const sha256 = readSha256(opened.sha256) ?? readSha256(file.sha256);
  if (sizeBytes !== undefined && sizeBytes > maxBytes) {
    const failure = tooLarge(maxBytes, sizeBytes);
    progress.end(failure);
    letGo(stream, failure);
    throw failure;
  }
  return {
    stream: await checkedStream(stream, { maxBytes, sizeBytes, sha256 }, progress),
    mimeType,
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(fileName !== undefined && { fileName }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

// a file of a connection that is not in force, or not well, is still the workspace's own: the vendor says whether it can be had
async function connectionOf(engine: Engine, workspaceId: string, from: string | undefined): Promise<Connection> {
  const row =
    from === undefined
      ? await primaryOf(engine, workspaceId, await engine.settings.activeChannel())
      : await rowOf(engine, workspaceId, from);
  if (row.status.state !== "pending" && !isEnded(row.status)) return row;
  throw new WadeskError("not_connected", { detail: `${row.id} is ${row.status.state}` });
}

async function open(engine: Engine, connection: Connection, file: MediaFile, progress: Progress): Promise<OpenedMedia> {
  const opening = callVendor(engine, connection, async () => {
    const { media, work } = await lineMedia(engine, connection, progress);
    progress.signal.throwIfAborted();
    if (media === undefined) throw noFiles(connection);
    return media.open(file, work);
  });
  try {
    const opened = await progress.within(opening);
    progress.moved();
    return opened;
  } catch (error) {
    // what is opened after all has nobody to read it
    opening.then(
      ({ stream }) => letGo(stream, error),
      () => {},
    );
    if (progress.signal.aborted) throw progress.signal.reason;
    progress.end(error);
    if (isWadeskError(error)) throw error;
    // what a stranger's error carries is not known
    engine.runtime.log.error({ connectionId: connection.id, error: nameOf(error) }, "the channel failed while opening a file");
    throw new WadeskError("media_unavailable", { detail: nameOf(error) });
  }
}

function noFiles({ channel }: Connection): WadeskError {
  return new WadeskError("content_unsupported", { detail: `${channel} has no files` });
}

// a vendor's word, or that of a channel of somebody else's
function isSize(bytes: number | undefined): bytes is number {
  return Number.isSafeInteger(bytes) && Number(bytes) >= 0;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
