import type { IncomingMessage, ServerResponse } from "node:http";
import { turn } from "../body/turn.ts";

/** How much of a refused upload is let through, in bytes, before the connection is cut. */
const MOST_DROPPED = 16 * 1024 * 1024;
/** How long it is let through. */
const LINGER_MS = 10_000;

/** Whether a request has a body at all, read or not. */
export function hasBody({ headers, httpVersionMajor }: IncomingMessage): boolean {
  const length = headers["content-length"];
  // HTTP/2 needs neither header
  return httpVersionMajor > 1 || headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/** Whether the client is still sending what nobody may want to read any more. On HTTP/2 the stream alone ends, by itself. */
export function isStillSending({ req }: ServerResponse): boolean {
  // requests that are no server's own, as of tests and serverless adapters, do not always know whether they are complete
  return req.httpVersionMajor < 2 && req.complete === false && !req.readableEnded && !req.destroyed && hasBody(req);
}

/**
 * Lets what is still coming through and drops it, since many clients read the answer only when they have sent everything, and a socket that is closed
 * before takes the answer with it. Answers `ended` when all has come or the client is gone, and `too much` or `too long` when it went on.
 */
export function dropUpload(incoming: IncomingMessage): Promise<"ended" | "too much" | "too long"> {
  return new Promise((resolve) => {
    let [dropped, isReading, isOver] = [0, false, false];
    const stop = (why: "ended" | "too much" | "too long"): void => {
      clearTimeout(timer);
      isOver = true;
      incoming.off("readable", onReadable).off("end", onEnd).off("close", onEnd);
      incoming.pause();
      resolve(why);
    };
    // not by flowing: of very small chunks megabytes would be parsed at a stretch, and nobody else had a turn
    const onReadable = (): void => {
      if (isReading || isOver) return;
      const arrived: Uint8Array | null = incoming.read();
      if (arrived === null) return;
      dropped += arrived.byteLength;
      if (dropped > MOST_DROPPED) {
        stop("too much");
        return;
      }
      isReading = true;
      void turn().then(() => {
        isReading = false;
        onReadable();
      });
    };
    const onEnd = (): void => stop("ended");
    const timer = setTimeout(stop, LINGER_MS, "too long");
    timer.unref();
    // a client that hangs up meanwhile is no fault
    incoming.on("error", () => undefined);
    incoming.on("readable", onReadable).once("end", onEnd).once("close", onEnd);
    onReadable();
  });
}
