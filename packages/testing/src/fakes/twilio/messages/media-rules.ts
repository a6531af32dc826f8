import type { HostedFile, TwilioState } from "../state.ts";

const MEGABYTE = 1024 * 1024;

/**
 * What WhatsApp takes through Twilio: images up to 5 MB, everything else up to 16 MB.
 * @see https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
 * @see https://www.twilio.com/docs/messaging/guides/accepted-mime-types
 */
const ACCEPTED: Readonly<Record<string, number>> = {
  "image/jpeg": 5,
  "image/jpg": 5,
  "image/png": 5,
  "image/webp": 5,
  "audio/aac": 16,
  "audio/amr": 16,
  "audio/mpeg": 16,
  "audio/mp4": 16,
  "audio/3gpp": 16,
  "audio/ogg": 16,
  "video/mp4": 16,
  "video/3gpp": 16,
  "text/plain": 16,
  "text/csv": 16,
  "text/vcard": 16,
  "text/x-vcard": 16,
  "application/vcard": 16,
  "application/pdf": 16,
  "application/msword": 16,
  "application/vnd.ms-excel": 16,
  "application/vnd.ms-powerpoint": 16,
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": 16,
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": 16,
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": 16,
};

/** Twilio's code for a file that cannot go, or undefined: 63019 where it cannot be had, 63034 where it is too large, 63005 where WhatsApp does not take it. */
export async function mediaFailure(state: TwilioState, url: string, fetching: typeof fetch | undefined): Promise<number | undefined> {
  const file = state.files.get(url) ?? (await download(url, fetching));
  if (file?.status !== 200) return 63019;
  const [type = "", ...settings] = file.contentType.toLowerCase().split(";");
  const largest = ACCEPTED[type.trim()];
  if (largest === undefined) return 63005;
  // of Ogg WhatsApp plays Opus alone
  if (type.trim() === "audio/ogg" && settings.length > 0 && !settings.join().includes("opus")) return 63005;
  return file.size > largest * MEGABYTE ? 63034 : undefined;
}

// without a fetch function of its own a fake asks this machine only
async function download(url: string, fetching: typeof fetch | undefined): Promise<HostedFile | undefined> {
  const { hostname } = new URL(url);
  const local = hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  const ask = fetching ?? (local ? globalThis.fetch : undefined);
  if (!ask) return undefined;
  try {
    const response = await ask(url, { headers: { "user-agent": "TwilioProxy/1.1" } });
    const { byteLength } = await response.arrayBuffer();
    return { status: response.status, size: byteLength, contentType: response.headers.get("content-type") ?? "application/octet-stream" };
  } catch {
    return undefined;
  }
}
