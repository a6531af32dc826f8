import { isWadeskError } from "../errors/wadesk-error.ts";
import type { OpenedMedia } from "../ports/media.ts";
import { type EchoWorld, openEcho } from "./open-echo.ts";

/** A file in pieces, and how much of it was asked for. */
export interface Source {
  readonly stream: ReadableStream<Uint8Array>;
  readonly pulls: () => number;
  readonly cancelled: () => unknown;
}

/** Makes one. */
export function source(pieces: readonly string[], end: "ends" | "stops" | "breaks" = "ends"): Source {
  let pulls = 0;
  let cancelled: unknown;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[pulls];
        pulls += 1;
        if (piece !== undefined) return controller.enqueue(new TextEncoder().encode(piece));
        if (end === "stops") return new Promise(() => {});
        if (end === "breaks") throw new Error("reset, with the token t0ken");
        controller.close();
      },
      cancel(reason) {
        cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pulls: () => pulls, cancelled: () => cancelled };
}

/** A workspace with a number to which files come. */
export interface DownloadWorld extends EchoWorld {
  readonly acme: ReturnType<EchoWorld["wadesk"]["workspace"]>;
  readonly id: string;
  /** Lets the vendor have one file. */
  readonly keep: (file: Source | string, facts?: Omit<OpenedMedia, "stream">) => Source;
}

/** Opens one. */
export async function downloadWorld(options: Parameters<typeof openEcho>[0] = {}): Promise<DownloadWorld> {
  const echo = openEcho({ files: "in", ...options });
  const acme = echo.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  const keep: DownloadWorld["keep"] = (file, facts = {}) => {
    const given = typeof file === "string" ? source([file]) : file;
    echo.vendor.onOpen = async () => ({ stream: given.stream, ...facts });
    return given;
  };
  return { ...echo, acme, id, keep };
}

/** What became of some work: `answered`, the code of an error of ours, or another error. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "answered",
    (error: unknown) => (isWadeskError(error) ? error.code : error),
  );
}
