import { isWadeskError } from "@wadesk/core";
import { type ChannelContext, type Lost, transportError } from "@wadesk/core/ports";
import type TwilioClient from "twilio/lib/rest/Twilio.js";
import type { Transport, TwilioSettings } from "../options.ts";
import { fetchClient } from "./fetch-client.ts";

/** An account and a token of it. */
export interface Credentials {
  readonly accountSid: string;
  readonly authToken: string;
}

/** Opens Twilio's own client over the context's fetch; its package is loaded with the first call, without its webhook helpers. */
export async function openTwilio(
  { timeoutMs, retryDelayMs, apiUrl }: Transport,
  context: Pick<ChannelContext<TwilioSettings>, "fetch"> & { readonly signal: AbortSignal },
  { accountSid, authToken }: Credentials,
): Promise<TwilioClient> {
  const { default: Twilio } = await import("twilio/lib/rest/Twilio.js");
  const { fetch, signal } = context;
  const httpClient = fetchClient({ fetch, signal, timeoutMs, retryDelayMs, ...(apiUrl !== undefined && { apiUrl }) });
  // the option is typed as the class, of which `request` is all that is ever called
  return new Twilio(accountSid, authToken, { httpClient: httpClient as never });
}

/** Waits for one call of the client. What the client itself makes of an answer that it cannot read means `lost`, too. */
export async function answered<Result>(call: Promise<Result>, lost: Lost = "provider_unavailable"): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw isWadeskError(error) ? error : transportError("twilio", lost, "Twilio's answer could not be read");
  }
}
