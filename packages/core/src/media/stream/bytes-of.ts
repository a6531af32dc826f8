import { isObject } from "../../fields/check-fields.ts";
import { invalidField } from "../../fields/invalid.ts";
import type { FileData } from "../../model/content/media-content.ts";

// what is at hand goes on in pieces, so that no copy of the whole is made on the way
const PIECE = 64 * 1024;

/** Whether a value is a file as bytes. */
export function isFileData(value: unknown): value is FileData {
  return isBytes(value) || isBlob(value) || isStream(value) || isIterable(value);
}

/** How many bytes it has; nothing where only reading it tells. */
export function sizeOf(data: FileData): number | undefined {
  if (isBytes(data)) return data.byteLength;
  return isBlob(data) ? data.size : undefined;
}

/** Its bytes as a stream, which takes no more of it than is read. Throws `input_invalid` for a stream that somebody else reads. */
export function streamOf(data: FileData, field: string): ReadableStream<Uint8Array> {
  if (isBytes(data)) return streamFrom(piecesOf(data));
  if (isBlob(data)) return data.stream();
  if (!isStream(data)) return streamFrom(data[Symbol.asyncIterator]());
  if (data.locked) throw invalidField(field, "is a stream that is being read already, or was; make a fresh one for each call", "unusable");
  return data;
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

function streamFrom(chunks: Iterator<Uint8Array> | AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) return controller.close();
        controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether a value is a `Uint8Array`, one of another realm among them. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]" && ArrayBuffer.isView(value);
}

// by their shape: a polyfill's, or those of another realm, are as good
function isBlob(value: unknown): value is Blob {
  return isObject(value) && "size" in value && typeof value.size === "number" && "stream" in value && typeof value.stream === "function";
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return isObject(value) && "getReader" in value && typeof value.getReader === "function";
}

function isIterable(value: unknown): value is AsyncIterable<Uint8Array> {
  return isObject(value) && Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";
}
