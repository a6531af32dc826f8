/** One request as it went out. */
export interface Sent {
  readonly url: string;
  readonly authorization: string | null;
}

/** The internet of a test: the vendor, a host of a stranger's, and hosts that nobody may be led to. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly lookup: (hostname: string) => Promise<readonly string[]>;
  readonly sent: readonly Sent[];
  /** How many bytes were taken of the answers with a file since the network was made. */
  readonly taken: () => number;
  /** Whether the last answer with a file was hung up on. */
  readonly hungUp: () => boolean;
  /** Called with the body of a request while it goes out: how many bytes of it were taken so far. */
  onUpload: (bytes: number) => void;
  /** Whether everything is unreachable from now on. */
  cutOff: boolean;
}

/** Where a stranger keeps a file, and what it says. */
export const STRANGER = "https://files.stranger.example/a";
/** What lies there. */
export const STRANGERS_WORDS = "a stranger's file";
/** Where nobody may be led. */
export const HIDDEN: readonly string[] = [
  "https://inside.example/secrets",
  "http://files.stranger.example/a",
  "https://127.0.0.1/secrets",
  "https://[::1]/secrets",
  "https://169.254.169.254/latest/meta-data",
];

/** Makes one around a vendor. */
export function openNetwork(vendor: typeof fetch): Network {
  const sent: Sent[] = [];
  let taken = 0;
  let hungUp = false;
  const counted = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    hungUp = false;
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          taken += value.byteLength;
          controller.enqueue(value);
        },
        cancel(reason) {
          hungUp = true;
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  };
  const network: Network = {
    sent,
    taken: () => taken,
    hungUp: () => hungUp,
    onUpload: () => {},
    cutOff: false,
    lookup: async (hostname) => (hostname === "inside.example" ? ["10.0.0.7"] : ["93.184.215.14"]),
    async fetch(address, init) {
      const request = new Request(
        address,
        outgoing(init, (bytes) => network.onUpload(bytes)),
      );
      sent.push({ url: request.url, authorization: request.headers.get("authorization") });
      if (network.cutOff) throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
      if (request.url === STRANGER) return new Response(STRANGERS_WORDS, { headers: { "content-type": "text/plain" } });
      if (HIDDEN.includes(request.url)) return new Response("a secret of the house");
      const response = await vendor(request);
      const { status, headers, body } = response;
      const isFile = status === 200 && body !== null && !/json/.test(headers.get("content-type") ?? "");
      return isFile ? new Response(counted(body), { status, headers }) : response;
    },
  };
  return network;
}

function outgoing(init: RequestInit | undefined, told: (bytes: number) => void): RequestInit {
  const { body, ...rest } = init ?? {};
  if (!(body instanceof ReadableStream)) return init ?? {};
  let bytes = 0;
  const watched = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        told(bytes);
        controller.enqueue(chunk);
      },
    }),
  );
  const streaming = { ...rest, body: watched, duplex: "half" };
  return streaming;
}
