import { type Connection, isWadeskError, WadeskError } from "@wadesk/core";
import { type ConnectionContext, lostError, type OutgoingMedia, readObject } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { answerError } from "../graph/client.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asText } from "../wire/wire.ts";
import { multipart } from "./multipart.ts";

/**
 * Brings a file to Meta, once: what was read of a stream cannot be read again. One whose answer was lost lies there unused and goes after 30 days.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media
 */
export async function uploadMedia(
  { graphUrl }: Transport,
  { details }: Connection<CloudApiDetails>,
  file: OutgoingMedia,
  context: ConnectionContext<CloudApiSettings, CloudApiSecret>,
): Promise<{ readonly id: string }> {
  const { graphVersion, appSecret } = await context.settings();
  const { accessToken } = context.secret;
  const form = multipart({ messaging_product: "whatsapp", type: file.mimeType }, file);
  const address = `${graphUrl}/${graphVersion}/${encodeURIComponent(details.phoneNumberId)}/media`;
  const answer = await post(context, address, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: "application/json",
      "content-type": form.contentType,
      ...(form.length !== undefined && { "content-length": String(form.length) }),
    },
    body: form.stream,
  });
  const body = readObject(answer.text);
  const id = asText(body?.id);
  if (answer.ok && id !== undefined) return { id };
  throw refusal(answerError(answer, body ?? answer.text, [accessToken, ...appSecret], "provider_unavailable"));
}

interface Answered extends Pick<Response, "ok" | "status" | "headers"> {
  readonly text: string;
}

async function post(
  { fetch, signal }: Pick<ConnectionContext<unknown, unknown>, "fetch" | "signal">,
  address: string,
  init: RequestInit,
): Promise<Answered> {
  // a redirect would carry the token elsewhere; and a stream is sent while it is read only where one says so
  const sending = { ...init, method: "POST", redirect: "manual", signal, duplex: "half" } as const;
  try {
    const response = await fetch(address, sending);
    const { ok, status, headers } = response;
    return { ok, status, headers, text: await response.text() };
  } catch (error) {
    throw lostError("meta", error, "provider_unavailable");
  }
}

// of a file Meta says with 100 that its type, its size or its content is wrong
function refusal(error: WadeskError): WadeskError {
  if (!isWadeskError(error, "provider_refused") || error.vendor?.code !== 100) return error;
  const { vendor, message } = error;
  return new WadeskError("media_invalid", { vendor, detail: vendor.message ?? message, cause: error });
}
