import type { Baileys } from "./baileys.ts";
import { type Authority, authority } from "./wire/authority.ts";

let shared: Authority | undefined;
let original: Buffer | undefined;
let servers = 0;

/**
 * The authority of all servers of this process, trusted by the Baileys of this process until the answer's `end` was called for each server.
 * Baileys 7.0.0-rc14 reads the root's key from `WA_CERT_DETAILS` at every connection; its check passes any signature, a later one's will not.
 */
export function trustedAuthority(baileys: Baileys): { readonly authority: Authority; end(): void } {
  const trusted = baileys.WA_CERT_DETAILS.PUBLIC_KEY;
  shared ??= authority(baileys.proto);
  original ??= Buffer.from(trusted);
  shared.root.copy(trusted);
  servers += 1;
  let ended = false;
  return {
    authority: shared,
    end: () => {
      if (ended) return;
      ended = true;
      servers -= 1;
      if (servers === 0) original?.copy(trusted);
    },
  };
}
