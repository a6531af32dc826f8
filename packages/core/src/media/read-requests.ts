import type { DownloadOptions, UploadRequest } from "../api/workspace.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import { unknownName, unknownValues } from "../fields/nearest-name.ts";
import type { MediaContent, MediaFile } from "../model/content/media-content.ts";
import { isFileData } from "./stream/bytes-of.ts";

/** How long nothing may move, in milliseconds, where nobody says. */
export const IDLE_MS = 30_000;

// the largest file that WhatsApp lets a business receive
const MAX_BYTES = 100 * 1024 * 1024;

// a type and a few parameters: it may go into a header, a column, a page
const LONGEST_TYPE = 255;

/** A download with what was not given filled in. Throws `input_invalid`. */
export function readDownload(
  reference: MediaFile,
  options: DownloadOptions = {},
): { readonly file: MediaFile } & DownloadOptions & Required<Pick<DownloadOptions, "maxBytes" | "idleMs">> {
  checkRequest<MediaFile>(reference, { id: "text", url: "text", mimeType: "text", sha256: "text" });
  if (!reference.id && !reference.url) throw invalidField("media", "needs an id or a url; give the content.media of the event", "required");
  checkRequest<DownloadOptions>(options, { from: "text", maxBytes: "number", idleMs: "number", signal: "any" });
  const { maxBytes = MAX_BYTES, idleMs = IDLE_MS } = options;
  checkSignal(options.signal);
  if (!(maxBytes > 0)) throw invalidField("maxBytes", "must be bytes, more than 0", "too_low", { above: 0 });
  if (!reference.id && !/^https?:$/.test(protocolOf(reference.url)))
    throw new WadeskError("media_address_refused", { detail: "it must begin with https://" });
  return { ...options, file: reference, maxBytes, idleMs: readIdle(idleMs) };
}

/** An upload with what was not given filled in. Throws `input_invalid`. */
export function readUpload(request: UploadRequest): UploadRequest & Required<Pick<UploadRequest, "idleMs">> {
  checkRequest<UploadRequest>(request, {
    data: "any",
    mimeType: "text",
    fileName: "text",
    kind: "text",
    from: "text",
    idleMs: "number",
    signal: "any",
  });
  const { data, mimeType, idleMs = IDLE_MS } = request;
  checkSignal(request.signal);
  if (!isFileData(data)) throw invalidField("data", NO_DATA, "wrong_type", { expected: "bytes" });
  if (!isMimeType(mimeType)) throw invalidField("mimeType", NO_MIME_TYPE, mimeType === undefined ? "required" : "wrong_form");
  const { kind } = request;
  if (kind !== undefined && !KINDS.includes(kind))
    throw invalidField("kind", unknownName(kind, KINDS, "a kind of file"), "not_one_of", unknownValues(kind, KINDS));
  return { ...request, idleMs: readIdle(idleMs) };
}

const KINDS: readonly MediaContent["kind"][] = ["image", "video", "audio", "document", "sticker"];

function protocolOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).protocol : "";
}

/** What is said of a value that is no file as bytes. */
export const NO_DATA = "must be bytes: a Uint8Array, a Blob, a ReadableStream or an async iterable of Uint8Array";
/** What is said of a value that is no MIME type. */
export const NO_MIME_TYPE = "must be a MIME type, e.g. image/jpeg";

/** Whether a value is a MIME type, which may have parameters. Without line breaks: it goes into a header. */
export function isMimeType(value: unknown): value is string {
  return typeof value === "string" && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *;[ -~]*)?$/.test(value);
}

/** What a stranger says the type is, in one line; nothing where it is none. */
export function readMimeType(text: string | undefined): string | undefined {
  const told = text?.trim();
  return isMimeType(told) && told.length <= LONGEST_TYPE ? told : undefined;
}

function checkSignal(signal: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw invalidField("signal", "must be an AbortSignal", "wrong_type", { expected: "signal" });
}

function readIdle(idleMs: number): number {
  if (!(idleMs > 0)) throw invalidField("idleMs", "must be milliseconds, more than 0", "too_low", { above: 0 });
  return idleMs;
}
