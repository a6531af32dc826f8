import { type ErrorCode, isWadeskError, type Platform, WadeskError } from "@wadesk/core";
import { checkOptions, contextOf, type InboundPort, type RawRequest, type RequestHead } from "@wadesk/core/ports";
import { answerTo, failureAnswer, internalAnswer, markUnmatched } from "./answer.ts";
import { readBody } from "./body/read-body.ts";
import { answerChallenge } from "./challenge.ts";
import { addressOf, type CalledAddress, type PublicUrlOptions, pathsOf } from "./public-url.ts";
import { createRefusals, type Refusals, type WebhookCounts } from "./refusals.ts";
import { type Expired, noticeReplay } from "./replay.ts";
import { optionInvalid, type Receiver, type Route, type RouteTable, receivingPaths, routeAt, routeTable } from "./route-table.ts";
import { receiverOf, type Verified, verify } from "./verify-request.ts";

/** A fetch handler; any runtime and, through a mount, any framework serves it. */
export type WebhookHandler = (request: Request, platform?: Platform) => Promise<Response>;

/** A webhook handler that tells what it has refused. */
export interface CountingWebhookHandler extends WebhookHandler {
  /** Since it was made, in this process. */
  counts(): WebhookCounts;
}

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
  /** Milliseconds for a whole body to arrive; a minute when absent. What dribbles for longer is refused. */
  readonly bodyWithinMs?: number;
  /**
   * What becomes of a genuine webhook of Meta's that is older, by its own time, than seven days and than `inbox.retentionMs`. Meta sends none so old, so
   * it was replayed, or this machine's clock is wrong; the inbox would not recognise it. `take` (the default) counts it and warns; `refuse` answers 400.
   */
  readonly expired?: "take" | "refuse";
}

/** Meta's batches reach 3 MB. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** Three times as long as any vendor waits for an answer. */
const BODY_WITHIN_MS = 60_000;

/**
 * How loud a refusal is said that nothing else tells of. Vendors show their customers the status at most, so what an admin can mend stands in the log; what is
 * only ever a stranger's is there for those who look for it.
 */
const SAID: Readonly<Partial<Record<ErrorCode, "debug" | "warn" | "error">>> = {
  raw_body_missing: "error",
  verify_token_missing: "warn",
  verify_token_invalid: "warn",
  provider_unknown: "warn",
  body_too_large: "warn",
  body_invalid: "debug",
  signature_missing: "debug",
  method_not_allowed: "debug",
};

/** What one handler works with. */
interface Desk {
  readonly inbound: InboundPort;
  readonly refusals: Refusals;
  readonly expired: Expired;
}

/**
 * Makes the handler for everything that vendors send: Meta's verification of the callback URL, and signed events, each refused unless it is
 * genuine and answered 200 only when its events are safe. Failures answer `{ error: { code, message, remedy } }`. A path that is no webhook's
 * answers 404 without reading the body. Throws `configuration_invalid` for options that cannot work.
 *
 * @example
 * const handler = createWebhookHandler(wadesk);
 * app.use(toExpress(handler)); // Meta's callback URL is https://<your host>/webhooks/whatsapp/inbound
 */
