import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { type Authorized, createWadesk, isWadeskError, memoryStorage, type Wadesk } from "@wadesk/core";
import { createFakeMeta, type FakeApp, type FakeMeta, type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { build } from "esbuild";
import { ENCRYPTION_KEYS, VERIFY_TOKEN } from "../../journeys/world/open-world.ts";

/** A host application on loopback whose people connect numbers in a browser, and Meta beside it on another site. */
export interface BrowserHost {
  readonly origin: string;
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly time: ManualClock;
  readonly lines: LogLine[];
  readonly wadesk: Wadesk<CloudApiChannel>;
  /** Answers that are cut off before the browser has them, by the start of their path; the request was done. */
  readonly losing: { path: string; times: number };
  /** Answers as the host does, for those who take it to another address. */
  readonly answer: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** How it is opened. */
export interface HostOptions {
  /** Where people see it, when that is not where it listens. */
  readonly publicOrigin?: string;
  /** Whether the app lists the page's domain. */
  readonly listed?: boolean;
}

const RETURN_PATH = "/connect/wa-store/waba";

/** Opens one. Who somebody is stands in the cookie `session`, as workspace and user: `acme.ana`. */
export async function openHost({ publicOrigin, listed = true }: HostOptions = {}): Promise<BrowserHost> {
  const time = manualClock();
  const meta = createFakeMeta({ clock: time.clock });
  const fake = await meta.listen();
  const losing = { path: "", times: 0 };
  const server = createServer((incoming, outgoing) => {
    const lost = losing.times > 0 && losing.path !== "" && `${incoming.method} ${incoming.url ?? ""}`.startsWith(losing.path);
    if (lost) losing.times -= 1;
    toNode(async (request) => {
      const response = await host.answer(request);
      if (lost) outgoing.destroy();
      return response;
    })(incoming, outgoing);
  });
  await new Promise<void>((resolve) => void server.listen(0, "localhost", resolve));
  const origin = publicOrigin ?? `http://localhost:${(server.address() as AddressInfo).port}`;
  const app = meta.addApp();
  const { id: configId } = app.addConfiguration({
    redirectUris: [`${origin}${RETURN_PATH}`],
    domains: listed ? [origin] : [],
    tokenLifeMs: 60 * 86_400_000,
  });
  const { log, lines } = recordingLogger();
  const wadesk = createWadesk({
    channels: [
      cloudApi({
        appId: app.id,
        appSecret: app.secret,
        verifyToken: VERIFY_TOKEN,
        configId,
        retryDelayMs: 0,
        ...(publicOrigin === undefined && { dialogUrl: fake.url }),
      }),
    ],
    storage: memoryStorage({ now: time.now }),
    encryptionKeys: ENCRYPTION_KEYS,
    publicUrl: origin,
    fetch: (input, init) => meta.fetch(new Request(input, init)),
    clock: time.clock,
    log,
  });
  const door = createSignupHandler(wadesk, { authorize: whoIs, page: "/settings" });
  const webhooks = createWebhookHandler(wadesk);
  const script = await bundled();
  const host: BrowserHost = {
    origin,
    meta,
    app,
    time,
    lines,
    wadesk,
    losing,
    answer: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/connect/")) return door(request);
      if (pathname.startsWith("/webhooks/")) return webhooks(request);
      if (pathname === "/app.js") return new Response(script, { headers: { "content-type": "text/javascript" } });
      if (pathname === "/api/signup") return answerPage(wadesk, request);
      return pathname === "/settings"
        ? new Response(PAGE, { headers: { "content-type": "text/html" } })
        : new Response(null, { status: 404 });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
      await meta.close();
    },
  };
  return host;
}

const PAGE = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Numbers</title>
<button id="dialog">Connect</button> <button id="redirect">Connect on Meta's page</button>
<p id="problem"></p><pre id="prepared"></pre><pre id="outcome"></pre><pre id="attempt"></pre><form id="question"></form><button id="go-on">Go on</button>
<script type="module" src="/app.js"></script></html>`;

function whoIs(request: Request): Authorized | undefined {
  const [, workspaceId, userId] = /\bsession=(\w+)\.(\w+)/.exec(request.headers.get("cookie") ?? "") ?? [];
  return workspaceId === undefined || userId === undefined ? undefined : { workspaceId, userId, role: "admin" };
}

// where the attempt stands, and what a person answered
async function answerPage(wadesk: Wadesk<CloudApiChannel>, request: Request): Promise<Response> {
  const who = whoIs(request);
  if (who === undefined) return new Response(null, { status: 401 });
  const { id, answer, read } = (await request.json()) as { id: string; answer?: never; read?: boolean };
  const signup = wadesk.workspace(who.workspaceId).signup("cloud-api", { userId: who.userId });
  try {
    return Response.json({ attempt: read === true ? await signup.read(id) : await signup.resume(id, answer) });
  } catch (error) {
    if (!isWadeskError(error)) throw error;
    const attempt = await signup.read(id).catch(() => undefined);
    return Response.json({ error: { code: error.code, message: error.message }, attempt });
  }
}

let built: Promise<string> | undefined;

function bundled(): Promise<string> {
  built ??= build({
    entryPoints: [fileURLToPath(new URL("../page/app.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
  }).then(({ outputFiles: [file] }) => file?.text ?? "");
  return built;
}
