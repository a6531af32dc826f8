/** What goes wrong with a file on its way to the host. */
export type FileFault =
  /** The link to the bytes is over, as if its time had passed. */
  | { readonly kind: "link_expired" }
  /** The file's address leads on to another, whatever that is. */
  | {
      readonly kind: "file_moved";
      /** Where it leads to; the fake looks at nothing of it. */
      readonly location: string;
    }
  /** One byte is another than when the file was described. */
  | { readonly kind: "file_spoiled" }
  /** The connection breaks after so many bytes. */
  | {
      readonly kind: "file_cut";
      /** How many still come through. */
      readonly afterBytes: number;
    };

/** What an answer with a file has beside its headers. */
export interface FileAnswer {
  readonly bytes?: Uint8Array;
  /** After how many bytes the connection breaks. */
  readonly cutAfter?: number;
}

const PIECE = 64 * 1024;

/** A file as a body, in pieces, each when it is asked for. A body that is cut fails as a broken connection does. */
export function fileBody(bytes: Uint8Array, cutAfter: number | undefined): ReadableStream<Uint8Array> {
  const end = Math.min(bytes.length, cutAfter ?? bytes.length);
  let sent = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent < end) {
          const piece = bytes.slice(sent, Math.min(sent + PIECE, end));
          sent += piece.length;
          controller.enqueue(piece);
        } else if (cutAfter === undefined) controller.close();
        else controller.error(new TypeError("terminated", { cause: new Error("the connection was closed") }));
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same bytes but for the last one. */
export function spoiled(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}
