import { createHash, timingSafeEqual } from "node:crypto";
import type { Bridge } from "../../bridge/create-bridge.ts";

/** A request as the service sees it. */
export interface Asked {
  readonly request: Request;
  /** Whether it comes from this machine itself, and through no proxy on it. */
  readonly isLocal: boolean;
}

/** What the pages are made from. */
export interface Pages {
  readonly bridge: Pick<Bridge, "handle">;
  readonly name: string;
  /** The address of the app. */
  readonly app: string;
  readonly metricsToken: string | undefined;
  /** Whether calls are taken at the moment. */
  readonly state: () => "starting" | "runs" | "stopping";
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly text: string; readonly type: string }>;
}

/** Whether the bridge can work. */
export interface Readiness {
  readonly ready: boolean;
  /** What lacks, where something does. */
  readonly reason?: string;
  /** How many sessions are to be kept, and how many of them nobody keeps at the moment. */
  readonly sessions?: { readonly kept: number; readonly free: number };
}

/** Answers one request: a few pages for people and machines, and calls of the app. */
export async function answerRequest(pages: Pages, { request, isLocal }: Asked): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/v1/")) return pages.state() === "runs" ? pages.bridge.handle(request) : away(pages.state());
  if (request.method !== "GET" && request.method !== "HEAD") return text("There is nothing to be sent here.", 405, { allow: "GET, HEAD" });
  switch (pathname) {
    case "/":
      return frontPage(pages);
    case "/healthz":
      return Response.json({ alive: true }, NO_STORE);
    case "/readyz":
      return ready(pages);
    case "/metrics":
      return metrics(pages, request, isLocal);
    default:
      return text("There is no such page. This is a WaDesk bridge: / says that it runs.", 404);
  }
}

const NO_STORE = { headers: { "cache-control": "no-store" } };

// a failure without a remedy is the refusal of a bridge, by which the app knows that nothing was done
function away(state: "starting" | "runs" | "stopping"): Response {
  const message = `The bridge is ${state === "starting" ? "starting" : "being stopped"}; nothing was done. Try again in a moment.`;
  return Response.json({ error: { code: "bridge_unreachable", message } }, { status: 503, ...NO_STORE });
}

function frontPage({ name, app }: Pages): Response {
  const { host } = new URL(app);
  const words = `This WaDesk bridge runs. It is called “${escaped(name)}” and keeps phones for <b>${escaped(host)}</b>.`;
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>WaDesk bridge</title>
<style>body{font:16px/1.5 system-ui;max-width:36em;margin:12vh auto;padding:0 1em;color-scheme:light dark}</style>
<h1>WaDesk bridge</h1><p>${words}</p>
<p>Its address is the Server URL of the app's settings. <a href="/readyz">Whether it is ready</a></p></html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(page, { headers: { ...headers, ...NO_STORE.headers } });
}

async function ready({ state, readiness }: Pages): Promise<Response> {
  const found: Readiness = state() === "runs" ? await readiness() : { ready: false, reason: `it is ${state()}` };
  return Response.json(found, { status: found.ready ? 200 : 503, ...NO_STORE });
}

async function metrics({ metricsToken, metrics: read }: Pages, { headers }: Request, isLocal: boolean): Promise<Response> {
  const given = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const isAllowed = metricsToken === undefined ? isLocal : given !== undefined && isSame(given, metricsToken);
  if (!isAllowed) {
    const what =
      metricsToken === undefined
        ? "Metrics are for this machine alone. Set METRICS_TOKEN, and send it as Bearer token."
        : "Send METRICS_TOKEN as Bearer token.";
    return text(what, metricsToken === undefined ? 403 : 401, metricsToken === undefined ? {} : { "www-authenticate": "Bearer" });
  }
  const { text: lines, type } = await read();
  return new Response(lines, { headers: { "content-type": type, ...NO_STORE.headers } });
}

// digests are equally long, whatever was given
function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map((each) => createHash("sha256").update(each).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function text(words: string, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${words}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...NO_STORE.headers, ...headers } });
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
