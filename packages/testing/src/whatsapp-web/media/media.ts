import { randomBytes } from "node:crypto";
import type { Delivery } from "../delivery/delivery.ts";
import type { ReceivedMessage } from "../delivery/received-message.ts";
import { sha256 } from "../keys/derive.ts";
import type { Room } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { node } from "../wire/node.ts";
import { mediaOf } from "./media-content.ts";
import { type MediaHost, mediaHost } from "./media-host.ts";
import { answerReupload } from "./reupload.ts";
import { type MediaKind, type MediaReference, openMedia, sealMedia } from "./sealed-media.ts";

/** Files on their way between clients and phones. */
export interface Media extends Room {
  readonly host: MediaHost;
  /** Encrypts a file and puts it on the host. */
  share(kind: MediaKind, file: Uint8Array): MediaReference & { readonly url: string; readonly directPath: string };
  /** Puts a file on the host as it is; answers its URL. */
  publish(file: Uint8Array): string;
  /** Fetches and opens a file. Throws when the host does not have it (any more), or when it is not what the reference says. */
  open(kind: MediaKind, reference: MediaReference): Buffer;
  /** Opens the file of a message. Throws when there is none, and as `open` does. */
  openMessage(message: ReceivedMessage): Buffer;
  /** Every file that is on the host now has expired: whoever fetches it meets 410. */
  expire(): void;
  /** Every file is gone from the host, and from the phones. */
  lose(): void;
}

// as WhatsApp's, in seconds
const AUTH_TTL = 21_600;
const HOST_TTL = 300;
const UPLOAD_PATHS: readonly string[] = ["/mms/image", "/mms/video", "/mms/document", "/mms/audio"];
// what everybody may see is not encrypted: catalogues and the covers of businesses
const PLAIN_PATHS: readonly string[] = ["/product/image", "/pps/biz-cover-photo"];

/** The room of media with the host that the files are on. */
export async function media(world: World, delivery: Delivery): Promise<Media> {
  const { clock, complaints, faults } = world;
  const files = new Map<string, { readonly bytes: Uint8Array; hasExpired: boolean }>();
  const authorised = new Map<string, number>();

  const put = (bytes: Uint8Array): string => {
    const path = `/v/t62.7118-24/${randomBytes(12).toString("hex")}.enc`;
    files.set(path, { bytes, hasExpired: false });
    return path;
  };
  const get = (path: string): Uint8Array | number => {
    const file = files.get(path);
    return file === undefined ? 404 : file.hasExpired ? 410 : file.bytes;
  };
  const host = await mediaHost({
    now: Date.now(),
    has: (path) => files.has(path),
    fetch: (path) => faults.take(["download_refused"])?.code ?? get(path),
    upload: (url, body) => {
      const refusal = faults.take(["upload_refused"])?.code ?? uploadRefusal(url, body);
      if (refusal !== undefined) return refusal;
      const path = put(body);
      const cover = { meta_hmac: randomBytes(16).toString("hex"), fbid: String(files.size), ts: String(world.seconds()) };
      return { url: `https://${host.hostname}${path}`, direct_path: path, ...(url.pathname.startsWith("/pps/") && cover) };
    },
  });

  const uploadRefusal = ({ pathname, searchParams }: URL, body: Buffer): number | undefined => {
    const cut = pathname.lastIndexOf("/");
    const isPlain = PLAIN_PATHS.includes(pathname.slice(0, cut));
    if (!isPlain && !UPLOAD_PATHS.includes(pathname.slice(0, cut))) return 404;
    if ((authorised.get(searchParams.get("auth") ?? "") ?? 0) <= clock.now()) return 401;
    const checksum = sha256(body).toString("base64url");
    const isComplete = isPlain || (body.length > 10 && (body.length - 10) % 16 === 0);
    return isComplete && pathname.slice(cut + 1) === checksum && searchParams.get("token") === checksum ? undefined : 400;
  };

  const share: Media["share"] = (kind, file) => {
    const { bytes, ...reference } = sealMedia(kind, file);
    const directPath = put(bytes);
    return { ...reference, directPath, url: `https://${host.hostname}${directPath}` };
  };
  const open: Media["open"] = (kind, reference) => {
    const found = get(reference.directPath ?? "");
    if (typeof found === "number") throw new Error(`the media host answers ${found}`);
    return openMedia(kind, found, reference);
  };

  const known: { readonly kind: MediaKind; readonly reference: MediaReference }[] = [];
  delivery.onReceived((message, account) => {
    const found = mediaOf(message.content);
    if (found === undefined || message.device !== 0) return;
    if (files.has(found.reference.directPath ?? "")) known.push(found);
    if (typeof get(found.reference.directPath ?? "") === "number") return;
    try {
      open(found.kind, found.reference);
    } catch (error) {
      complaints.add(`the file of message ${message.id} cannot be opened by ${account.number}: ${(error as Error).message}`);
    }
  });

  const reshare = (directPath: string): string | undefined => {
    const file = files.get(directPath);
    return file && put(file.bytes);
  };
  delivery.receiptTypes.set("server-error", (stanza, session) => answerReupload(world, { known, reshare }, stanza, session));

  return {
    host,
    share: (kind, file) => {
      const reference = share(kind, file);
      known.push({ kind, reference });
      return reference;
    },
    publish: (file) => `https://${host.hostname}${put(file)}`,
    open,
    openMessage: ({ id, content }) => {
      const found = mediaOf(content);
      if (found === undefined) throw new Error(`message ${id} has no file`);
      return open(found.kind, found.reference);
    },
    expire: () => {
      for (const file of files.values()) file.hasExpired = true;
    },
    lose: () => files.clear(),
    requests: {
      "w:m:set:media_conn": () => {
        const auth = randomBytes(24).toString("base64url");
        authorised.set(auth, clock.now() + AUTH_TTL * 1_000);
        // the second is where a client tries again with a new authorisation
        const hosts = ["primary", "fallback"].map((type) => node("host", { hostname: host.hostname, type }));
        return [node("media_conn", { auth, ttl: HOST_TTL, auth_ttl: AUTH_TTL, max_buckets: 12 }, hosts)];
      },
    },
  };
}
