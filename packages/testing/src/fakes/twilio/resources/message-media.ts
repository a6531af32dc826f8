import { createHmac } from "node:crypto";
import { spoiled } from "../../stage/file-faults.ts";
import type { ApiAnswer, Call, Operation } from "../api/call.ts";
import { dayFilter } from "../api/list-filters.ts";
import { cutPage, pageOf2010 } from "../api/paging.ts";
import { notFound } from "../api/twilio-error.ts";
import type { TwilioFaults } from "../faults.ts";
import type { TwilioMedia } from "../state.ts";
import { mediaResource } from "./message-resource.ts";
import { messageOf } from "./read-messages.ts";

/** `GET …/Media.json`. */
export const listMedia: Operation = (call) => {
  const { url } = call.request;
  const day = dayFilter(url.searchParams, "DateCreated");
  const found = messageOf(call, call.places.MessageSid).media.filter(({ createdAt }) => day(createdAt));
  return { body: pageOf2010("media_list", cutPage(found, url), mediaResource) };
};

/** `GET …/Media/{Sid}.json`. */
export const fetchMedia: Operation = (call) => ({ body: mediaResource(mediaOf(call)) });

/** `DELETE …/Media/{Sid}.json`. */
export const deleteMedia: Operation = (call) => {
  const { media } = messageOf(call, call.places.MessageSid);
  media.splice(media.indexOf(mediaOf(call)), 1);
  return { status: 204 };
};

// for how long an address counts Twilio does not say
const LIFE_MS = 4 * 3_600_000;

/** `GET …/Media/{Sid}`, what `MediaUrl0` names: leads on to where the bytes lie for a while. */
export function leadToFile(call: Call, faults: TwilioFaults): ApiAnswer {
  const { accountSid, key } = mediaOf(call);
  const { url } = call.request;
  const host = url.hostname === "api.twilio.com" ? "https://mms.twiliocdn.com" : url.origin;
  const expires = String(call.state.clock.now() + LIFE_MS);
  const moved = faults.take(["file_moved"], LEADS);
  return {
    status: 307,
    headers: { location: moved?.location ?? `${host}/${accountSid}/${key}?${new URLSearchParams({ expires, seal: seal(key, expires) })}` },
  };
}

const LEADS = "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}";

/** Where the bytes lie. Whoever has the address may read it; it is told to nobody without credentials, and takes none. */
export function readFile({ state, places, request }: Pick<Call, "state" | "places" | "request">, faults: TwilioFaults): ApiAnswer {
  const all = state.messages.flatMap((message) => message.media);
  const found = all.find((media) => media.key === places.Key && media.accountSid === places.AccountSid);
  const { url } = request;
  const [expires = "", given = ""] = [url.searchParams.get("expires") ?? "", url.searchParams.get("seal") ?? ""];
  if (!found) throw notFound(url.pathname);
  const fault = faults.take(["link_expired", "file_spoiled", "file_cut"], "GET /{AccountSid}/{Key}");
  const isOver = given !== seal(found.key, expires) || Number(expires) <= state.clock.now() || fault?.kind === "link_expired";
  // the network behind this host takes one proof, not two; on loopback a client cannot tell the two hosts apart
  const isProvenTwice = url.hostname.endsWith("twiliocdn.com") && request.headers.has("authorization");
  if (isOver || isProvenTwice) return refusedByNetwork(isProvenTwice ? 400 : 403);
  const bytes = fault?.kind === "file_spoiled" ? spoiled(found.bytes) : found.bytes;
  const name = found.fileName && { "content-disposition": `inline; filename="${found.fileName.replaceAll(/[^\x20-\x7e]|"/g, "_")}"` };
  return {
    headers: { "content-type": found.contentType, "content-length": String(bytes.length), ...name },
    bytes,
    ...(fault?.kind === "file_cut" && { cutAfter: fault.afterBytes }),
  };
}

function refusedByNetwork(status: 400 | 403): ApiAnswer {
  const code = status === 400 ? "InvalidArgument" : "AccessDenied";
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
  };
}

function seal(key: string, expires: string): string {
  return createHmac("sha256", "links of the fake Twilio").update(`${key}|${expires}`).digest("base64url");
}

function mediaOf(call: Call): TwilioMedia {
  const found = messageOf(call, call.places.MessageSid).media.find((media) => media.sid === call.places.Sid);
  if (!found) throw notFound(call.request.url.pathname);
  return found;
}
