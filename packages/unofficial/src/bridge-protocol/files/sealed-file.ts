import { createHash } from "node:crypto";
import { type FailureData, WadeskError } from "@wadesk/core";
import { errorOf } from "../messages/failure.ts";
import { PROTOCOL_VERSION } from "../signing/canonical-text.ts";
import { digestOf } from "../signing/digest.ts";
import { isSameText, signatureOf } from "../signing/hmac.ts";

/** What a file's end is signed as, so that it is the end of no other file. */
export interface FileSeal {
  readonly direction: "upload" | "download";
  readonly bridge: string;
  /** What was told before its first byte: of an upload its ticket, of a download the call's id and the header. */
  readonly told: readonly string[];
  /** All that count on this side. */
  readonly secrets: readonly string[];
}

/** The last of a file: what it was, or why it did not come to its end. */
type FileEnd = { readonly length: number; readonly digest: string; readonly signature: string } | { readonly error: FailureData };

/** So many bytes stand before each piece, and before the end, and say how long it is: 0 for the end. */
const HEAD_BYTES = 4;
/** Far longer than an end is. */
const LONGEST_END = 64 * 1024;
const MOST_SIGNATURES = 4;

/**
 * A file as it goes between app and bridge: each piece with its length before it, and last its length and digest, signed. No more is read of it than is taken.
 * Where `failureOf` is given, a failure of the file is told as its end; without it the stream fails.
 */
export function sealedFile(
  file: ReadableStream<Uint8Array>,
  seal: FileSeal,
  failureOf?: (error: unknown) => FailureData,
): ReadableStream<Uint8Array> {
  const reader = file.getReader();
  const hash = createHash("sha256");
  let length = 0;
  const end = (last: FileEnd): Uint8Array => withHead(new TextEncoder().encode(JSON.stringify(last)), 0);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let { done, value } = await reader.read();
          // a piece of nothing would read as the end
          while (value?.length === 0) ({ done, value } = await reader.read());
          if (value === undefined || done) {
            const digest = `sha-256=:${hash.digest("base64")}:`;
            const text = await signedEnd(seal, length, digest);
            const signatures = await Promise.all(seal.secrets.slice(0, MOST_SIGNATURES).map((secret) => signatureOf(secret, text)));
            controller.enqueue(end({ length, digest, signature: signatures.join(" ") }));
            return controller.close();
          }
          hash.update(value);
          length += value.length;
          controller.enqueue(withHead(new Uint8Array(), value.length));
          controller.enqueue(value);
        } catch (error) {
          if (failureOf === undefined) throw error;
          controller.enqueue(end({ error: failureOf(error) }));
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * The file of such a stream, in the pieces that come. Fails with `media_corrupt` where its end is missing, of other bytes, or signed by nobody who has a secret:
 * until then do not use what came. Fails with what the other side failed with, where that is told.
 */
export function openedFile(sealed: ReadableStream<Uint8Array>, seal: FileSeal, sizeBytes?: number): ReadableStream<Uint8Array> {
  const reader = sealed.getReader();
  const hash = createHash("sha256");
  let length = 0;
  /** Of the piece that is under way. */
  let left = 0;
  /** Of a head, or of the end, which has not come whole yet. */
  let held = new Uint8Array();
  let isEnd = false;

  /** What of the file stands in what came. */
  const take = (bytes: Uint8Array): readonly Uint8Array[] => {
    const pieces: Uint8Array[] = [];
    let rest = bytes;
    while (rest.length > 0) {
      if (isEnd) {
        held = joined(held, rest);
        if (held.length > LONGEST_END) throw corrupt("more came after its end");
        break;
      }
      const piece = rest.subarray(0, left > 0 ? left : HEAD_BYTES - held.length);
      rest = rest.subarray(piece.length);
      if (left > 0) {
        left -= piece.length;
        length += piece.length;
        hash.update(piece);
        pieces.push(piece);
        continue;
      }
      held = joined(held, piece);
      if (held.length < HEAD_BYTES) break;
      left = new DataView(held.buffer).getUint32(0);
      held = new Uint8Array();
      isEnd = left === 0;
    }
    if (sizeBytes !== undefined && length > sizeBytes) throw corrupt(`more than the ${sizeBytes} bytes that were told`);
    return pieces;
  };
  const finish = async (): Promise<void> => {
    const last = endIn(isEnd, held);
    if ("error" in last) throw errorOf(last.error) ?? corrupt("it broke off");
    const digest = `sha-256=:${hash.digest("base64")}:`;
    if (last.length !== length || (sizeBytes !== undefined && sizeBytes !== length))
      throw corrupt(`${length} bytes came of ${last.length === length ? sizeBytes : last.length}`);
    if (last.digest !== digest) throw corrupt("its digest is another one");
    const text = await signedEnd(seal, length, digest);
    const own = await Promise.all(seal.secrets.map((secret) => signatureOf(secret, text)));
    const theirs = last.signature.split(" ", MOST_SIGNATURES);
    // every pair is compared, so that the time does not tell which one came close
    const matches = own.flatMap((mine) => theirs.filter((each) => isSameText(mine, each)));
    if (matches.length === 0) throw corrupt("its end is not signed with the shared secret");
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) {
              await finish();
              return controller.close();
            }
            const pieces = take(value);
            for (const piece of pieces) controller.enqueue(piece);
            if (pieces.length > 0) return;
          }
        } catch (error) {
          reader.cancel(error).catch(() => {});
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** What is signed at the end of a file. */
async function signedEnd({ direction, bridge, told }: FileSeal, length: number, digest: string): Promise<string> {
  const before = await digestOf(new TextEncoder().encode(told.join("\n")));
  return [`wadesk-bridge/${PROTOCOL_VERSION} ${direction}`, bridge, before, length, digest].join("\n");
}

function endIn(isEnd: boolean, held: Uint8Array): FileEnd {
  try {
    const value: unknown = JSON.parse(isEnd ? new TextDecoder().decode(held) : "");
    if (typeof value === "object" && value !== null && ("error" in value || ("signature" in value && typeof value.signature === "string")))
      return value as FileEnd;
  } catch {
    // as any other that is none
  }
  throw corrupt("it broke off");
}

function withHead(bytes: Uint8Array, length: number): Uint8Array {
  const all = new Uint8Array(HEAD_BYTES + bytes.length);
  new DataView(all.buffer).setUint32(0, length);
  all.set(bytes, HEAD_BYTES);
  return all;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function corrupt(detail: string): WadeskError {
  return new WadeskError("media_corrupt", { detail: `between app and bridge: ${detail}` });
}
