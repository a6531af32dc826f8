import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { beginWork, guardedFetch } from "./line-media.ts";
import { IDLE_MS } from "./read-requests.ts";

/** A file at a public address, about to be brought to a vendor. */
export interface AddressedFile {
  readonly data: ReadableStream<Uint8Array>;
  readonly mimeType?: string;
}

/**
 * Opens a file at an address that somebody else chose. Rejects with `media_address_refused` where that leads elsewhere than to the public internet, and with
 * `media_unavailable` where it cannot be had now.
 */
export async function openAddress(engine: Engine, url: string): Promise<AddressedFile> {
  const progress = beginWork(engine, IDLE_MS, undefined);
  try {
    const { status, file } = await progress.within(guardedFetch(engine, progress.signal)({ url }));
    if (file === undefined) throw new WadeskError("media_unavailable", { detail: `${new URL(url).host} answers HTTP ${status}` });
    return { data: file.stream, ...(file.mimeType !== undefined && { mimeType: file.mimeType }) };
  } finally {
    // whoever reads it watches it from here on
    progress.done();
  }
}
