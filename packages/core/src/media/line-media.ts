import { lineOf } from "../connections/lines/find-line.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { FetchFile, LineMedia, MediaWork } from "../ports/media.ts";
import { pinnedFetch } from "../runtime/system-network.ts";
import { createFetchFile } from "./address/fetch-file.ts";
import { type Progress, watchProgress } from "./stream/progress.ts";

/**
 * Watches work on one file: it ends when it stands still, with its owner's signal, and when the client stops, which waits for it as for a call. Whoever
 * begins it sees that it is over.
 */
export function beginWork(engine: Engine, idleMs: number, signal: AbortSignal | undefined): Progress {
  const progress = watchProgress(engine.runtime.clock, idleMs, signal);
  const stopped = (): void => progress.end(new WadeskError("media_unavailable", { detail: "the client was stopped" }));
  engine.calls.hold(stopped, progress.over);
  return progress;
}

/** What a connection's line can do with files, and what it is given for one. Rejects as finding the line does. */
export async function lineMedia(
  engine: Engine,
  connection: Connection,
  progress: Progress,
): Promise<{ readonly media: LineMedia | undefined; readonly work: MediaWork }> {
  const { signal } = progress;
  const { line, lost } = await lineOf(engine, connection, signal);
  if (lost !== undefined) progress.endWith(lost, "the session of its connection ended");
  return { media: line.media, work: { signal, fetchFile: guardedFetch(engine, signal) } };
}

/** The way to addresses that others chose, until the signal ends it. */
export function guardedFetch(engine: Engine, signal: AbortSignal): FetchFile {
  const { fetch, lookup } = engine.runtime;
  // a fetch of the owner's own may be the only way out of here
  const fetchAt = engine.ownFetch ? undefined : pinnedFetch();
  return createFetchFile({ fetch, fetchAt, lookup, signal });
}
