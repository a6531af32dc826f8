import { type FakeServer, serve } from "../../fakes/stage/serve.ts";
import { refusalOf } from "./local-door.ts";
import type { VendorsActions } from "./vendors-actions.ts";
import { VENDORS_PAGE } from "./vendors-document.ts";
import { VENDORS_SCRIPT } from "./vendors-script.ts";
import { VENDORS_STYLE } from "./vendors-style.ts";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "/": ["text/html", VENDORS_PAGE],
  "/page.js": ["text/javascript", VENDORS_SCRIPT],
  "/page.css": ["text/css", VENDORS_STYLE],
};
const LONGEST_BODY = 65_536;

/** Serves the page on 127.0.0.1: `GET /world` is what it shows, `POST /act` what its buttons do. Rejects where the port is taken. */
export async function vendorsPage(actions: VendorsActions, port: number): Promise<FakeServer> {
  let ours = "";
  const server = await serve((request) => answer(request, ours, actions), port, LONGEST_BODY);
  ours = new URL(server.url).port;
  return server;
}

async function answer(request: Request, port: string, actions: VendorsActions): Promise<Response> {
  const reply = (status: number, text: string, type = "text/plain"): Response =>
    new Response(text, { status, headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` } });
  const refusal = refusalOf(request, port);
  if (refusal !== undefined) return reply(refusal.status, refusal.text);
  const { pathname } = new URL(request.url);
  const [type, text] = (Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined) ?? [];
  if (request.method === "GET" && text !== undefined) return reply(200, text, type);
  if (request.method === "GET" && pathname === "/world") return reply(200, JSON.stringify(actions.view()), "application/json");
  if (request.method !== "POST" || pathname !== "/act") return reply(404, "There is nothing here.");
  try {
    await actions.act(formOf(await request.text()));
    return reply(200, "{}", "application/json");
  } catch (error) {
    return reply(400, JSON.stringify({ error: error instanceof Error ? error.message : String(error) }), "application/json");
  }
}

function formOf(text: string): Readonly<Record<string, unknown>> {
  const form: unknown = JSON.parse(text);
  if (typeof form !== "object" || form === null) throw new Error("an action is an object");
  return form as Readonly<Record<string, unknown>>;
}
