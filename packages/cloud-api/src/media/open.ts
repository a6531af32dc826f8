import { type Connection, isWadeskError, type MediaReference, WadeskError } from "@wadesk/core";
import type { ConnectionContext, MediaWork, OpenedMedia } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { openGraph } from "../graph/graph.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asNumber, asText, present, type Wire } from "../wire/wire.ts";
import { isMetaLink, mediaIdOf } from "./meta-links.ts";

type Context = ConnectionContext<CloudApiSettings, CloudApiSecret> & MediaWork;

/** What a link answers that is over, or never was. */
const LINK_OVER: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/**
 * Opens a file by its id, over a link that Meta gives for it: one that was told before may be over, and would not say whose it is. A link that ends
 * between the two is asked for once more.
 */
export async function openMedia(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  { id, url = "" }: MediaReference,
  context: Context,
): Promise<OpenedMedia> {
  const known = id ?? mediaIdOf(url, transport.graphUrl);
  if (known === undefined) return openElsewhere(url, context);
  if (!/^\d+$/.test(known)) throw new WadeskError("media_not_found", { detail: "a file of Meta's has an id of digits" });
  const graph = await openGraph(transport, context, context.secret.accessToken);
  for (let attempt = 0; ; attempt += 1) {
    const described = await describe(() => graph.get([known], { phone_number_id: connection.details.phoneNumberId }));
    const link = asText(described.url);
    if (link === undefined) throw new WadeskError("media_unavailable", { detail: "Meta's answer has no link" });
    const { status, file } = await context.fetchFile({
      url: link,
      isVendors: (address) => isMetaLink(address, transport.graphUrl),
      authorizationFor: () => `Bearer ${graph.token}`,
    });
    if (file !== undefined) return { ...file, ...factsOf(described) };
    if (attempt > 0 || !LINK_OVER.has(status)) throw unavailable(status);
  }
}

function factsOf(described: Wire): Omit<OpenedMedia, "stream"> {
  return present({
    mimeType: asText(described.mime_type),
    sizeBytes: asNumber(described.file_size),
    sha256: asText(described.sha256),
  });
}

// Meta answers 100 for an id that is gone, that is another number's or that never was, and does not say which
async function describe(ask: () => Promise<Wire>): Promise<Wire> {
  try {
    return await ask();
  } catch (error) {
    if (!isWadeskError(error) || error.vendor?.code !== 100) throw error;
    throw new WadeskError("media_not_found", {
      detail: "Meta keeps what came in for 7 days and what was brought for 30",
      vendor: error.vendor,
      cause: error,
    });
  }
}

// e.g. the link in the echo of a message that the business sent from elsewhere
async function openElsewhere(url: string, { fetchFile }: Context): Promise<OpenedMedia> {
  const { status, file } = await fetchFile({ url });
  if (file === undefined) throw unavailable(status);
  return file;
}

function unavailable(status: number): WadeskError {
  return new WadeskError("media_unavailable", { detail: `HTTP ${status}` });
}
