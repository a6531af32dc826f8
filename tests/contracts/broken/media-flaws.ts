import { type AnyChannel, type Connection, isWadeskError, WadeskError } from "@wadesk/core";
import type { ConnectionContext, FetchedFile, FileRequest, LineMedia, MediaWork, OpenedMedia } from "@wadesk/core/ports";

/** A channel that keeps every promise. */
export const WHOLE_MEDIA = "a channel as it should be";

type Context = ConnectionContext<unknown, unknown>;
type MakeMedia = (connection: Connection, context: Context) => LineMedia;

/** A way in which a channel is broken on purpose, and the promise of the contract that it does not keep. */
export type MediaFlaw = readonly [name: string, breaks: string, wrap: (channel: AnyChannel) => AnyChannel];

function broken(change: (own: MakeMedia) => MakeMedia): (channel: AnyChannel) => AnyChannel {
  return (channel) => {
    const { line } = channel;
    if (line === undefined) throw new Error("a channel without lines has none to break");
    const changed = change((connection, context) => {
      const { media } = line(connection, context);
      if (media === undefined) throw new Error("a channel without files has none to break");
      return media;
    });
    return { ...channel, line: (connection, context) => ({ ...line(connection, context), media: changed(connection, context) }) };
  };
}

/** Breaks what a file is opened with; `own` is how it is opened. */
function opening(change: (own: LineMedia["open"], context: Context) => LineMedia["open"]): (channel: AnyChannel) => AnyChannel {
  return broken((make) => (connection, context) => {
    const own = make(connection, context);
    return { ...own, open: change((reference, work) => own.open(reference, work), context) };
  });
}

/** Breaks the way to a file. */
function fetching(change: (own: MediaWork["fetchFile"], context: Context) => MediaWork["fetchFile"]): (channel: AnyChannel) => AnyChannel {
  return opening((own, context) => (reference, work) => own(reference, { ...work, fetchFile: change(work.fetchFile, context) }));
}

/** Breaks what is brought to the vendor. */
function bringing(
  change: (own: NonNullable<LineMedia["upload"]>) => NonNullable<LineMedia["upload"]>,
): (channel: AnyChannel) => AnyChannel {
  return broken((make) => (connection, context) => {
    const own = make(connection, context);
    return { ...own, ...(own.upload !== undefined && { upload: change(own.upload) }) };
  });
}

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => new Uint8Array(await new Response(stream).arrayBuffer());
const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> => new Blob([new Uint8Array(bytes)]).stream();

// what an HTTP client does that is left to itself; the credentials go wherever it is led
async function followed({ url, authorizationFor }: FileRequest, { fetch }: Context, everywhere: boolean): Promise<FetchedFile> {
  let authorization = authorizationFor?.(new URL(url));
  for (let address = url; ; ) {
    const response = await fetch(address, { ...(authorization !== undefined && { headers: { authorization } }), redirect: "manual" });
    const location = response.headers.get("location");
    if (location === null) return { status: response.status, ...(response.body && { file: { stream: response.body } }) };
    address = location;
    if (!everywhere) authorization = undefined;
  }
}

const sheltered = async ({ stream, ...facts }: OpenedMedia): Promise<OpenedMedia> => {
  const reader = stream.getReader();
  const { sizeBytes: _size, sha256: _hash, ...rest } = facts;
  const forgiving = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await reader.read().catch(() => undefined);
      if (piece?.value === undefined) controller.close();
      else controller.enqueue(piece.value);
    },
  });
  return { ...rest, stream: forgiving };
};

/** Every promise of the contract, and a channel that breaks it. */
export const MEDIA_FLAWS: readonly MediaFlaw[] = [
  [
    "leaves the type to chance",
    "downloads what came in, with its type and size",
    opening((own) => async (reference, work) => ({ ...(await own(reference, work)), mimeType: "application/octet-stream" })),
  ],
  [
    "has the whole file before the first byte",
    "takes from the vendor no more than is read, and hangs up when the reader is done",
    opening((own) => async (reference, work) => {
      const { stream, ...facts } = await own(reference, work);
      return { ...facts, stream: streamOf(await bytesOf(stream)) };
    }),
  ],
  [
    "keeps the hash to itself",
    "notices that the bytes are others than the vendor described",
    opening((own) => async (reference, work) => {
      const { sha256: _, ...rest } = await own(reference, work);
      return rest;
    }),
  ],
  [
    "takes a broken connection for the end",
    "does not take half a file for a whole one",
    opening((own) => async (reference, work) => sheltered(await own(reference, work))),
  ],
  [
    "gives up at the first link",
    "asks anew for a link that has ended",
    fetching((own) => {
      let first: Promise<FetchedFile> | undefined;
      return (request) => {
        first ??= own(request);
        return first;
      };
    }),
  ],
  [
    "tells a file that is gone as it tells a wrong number",
    "says so when the vendor has the file no longer, and the connection is as well as before",
    opening((own) => async (reference, work) => {
      try {
        return await own(reference, work);
      } catch (error) {
        throw isWadeskError(error, "media_not_found") ? new WadeskError("number_mismatch") : error;
      }
    }),
  ],
  [
    "opens everything over the first connection",
    "opens no file that came to another's number, though the account is the same",
    broken((make) => {
      let first: Connection | undefined;
      return (connection, context) => {
        first ??= connection;
        return make(first, context);
      };
    }),
  ],
  [
    "takes the credentials along",
    "follows a file to where it has moved, and leaves the credentials behind",
    fetching((_own, context) => (request) => followed(request, context, true)),
  ],
  [
    "follows wherever it is led",
    "follows a file to no address that is not public, or not https",
    fetching((_own, context) => (request) => followed(request, context, false)),
  ],
  [
    "shows its token to everybody",
    "fetches a file at a stranger's address without credentials",
    fetching((own, context) => async (request) => {
      if (request.authorizationFor !== undefined) return own(request);
      return followed({ ...request, authorizationFor: () => "Bearer token" }, context, true);
    }),
  ],
  [
    "fetches whatever it is told to",
    "fetches no file at an address that is not public, or not https",
    fetching(
      (own, context) => async (request) => (request.authorizationFor === undefined ? followed(request, context, false) : own(request)),
    ),
  ],
  [
    "complains with its token",
    "shows no secret when the vendor cannot be reached",
    opening(
      (own, { secret }) =>
        async (reference, work) =>
          own(reference, work).catch(() => Promise.reject(new WadeskError("media_unavailable", { detail: JSON.stringify(secret) }))),
    ),
  ],
  [
    "loses the end of a file",
    "brings bytes to the vendor, where they are found again",
    bringing(
      (own) =>
        async ({ sizeBytes: _, ...file }, work) =>
          own({ ...file, stream: streamOf((await bytesOf(file.stream)).slice(0, -1)) }, work),
    ),
  ],
  [
    "holds a file before it brings it",
    "brings a stream while it is read, without holding it",
    bringing((own) => async (file, work) => own({ ...file, stream: streamOf(await bytesOf(file.stream)) }, work)),
  ],
  [
    "brings the beginning of a file",
    "brings a stream to its end",
    bringing((own) => async (file, work) => own({ ...file, stream: streamOf((await bytesOf(file.stream)).slice(0, 1000)) }, work)),
  ],
  [
    "does not know what is too large",
    "refuses what is larger than the vendor takes before the vendor has to",
    (channel) => ({ ...channel, files: { upload: { largest: () => undefined } } }),
  ],
];
