/** Where the bytes of a stream come from. */
export interface Pieces {
  /** The next piece; nothing at the end. The stream fails as it does. */
  next(): Promise<Uint8Array | undefined>;
  /** Whether a piece is nobody else's any longer once it came. */
  readonly areOurs: boolean;
  /** Nobody reads on. */
  cancel(reason: unknown): void;
}

/**
 * A stream of bytes that takes a piece when one is asked for. Who reads into a buffer of their own (`getReader({ mode: "byob" })`) leaves nothing behind for
 * the collector, which looks at buffers late: a piece of ours is given back as soon as it was copied.
 */
export function byteStream({ next, areOurs, cancel }: Pieces): ReadableStream<Uint8Array> {
  let rest: Uint8Array | undefined;
  const nextOfAny = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      const piece = await next();
      // a stream of bytes takes no empty ones
      if (piece === undefined || piece.byteLength > 0) return piece;
    }
  };
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const piece = rest ?? (await nextOfAny());
      rest = undefined;
      const { byobRequest } = controller;
      if (piece === undefined) {
        controller.close();
        byobRequest?.respond(0);
      } else if (byobRequest?.view) {
        const { buffer, byteOffset, byteLength } = byobRequest.view;
        const taken = Math.min(piece.byteLength, byteLength);
        new Uint8Array(buffer, byteOffset, taken).set(piece.subarray(0, taken));
        if (taken < piece.byteLength) rest = piece.subarray(taken);
        else if (areOurs) giveBack(piece);
        byobRequest.respond(taken);
      } else {
        // what is handed on is taken from whoever has it
        controller.enqueue(areOurs ? (piece as Uint8Array<ArrayBuffer>) : new Uint8Array(piece));
      }
    },
    cancel,
  });
}

/** Whether what comes of a stream is nobody else's: so it is where it is a stream of bytes, which takes buffers from whoever fills it. */
export function givesItsOwn(stream: ReadableStream<Uint8Array>): boolean {
  try {
    stream.getReader({ mode: "byob" }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

// Node 20 cannot
function giveBack({ buffer }: Uint8Array): void {
  if ("transfer" in buffer && typeof buffer.transfer === "function") buffer.transfer(0);
}
