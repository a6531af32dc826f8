import { createHash } from "node:crypto";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { MediaFile } from "../model/content/media-content.ts";
import type { FetchedFile, LineMedia } from "../ports/media.ts";

const HOST = "files.echo.example";
const PIECE = 64 * 1024;

/** What goes wrong with the next download of a file. */
export type EchoMishap =
  | { readonly kind: "spoiled" }
  | { readonly kind: "cut"; readonly afterBytes: number }
  | { readonly kind: "moved"; readonly location: string }
  | { readonly kind: "link expired" };

/** Where the echo vendor keeps files: a host that is reached over `fetch`, and what the line of a number does with it. */
export interface EchoFileHost {
  readonly fetch: typeof fetch;
  /** Whoever has it may read and bring files of a number. */
  readonly tokenOf: (number: string) => string;
  /** A picture comes in for a number. Answers it as an event names it. */
  receive(number: string, bytes: Uint8Array): MediaFile & { readonly id: string };
  forget(id: string): void;
  fault(mishap: EchoMishap): void;
  mediaOf(number: string, fetch: typeof globalThis.fetch): LineMedia;
}

interface Kept {
  readonly number: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** Makes one. */
export function echoFileHost(): EchoFileHost {
  const kept = new Map<string, Kept>();
  const mishaps: EchoMishap[] = [];
  let ids = 0;
  const tokenOf = (number: string): string => `token-of-${number.replace("+", "")}`;
  const keep = (file: Kept): string => {
    ids += 1;
    kept.set(String(ids), file);
    return String(ids);
  };
  const authorizationOf = (number: string): string => `Bearer ${tokenOf(number)}`;
  const serve = (id: string, authorization: string | null): Response => {
    const file = kept.get(id);
    if (file === undefined) return new Response(null, { status: 404 });
    if (authorization !== authorizationOf(file.number)) return new Response(null, { status: 401 });
    const mishap = mishaps.shift();
    if (mishap?.kind === "link expired") return new Response(null, { status: 403 });
    if (mishap?.kind === "moved") return new Response(null, { status: 302, headers: { location: mishap.location } });
    return new Response(piecesOf(mishap?.kind === "spoiled" ? file.bytes.map((byte) => byte ^ 1) : file.bytes, mishap));
  };
  const open = async (number: string, id: string, fetchFile: Parameters<LineMedia["open"]>[1]["fetchFile"]): Promise<FetchedFile> =>
    fetchFile({
      url: `https://${HOST}/${id}`,
      isVendors: ({ protocol, host }) => protocol === "https:" && host === HOST,
      authorizationFor: () => authorizationOf(number),
    });
  return {
    tokenOf,
    async fetch(address, init) {
      const request = new Request(address, init);
      const { pathname } = new URL(request.url);
      if (request.method !== "POST") return serve(pathname.slice(1), request.headers.get("authorization"));
      const [, number = ""] = pathname.split("/");
      if (request.headers.get("authorization") !== authorizationOf(number)) return new Response(null, { status: 401 });
      const bytes = new Uint8Array(await request.arrayBuffer());
      return Response.json({ id: keep({ number, bytes, mimeType: request.headers.get("content-type") ?? "" }) });
    },
    receive(number, bytes) {
      const mimeType = "image/png";
      return { id: keep({ number, bytes, mimeType }), mimeType, sha256: sha256Of(bytes) };
    },
    forget: (id) => void kept.delete(id),
    fault: (mishap) => void mishaps.push(mishap),
    mediaOf: (number, fetch) => ({
      async open({ id, url = "" }, { fetchFile }) {
        if (id === undefined) return opened(await fetchFile({ url }));
        const file = kept.get(id);
        if (file?.number !== number) throw new WadeskError("media_not_found");
        const first = await open(number, id, fetchFile);
        const { bytes, mimeType } = file;
        return {
          ...opened(first.status === 403 ? await open(number, id, fetchFile) : first),
          mimeType,
          sizeBytes: bytes.byteLength,
          sha256: sha256Of(bytes),
        };
      },
      async upload({ stream, mimeType }, { signal }) {
        const headers = { authorization: authorizationOf(number), "content-type": mimeType };
        const sending = { method: "POST", headers, body: stream, signal, duplex: "half" } as const;
        const answer = await fetch(`https://${HOST}/${number}`, sending);
        return (await answer.json()) as { readonly id: string };
      },
    }),
  };
}

function opened({ status, file }: FetchedFile): NonNullable<FetchedFile["file"]> {
  if (file !== undefined) return file;
  throw new WadeskError(status === 404 ? "media_not_found" : "media_unavailable", { detail: `HTTP ${status}` });
}

function piecesOf(bytes: Uint8Array, mishap: EchoMishap | undefined): ReadableStream<Uint8Array> {
  let at = 0;
  const end = mishap?.kind === "cut" ? mishap.afterBytes : bytes.byteLength;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at === end && end < bytes.byteLength) throw new Error("the connection was cut");
        if (at === end) return controller.close();
        const piece = bytes.slice(at, Math.min(at + PIECE, end));
        at += piece.byteLength;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
