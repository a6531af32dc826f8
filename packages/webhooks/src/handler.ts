import { checkOptions, type InboundPort, isWadeskError, type Platform, type RawRequest, WadeskError } from "@wadesk/core";
import { answerTo, failureAnswer, internalAnswer, markUnmatched } from "./answer.ts";
import { answerChallenge } from "./challenge.ts";
import { type PublicUrlOptions, pathsOf, publicUrlOf } from "./public-url.ts";
import { readBody } from "./read-body.ts";
import { optionInvalid, type Receiver, type RouteTable, routeTable, withoutTrailingSlash } from "./route-table.ts";
import { receiverOf, verify } from "./verify-request.ts";

/** A fetch handler; any runtime and, through a mount, any framework serves it. */
export type WebhookHandler = (request: Request, platform?: Platform) => Promise<Response>;

/** How webhooks reach the handler. */
export interface WebhookHandlerOptions {
  /** The path in front of every webhook's own, as the vendor calls it. Default `/webhooks`, so Meta calls `/webhooks/whatsapp/inbound`. */
  readonly basePath?: string;
  /** Bytes. Default 4 MiB: Meta's batches reach 3 MB. */
  readonly bodyLimit?: number;
  /**
   * Whether to believe `X-Forwarded-Proto` and `X-Forwarded-Host` about the URL that the vendor called. Only for a proxy that sets them itself,
   * and only used without a `publicUrl`. Default `false`.
   */
  readonly trustForwarded?: boolean;
}

/** Meta's batches reach 3 MB. */
const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * Makes the handler for everything that vendors send: Meta's verification of the callback URL, and signed events, each refused unless it is
 * genuine and answered 200 only when its events are safe. Failures answer `{ error: { code, message, remedy } }`. A path that is no webhook's
 * answers 404 without reading the body. Throws `configuration_invalid` for options that cannot work.
 *
 * @example
 * const handler = createWebhookHandler(wadesk);
 * app.use(toExpress(handler)); // Meta's callback URL is https://<your host>/webhooks/whatsapp/inbound
 */
export function createWebhookHandler(wadesk: { readonly inbound: InboundPort }, options: WebhookHandlerOptions = {}): WebhookHandler {
  checkOptions<WebhookHandlerOptions>("createWebhookHandler", options, { basePath: "text", bodyLimit: "number", trustForwarded: "flag" });
  const { basePath = "/webhooks", bodyLimit = BODY_LIMIT, trustForwarded = false } = options;
  const inbound: InboundPort | undefined = (wadesk as Partial<typeof wadesk> | undefined)?.inbound;
  if (inbound === undefined) throw optionInvalid("wadesk", "must be the client that createWadesk answers");
  if (!Number.isSafeInteger(bodyLimit) || bodyLimit <= 0) throw optionInvalid("bodyLimit", "must be a number of bytes above 0");
  const table = routeTable(inbound.sources, basePath);
  const where = { publicUrl: inbound.publicUrl, trustForwarded };
  return async (request, platform) => {
    try {
      const called = findRoute(request, table, where);
      if (!called) return markUnmatched(failureAnswer(new WadeskError("not_found")));
      if (request.method === "GET") return await answerChallenge(called.url, called.receivers);
      if (request.method !== "POST") throw new WadeskError("method_not_allowed");
      const body = await readBody(request, bodyLimit);
      const raw: RawRequest = { method: request.method, url: called.url, headers: request.headers, body };
      return await receive(raw, called.receivers, inbound, platform);
    } catch (error) {
      if (isWadeskError(error, "raw_body_missing")) inbound.log.error({ code: error.code }, error.message);
      return answerTo(error, (cause) =>
        inbound.log.error(reasonOf(cause), "a webhook could not be handled; the vendor was asked to deliver it again"),
      );
    }
  };
}

async function receive(raw: RawRequest, receivers: readonly Receiver[], inbound: InboundPort, platform?: Platform): Promise<Response> {
  const receiver = receiverOf(raw, receivers, inbound.sources);
  await verify(raw, receiver, inbound.log);
  const { kind, source, scheme } = receiver;
  let events: ReturnType<typeof source.normalize>;
  try {
    events = source.normalize(raw, scheme.account(raw));
  } catch (error) {
    if (isWadeskError(error, "body_invalid")) {
      inbound.log.warn({ code: error.code, kind }, error.message);
      throw error;
    }
    // a genuine webhook that we cannot read is our fault: the vendor keeps it until we can
    inbound.log.error({ kind, ...reasonOf(error) }, "the channel could not read a genuine webhook; please report this");
    return internalAnswer();
  }
  await inbound.receive(kind, events, platform);
  return source.acknowledge(raw);
}

// as plain data, since not every logger knows errors; and without the message of a SyntaxError, which quotes what somebody wrote
function reasonOf(error: unknown): { readonly reason: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { reason: String(error) };
  const reason = error instanceof SyntaxError ? error.name : `${error.name}: ${error.message}`;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { reason, ...(frames && { stack: frames.slice(0, 8).join("\n") }) };
}

function findRoute(
  request: Request,
  table: RouteTable,
  where: PublicUrlOptions,
): { readonly url: URL; readonly receivers: readonly Receiver[] } | undefined {
  const url = new URL(request.url);
  for (const path of pathsOf(url, where)) {
    const receivers = table.get(withoutTrailingSlash(path));
    if (receivers) return { url: publicUrlOf(url, path, request.headers, where), receivers };
  }
  return undefined;
}
