import { randomBytes } from "node:crypto";
import { serve } from "../../fakes/stage/serve.ts";
import type { PageActions } from "./page-actions.ts";
import { PAGE } from "./page-document.ts";
import { pageDoor } from "./page-door.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** The page with the phones, listening on loopback. */
export interface PhonesPage {
  /** Where it is: the secret in it lets in. */
  readonly url: string;
  close(): Promise<void>;
}

const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "/": ["text/html", PAGE],
  "/page.js": ["text/javascript", PAGE_SCRIPT],
  "/page.css": ["text/css", PAGE_STYLE],
};
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
const LONGEST_BODY = 65_536;

/** Serves the page on 127.0.0.1; port 0 takes a free one. */
export async function phonesPage(actions: PageActions, port: number): Promise<PhonesPage> {
  const secret = randomBytes(18).toString("base64url");
  const door = pageDoor(secret);
  const server = await serve(async (request) => answer(request, door.open(request), actions), port, LONGEST_BODY);
  return { url: `${server.url}/${secret}/`, close: server.close };
}

async function answer(request: Request, path: string | undefined, actions: PageActions): Promise<Response> {
  const reply = (status: number, text: string, type = "text/plain"): Response =>
    new Response(text, { status, headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` } });
  if (path === undefined) return reply(404, "The page is at the whole address that the program printed.");
  const [type, text] = (Object.hasOwn(FILES, path) ? FILES[path] : undefined) ?? [];
  const isReading = request.method === "GET";
  if (isReading && text !== undefined) return reply(200, text, type);
  if (isReading && path === "/world") return reply(200, JSON.stringify(actions.view()), "application/json");
  if (request.method !== "POST" || (path !== "/qr" && path !== "/act")) return reply(404, "There is nothing here.");
  try {
    if (path === "/qr") actions.show(await request.text());
    else await actions.act(formOf(await request.text()));
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
