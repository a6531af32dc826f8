import { randomBytes } from "node:crypto";
import { checkOptions } from "@wadesk/core/ports";
import { serve } from "../../fakes/stage/serve.ts";
import type { Phone } from "../phones/phone.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import type { PageActions } from "./page-actions.ts";
import { pageDoor } from "./page-door.ts";

/** The page with the phones, listening on loopback. */
export interface PhonesPage {
  /** Where it is: the secret in it lets in. A POST of a QR's text to `<url>qr` hands it over, so that one button scans it. */
  readonly url: string;
  /** Stops listening; the server and its phones stay. */
  close(): Promise<void>;
}

/** How the page is served. */
export interface PhonesPageOptions {
  /** A free one where absent. */
  readonly port?: number;
  /** What bots did wrong so far; what the server complains of where absent. */
  readonly complaints?: () => readonly string[];
}

type Files = Readonly<Record<string, readonly [type: string, text: string]>>;

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
const LONGEST_BODY = 65_536;

/**
 * Serves a page on 127.0.0.1 that holds phones of a server: link, write, read, unlink, ban. Each of them greets new devices with its history from then on. Rejects
 * where the port is taken.
 */
export async function phonesPage(web: WhatsAppWeb, phones: readonly Phone[], options: PhonesPageOptions = {}): Promise<PhonesPage> {
  checkOptions<PhonesPageOptions>("phonesPage", options, { port: "number", complaints: "function" });
  const { port = 0, complaints = () => web.complaints } = options;
  const { pageActions } = await import("./page-actions.ts");
  return servePhonesPage(pageActions(web, phones, complaints), port);
}

/** Serves the page over what its buttons do. Rejects where the port is taken. */
export async function servePhonesPage(actions: PageActions, port: number): Promise<PhonesPage> {
  const files = await loadFiles();
  const secret = randomBytes(18).toString("base64url");
  const door = pageDoor(secret);
  const server = await serve(async (request) => answer(request, door.open(request), { actions, files }), port, LONGEST_BODY);
  return { url: `${server.url}/${secret}/`, close: server.close };
}

// most who have a server never look at it
async function loadFiles(): Promise<Files> {
  const [{ PAGE }, { PAGE_SCRIPT }, { PAGE_STYLE }] = await Promise.all([
    import("./page-document.ts"),
    import("./page-script.ts"),
    import("./page-style.ts"),
  ]);
  return { "/": ["text/html", PAGE], "/page.js": ["text/javascript", PAGE_SCRIPT], "/page.css": ["text/css", PAGE_STYLE] };
}

interface Served {
  readonly actions: PageActions;
  readonly files: Files;
}

async function answer(request: Request, path: string | undefined, { actions, files }: Served): Promise<Response> {
  const reply = (status: number, text: string, type = "text/plain"): Response =>
    new Response(text, { status, headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` } });
  if (path === undefined) return reply(404, "The page is at the whole address that the program printed.");
  const [type, text] = (Object.hasOwn(files, path) ? files[path] : undefined) ?? [];
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
