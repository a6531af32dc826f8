import type { Baileys } from "./baileys.ts";
import { type Authority, authority } from "./wire/authority.ts";

interface Trust {
  readonly original: Buffer;
  /** The root of each server that runs, the newest last. */
  readonly roots: Buffer[];
}

// on Baileys' own object, where another copy of this package finds it
const TRUST = Symbol.for("@wadesk/testing/whatsapp-web trust");

let shared: Authority | undefined;

/**
 * The authority of all servers of this process, trusted by the Baileys of this process until the answer's `end` was called for each server.
 * Baileys 7.0.0-rc14 reads the root's key from `WA_CERT_DETAILS` at every connection; its check passes any signature, a later one's will not.
 */
export function trustedAuthority({ proto, WA_CERT_DETAILS }: Baileys): { readonly authority: Authority; end(): void } {
  const trusted = WA_CERT_DETAILS.PUBLIC_KEY;
  const known = Reflect.get(WA_CERT_DETAILS, TRUST) as Trust | undefined;
  const { original, roots } = known ?? { original: Buffer.from(trusted), roots: [] };
  Reflect.set(WA_CERT_DETAILS, TRUST, { original, roots });
  shared ??= authority(proto);
  const { root } = shared;
  root.copy(trusted);
  roots.push(root);
  let ended = false;
  return {
    authority: shared,
    end: () => {
      if (ended) return;
      ended = true;
      roots.splice(roots.indexOf(root), 1);
      (roots.at(-1) ?? original).copy(trusted);
    },
  };
}
