import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answer, bodyUpTo, goTo, isFromOwnPage, json, objectOf, refused } from "./answers.ts";
import { CHAT_ROUTES, type ChatDesk } from "./chat-routes.ts";
import { chatsPage, connectedPage, devicesPage, homePage, settingsPage } from "./pages.ts";
import type { Sessions } from "./sessions.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What the application is made of. */
export interface AppOptions extends Omit<ChatDesk, "templates"> {
  readonly sessions: Sessions;
  readonly templates?: ChatDesk["templates"];
  /** The other half of the world, where the vendors are simulated. */
  readonly world?: SimulatedWorld;
  /** Where its own files are, for a framework that bundles this one. */
  readonly files?: string;
}

const PAGES = {
  "/app/devices": devicesPage,
  "/app/chats": chatsPage,
  "/app/settings": settingsPage,
  "/app/connected": connectedPage,
} as const;
const FILES = {
  "/app/files/app.css": "text/css",
  "/app/files/chats.js": "text/javascript",
  "/app/files/connected.js": "text/javascript",
  "/app/files/world.js": "text/javascript",
  "/app/files/icon.svg": "image/svg+xml",
} as const;

/** In bytes. */
const LONGEST_FORM = 1024;

/** Makes the application's own part, below `/app`: a fetch handler, so that every framework serves it by the mounts of `@wadesk/webhooks`. */
export function createAppHandler({ sessions, world, templates = {}, files, ...desk }: AppOptions): (request: Request) => Promise<Response> {
  const show = (draw: typeof homePage, request: Request): Response =>
    answer("text/html; charset=utf-8", draw({ person: sessions.personOf(request), isSimulated: world !== undefined }));

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.replace(/\/$/, "");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const called = `${method} ${path}`;
    if (method !== "GET" && !isFromOwnPage(request)) return refused(403, "Another website asked for it");
    if (called === "GET /app") return show(homePage, request);
    if (called === "POST /app/login") return signIn(sessions, request);
    if (called === "POST /app/logout") return goTo("/app", sessions.signOut());
    if (method === "GET" && isOneOf(FILES, path)) return serveFile(path, files);
    if (world !== undefined && called === "GET /app/world") return json(world.view());
    if (world !== undefined && called === "POST /app/world") return act(world, request);
    const person = sessions.personOf(request);
    if (method === "GET" && isOneOf(PAGES, path)) return person === undefined ? goTo("/app") : show(PAGES[path], request);
    const route = Object.hasOwn(CHAT_ROUTES, called) ? CHAT_ROUTES[called] : undefined;
    if (route === undefined) return refused(404, "There is nothing here");
    return person === undefined ? refused(401, "Sign in first") : route({ ...desk, templates }, person, request, searchParams);
  };
}

async function signIn(sessions: Sessions, request: Request): Promise<Response> {
  const who = new URLSearchParams(new TextDecoder().decode(await bodyUpTo(request, LONGEST_FORM))).get("who");
  const cookie = who === null ? undefined : sessions.signIn(who);
  return cookie === undefined ? goTo("/app") : goTo("/app/devices", cookie);
}

async function act(world: SimulatedWorld, request: Request): Promise<Response> {
  const { action, text } = (await objectOf(request)) ?? {};
  try {
    await world.act(String(action), typeof text === "string" ? text.trim() : "");
    return json(world.view());
  } catch (error) {
    return refused(400, error instanceof Error ? error.message : String(error));
  }
}

async function serveFile(path: keyof typeof FILES, files = join(import.meta.dirname, "files")): Promise<Response> {
  return answer(FILES[path], await readFile(join(files, path.replace("/app/files/", ""))));
}

function isOneOf<Key extends string>(list: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(list, key);
}