export function createWebhookHandler(
  wadesk: { readonly inbound: InboundPort },
  options: WebhookHandlerOptions = {},
): CountingWebhookHandler {
  checkOptions<WebhookHandlerOptions>("createWebhookHandler", options, {
    basePath: "text",
    bodyLimit: "number",
    trustForwarded: "flag",
    bodyWithinMs: "number",
    expired: "text",
  });
  const {
    basePath = "/webhooks",
    bodyLimit = BODY_LIMIT,
    trustForwarded = false,
    bodyWithinMs = BODY_WITHIN_MS,
    expired = "take",
  } = options;
  const inbound: InboundPort | undefined = (wadesk as Partial<typeof wadesk> | undefined)?.inbound;
  if (inbound === undefined) throw optionInvalid("wadesk", "must be the client that createWadesk answers");
  if (!Number.isSafeInteger(bodyLimit) || bodyLimit <= 0) throw optionInvalid("bodyLimit", "must be a number of bytes above 0");
  if (!(bodyWithinMs > 0)) throw optionInvalid("bodyWithinMs", "must be a number of milliseconds above 0");
  if (expired !== "take" && expired !== "refuse") throw optionInvalid("expired", 'must be "take" or "refuse"');
  const { publicUrl, clock } = inbound;
  const table = routeTable(inbound.sources, basePath);
  const here = `here: ${receivingPaths(table).join(", ")}`;
  const [first] = inbound.sources;
  // as it was written: the client itself shows it without its credentials
  const publicAddress = inbound.publicAddress ?? (first && contextOf(first).publicAddress);
  const where = { publicUrl, publicAddress, trustForwarded };
  const desk: Desk = { inbound, refusals: createRefusals(inbound.log, clock), expired };
  const handle: WebhookHandler = async (request, platform) => {
    // a request of Express or of Node has no such method
    if (!("clone" in request)) return (await import("./mounts/unmounted.ts")).unmounted(desk.refusals, platform);
    // until it is, whatever goes wrong may be a stranger's doing
    let believed = false;
    try {
      const called = findRoute(request, table, where);
      if (!called) return markUnmatched(failureAnswer(new WadeskError("not_found", { detail: here })));
      if (request.method === "GET") return await answerChallenge(called.url, called);
      if (request.method !== "POST") throw new WadeskError("method_not_allowed");
      const { url, addresses, receivers, parameter } = called;
      const { method, headers } = request;
      const head: RequestHead = { method, url, addresses, headers, ...(parameter !== undefined && { parameter }) };
      // before the first read: nobody's body costs nothing
      const receiver = receiverOf(head, receivers, inbound.sources);
      const body = await readBody(request, bodyLimit, { clock, withinMs: bodyWithinMs });
      const raw: RawRequest = { ...head, body };
      const verified = await verify(raw, receiver, desk.refusals.log);
      believed = true;
      return await receive(raw, verified, receiver, desk, platform);
    } catch (error) {
      const log = believed ? inbound.log : desk.refusals.log;
      if (isWadeskError(error)) {
        desk.refusals.refused(error);
        const level = SAID[error.code];
        if (level && !believed) log[level]({ code: error.code }, error.message);
      }
      return answerTo(error, (cause) =>
        log.error(reasonOf(cause), "a webhook could not be handled; the vendor was asked to deliver it again"),
      );
    }
  };
  return Object.assign(handle, { counts: desk.refusals.counts });
}

async function receive(
  raw: RawRequest,
  { account, speaker }: Verified,
  { kind, source, context }: Receiver,
  { inbound, refusals, expired }: Desk,
  platform?: Platform,
): Promise<Response> {
  let events: Awaited<ReturnType<typeof source.normalize>>;
  let standings: ReturnType<NonNullable<typeof source.standings>>;
  try {
    events = await source.normalize(raw, account);
    standings = source.standings?.(raw, account, context.now()) ?? [];
  } catch (error) {
    if (isWadeskError(error, "body_invalid")) {
      inbound.log.warn({ code: error.code, kind }, error.message);
      throw error;
    }
    // a genuine webhook that we cannot read is our fault: the vendor keeps it until we can
    inbound.log.error({ kind, ...reasonOf(error) }, "the channel could not read a genuine webhook; please report this");
    return internalAnswer();
  }
  noticeReplay({ kind, source, raw, events }, inbound, refusals, expired);
  const strays = standings.length > 0 ? ((await inbound.stand?.(kind, standings, speaker, source.toldOnce?.(raw))) ?? []) : [];
  if (strays.length > 0) await source.strays?.(strays, raw, account, context);
  if (events.length > 0 || standings.length === 0) await inbound.receive(kind, events, platform, speaker);
  return source.acknowledge(raw);
}

// as plain data, since not every logger knows errors; and without the message of a SyntaxError, which quotes what somebody wrote
function reasonOf(error: unknown): { readonly reason: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { reason: String(error) };
  const reason = error instanceof SyntaxError ? error.name : `${error.name}: ${error.message}`;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { reason, ...(frames && { stack: frames.slice(0, 8).join("\n") }) };
}

function findRoute(request: Request, table: RouteTable, where: PublicUrlOptions): (CalledAddress & Route) | undefined {
  const url = new URL(request.url);
  for (const path of pathsOf(url, where)) {
    const route = routeAt(table, path);
    if (route) return { ...addressOf(url, path, request.headers, where), ...route };
  }
  return undefined;
}
