import { WadeskError } from "@wadesk/core";
import type { FetchedFile, FetchFile, OpenedMedia } from "@wadesk/core/ports";
import type { FileReference } from "./file-ids.ts";
import { openedStream } from "./opened-stream.ts";

/** Where a file lies where no other host is named. Source: Baileys 7.0.0-rc14, `DEF_HOST`. */
const HOST = "mmg.whatsapp.net";
/** WhatsApp's hosts, which have no port of their own. */
const WHATSAPPS = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.whatsapp\.net$/;
/** What WhatsApp's hosts answer for a file whose time is over. */
const EXPIRED: readonly number[] = [403, 404, 410];

/** Opens a file that came in. */
export interface OpenFile {
  readonly fetchFile: FetchFile;
  /** Asks the phone to bring the file again. Answers where it lies then; nothing where the phone has it no longer. */
  readonly askAgain: (file: FileReference) => Promise<string | undefined>;
}

/**
 * Opens one, asking the phone for it again where its time is over. Rejects with `media_not_found` where the phone has it no longer or its message names no place
 * at WhatsApp, and with `media_unavailable` where it cannot be had now.
 */
export async function openFile(file: FileReference, { fetchFile, askAgain }: OpenFile): Promise<OpenedMedia> {
  const first = await fetchFrom(fetchFile, file);
  if (first.file !== undefined || !EXPIRED.includes(first.status)) return opened(first, file);
  const path = await askAgain(file);
  if (path === undefined)
    throw new WadeskError("media_not_found", { detail: "its time at WhatsApp is over, and the phone has it no longer" });
  return opened(await fetchFrom(fetchFile, { ...file, path }), file);
}

async function fetchFrom(fetchFile: FetchFile, { host, path }: FileReference): Promise<FetchedFile> {
  const url = addressOf(host ?? HOST, path);
  return fetchFile({ url: url.href, isVendors: ({ protocol, host: asked }) => protocol === "https:" && asked === url.host });
}

/** Whoever sends a message writes its path and may name its host: neither leads anywhere but to WhatsApp. */
function addressOf(host: string, path: string): URL {
  const isPath = path.startsWith("/") && !/^\/[/\\]/.test(path);
  const url = isPath && WHATSAPPS.test(host) ? URL.parse(`https://${host}${path}`) : null;
  if (url === null || url.host !== host) throw new WadeskError("media_not_found", { detail: "its message names no place at WhatsApp" });
  return url;
}

function opened({ status, file }: FetchedFile, { size, sha256, mimeType, fileName, ...rest }: FileReference): OpenedMedia {
  if (file === undefined) {
    const code = EXPIRED.includes(status) ? "media_not_found" : "media_unavailable";
    throw new WadeskError(code, { detail: `WhatsApp's host answers HTTP ${status}` });
  }
  return {
    stream: openedStream(file.stream, { size, sha256, mimeType, ...rest }),
    mimeType,
    ...(size > 0 && { sizeBytes: size }),
    sha256,
    ...(fileName !== undefined && { fileName }),
  };
}
