import { createHmac } from "node:crypto";
import { spoiled } from "../../stage/file-faults.ts";
import type { Faults } from "../faults.ts";
import type { Call, GraphAnswer } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import type { MediaState, MetaState } from "../state.ts";

const LIFE_MS = 5 * 60_000;
const META_ORIGIN = "https://lookaside.fbsbx.com";

/** Where media is downloaded from. */
export const MEDIA_PATH = "/whatsapp_business/attachments/";

/** A link to a file: on the fake's own server for those who came through it, on Meta's host for the others. Lives five minutes. */
export function mediaLink(state: MetaState, media: MediaState, calledAt: URL): string {
  const origin = calledAt.hostname === "graph.facebook.com" ? META_ORIGIN : calledAt.origin;
  const expires = state.clock.now() + LIFE_MS;
  const query = new URLSearchParams({ mid: media.id, ext: String(expires), hash: seal(media.id, String(expires)) });
  return `${origin}${MEDIA_PATH}?${query}`;
}

/** `GET /{Media-URL}`: the bytes, for a token that may see the account. */
export function downloadMedia(call: Call, faults: Faults): GraphAnswer {
  const { searchParams } = call.request.url;
  const id = searchParams.get("mid") ?? "";
  const expires = searchParams.get("ext") ?? "";
  const media = call.state.media.get(id);
  const genuine = searchParams.get("hash") === seal(id, expires);
  if (!media || !genuine || Number(expires) <= call.state.clock.now() || media.goneAt <= call.state.clock.now()) {
    throw linkOver();
  }
  const fault = faults.take(["link_expired", "file_moved", "file_spoiled", "file_cut"], "GET /{Media-URL}");
  if (fault?.kind === "link_expired") throw linkOver();
  if (fault?.kind === "file_moved") return { status: 302, headers: { location: fault.location, "content-type": "text/html" }, body: "" };
  const bytes = fault?.kind === "file_spoiled" ? spoiled(media.bytes) : media.bytes;
  return {
    body: undefined,
    bytes,
    headers: { "content-type": media.mimeType, "content-length": String(bytes.length) },
    ...(fault?.kind === "file_cut" && { cutAfter: fault.afterBytes }),
  };
}

function linkOver(): Error {
  return graphError(100, { status: 404, message: "The link to this file has expired or is not valid." });
}

function seal(id: string, expires: string): string {
  return createHmac("sha256", "links of the fake Meta").update(`${id}|${expires}`).digest("base64url");
}
