import type { ApiAnswer, Call, Operation } from "../api/call.ts";
import { dayFilter } from "../api/list-filters.ts";
import { cutPage, pageOf2010 } from "../api/paging.ts";
import { notFound } from "../api/twilio-error.ts";
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

/** `GET …/Media/{Sid}`, what `MediaUrl0` names: leads on to where the bytes lie for a while. */
export const leadToFile: Operation = (call) => {
  const { accountSid, key } = mediaOf(call);
  const { url } = call.request;
  const host = url.hostname === "api.twilio.com" ? "https://mms.twiliocdn.com" : url.origin;
  return { status: 307, headers: { location: `${host}/${accountSid}/${key}` } };
};

/** Where the bytes lie. Whoever has the address may read it; it is told to nobody without credentials. */
export const readFile = ({ state, places, request }: Pick<Call, "state" | "places" | "request">): ApiAnswer => {
  const all = state.messages.flatMap((message) => message.media);
  const found = all.find((media) => media.key === places.Key && media.accountSid === places.AccountSid);
  if (!found) throw notFound(request.url.pathname);
  const name = found.fileName && { "content-disposition": `inline; filename="${found.fileName.replaceAll(/[^\x20-\x7e]|"/g, "_")}"` };
  return { headers: { "content-type": found.contentType, ...name }, bytes: found.bytes };
};

function mediaOf(call: Call): TwilioMedia {
  const found = messageOf(call, call.places.MessageSid).media.find((media) => media.sid === call.places.Sid);
  if (!found) throw notFound(call.request.url.pathname);
  return found;
}
