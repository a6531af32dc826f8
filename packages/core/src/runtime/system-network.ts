import { WadeskError } from "../errors/wadesk-error.ts";
import { builtinModule } from "../fields/builtin-module.ts";
import type { Lookup } from "../ports/runtime.ts";

/** The resolver of the machine, its hosts file included. */
export const systemLookup: Lookup = async (hostname) => {
  const dns = builtinModule("node:dns/promises");
  if (dns === undefined) {
    throw new WadeskError("media_address_refused", {
      detail: "nothing here can tell where the host lies; pass lookup to createWadesk, e.g. one that asks DNS over HTTPS",
    });
  }
  return (await dns.lookup(hostname, { all: true })).map(({ address }) => address);
};

/** A GET that connects to one of these addresses of the host, whatever the host's name leads to by then. Follows no redirect. */
export type FetchAt = (
  url: URL,
  addresses: readonly string[],
  init: { readonly headers: Headers; readonly signal: AbortSignal },
) => Promise<Response>;

/** {@link FetchAt} over Node's own client; nothing where there is none. */
export function pinnedFetch(): FetchAt | undefined {
  const http = builtinModule("node:http");
  const https = builtinModule("node:https");
  if (http === undefined || https === undefined) return undefined;
  return async (url, addresses, { headers, signal }) => {
    const answered = Promise.withResolvers<Response>();
    const known = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first = { address: "", family: 4 }] = known;
    const { request } = url.protocol === "https:" ? https : http;
    const outgoing = request(url, {
      headers: Object.fromEntries(headers),
      signal,
      // a connection of its own: one that is kept may lead to another address of the host
      agent: false,
      lookup: (_hostname, options, found) => (options.all === true ? found(null, known) : found(null, first.address, first.family)),
    });
    outgoing.once("error", answered.reject);
    outgoing.once("response", (incoming) => {
      const { statusCode: status = 502, rawHeaders } = incoming;
      const told = new Headers();
      for (let index = 0; index + 1 < rawHeaders.length; index += 2) told.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
      const hasBody = status === 200;
      if (!hasBody) incoming.destroy();
      answered.resolve(new Response(hasBody ? streamOf(incoming) : null, { status: status < 200 ? 502 : status, headers: told }));
    });
    outgoing.end();
    return answered.promise;
  };
}

// one chunk for each that is asked for; Node's own conversion reads ahead
function streamOf(incoming: AsyncIterable<Uint8Array> & { destroy(): unknown }): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      // an iterator that nobody asked for anything would hang up on nobody
      cancel: () => void incoming.destroy(),
    },
    { highWaterMark: 0 },
  );
}
