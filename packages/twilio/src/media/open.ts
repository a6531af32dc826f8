import { type Connection, isWadeskError, type MediaReference, WadeskError } from "@wadesk/core";
import type { ConnectionContext, FileRequest, MediaWork, OpenedMedia } from "@wadesk/core/ports";
import { answered, openTwilio } from "../api/client.ts";
import { credentialsOf } from "../api/credentials.ts";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { Transport, TwilioSettings } from "../options.ts";
import { WHATSAPP } from "../wire/address.ts";
import { isCdn, readMediaUrl } from "./media-url.ts";

type Context = ConnectionContext<TwilioSettings, TwilioSecret> & MediaWork;
/** What an address answers that is over. */
const LINK_OVER: ReadonlySet<number> = new Set([403, 410]);

type Ours = ReturnType<typeof credentialsOf>;

/**
 * Opens a file by its address. Twilio leads on to where the bytes lie, and whoever has that address may read them: the credentials stay with Twilio.
 * @see https://www.twilio.com/docs/messaging/api/media-resource
 */
export async function openMedia(
  transport: Transport,
  connection: Connection<TwilioDetails>,
  { url }: MediaReference,
  context: Context,
): Promise<OpenedMedia> {
  if (url === undefined)
    throw new WadeskError("media_not_found", { detail: "a file of Twilio's is known by its url; give the one of the event" });
  const place = readMediaUrl(url, transport.apiUrl);
  if (place === undefined) return opened(await context.fetchFile({ url }));
  const ours = credentialsOf(connection, context.secret, await context.settings());
  if (place.accountSid !== ours.accountSid) throw new WadeskError("media_not_found", { detail: "it lies in another account" });
  if ("inherited" in context.secret) await requireOwn(transport, context, ours, place.messageSid);
  const request: FileRequest = {
    url: place.address,
    isVendors: (address) => isCdn(address) || isFake(address, transport) || readMediaUrl(address.href, undefined) !== undefined,
    authorizationFor: (address) => readMediaUrl(address.href, transport.apiUrl) && `Basic ${btoa(`${ours.accountSid}:${ours.authToken}`)}`,
  };
  const first = await context.fetchFile(request);
  // where the bytes lie is told anew each time, for a while
  return opened(LINK_OVER.has(first.status) ? await context.fetchFile(request) : first);
}

// one server stands for Twilio's API and for where the bytes lie
function isFake(address: URL, { apiUrl }: Transport): boolean {
  return apiUrl !== undefined && address.origin === new URL(apiUrl).origin;
}

// the admin's account is that of many workspaces: its token opens the files of all
async function requireOwn(transport: Transport, context: Context, ours: Ours, messageSid: string): Promise<void> {
  const client = await openTwilio(transport, context, ours);
  const { from, to } = await found(answered(client.messages(messageSid).fetch()));
  const own = WHATSAPP + ours.number;
  if (from !== own && to !== own) throw new WadeskError("media_not_found", { detail: "it came to another number" });
}

async function found<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isWadeskError(error) || error.vendor?.code !== 20404) throw error;
    throw new WadeskError("media_not_found", { vendor: error.vendor, cause: error });
  }
}

function opened({ status, file }: Awaited<ReturnType<Context["fetchFile"]>>): OpenedMedia {
  if (file !== undefined) return file;
  throw new WadeskError(status === 404 || status === 410 ? "media_not_found" : "media_unavailable", { detail: `HTTP ${status}` });
}
