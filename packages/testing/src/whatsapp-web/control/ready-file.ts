import { rename, writeFile } from "node:fs/promises";
import type { WhatsAppWeb } from "../whatsapp-web.ts";

/** What a program in another process needs to find the server, to be trusted by it and to order it about. */
export interface ReadyFile {
  /** The WebSocket. */
  readonly url: string;
  /** 64 hexadecimal digits. */
  readonly rootKey: string;
  /** Where files lie, with TLS under the certificate beside it and without. */
  readonly mediaUrl: string;
  /** The same files by http, for clients that cannot be told of a certificate. */
  readonly plainMediaUrl: string;
  /** As PEM: what `mediaUrl` is to be trusted by. */
  readonly certificate: string;
  /** The control endpoint and the token that it asks for. */
  readonly controlUrl: string;
  /** Goes as `authorization: Bearer <token>` with each request; the file is for its owner's eyes alone because of it. */
  readonly controlToken: string;
  /** The page with the phones; absent where there is none. */
  readonly pageUrl?: string;
}

/** Writes the file once everything listens, whole or not at all, to be read by its owner alone: the token is in it. */
export async function writeReadyFile(
  path: string,
  web: Pick<WhatsAppWeb, "url" | "rootKey" | "mediaUrl" | "plainMediaUrl" | "certificate">,
  control: { readonly url: string; readonly token: string },
  pageUrl?: string,
): Promise<void> {
  const { url, rootKey, mediaUrl, plainMediaUrl, certificate } = web;
  const ready: ReadyFile = {
    url,
    rootKey,
    mediaUrl,
    plainMediaUrl,
    certificate,
    controlUrl: control.url,
    controlToken: control.token,
    ...(pageUrl !== undefined && { pageUrl }),
  };
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(ready, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
