import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock, Logger } from "@wadesk/core";
import { systemClock } from "@wadesk/core/ports";
import { type Bridge, createBridge } from "../bridge/create-bridge.ts";
import { answerRequest, type Asked, type Pages } from "./pages/answer-request.ts";
import { serviceDatabase } from "./service-database.ts";
import { type KeptKey, keyBeside } from "./told/encryption-key.ts";
import { createMetrics } from "./pages/metrics.ts";
import { readinessOf } from "./pages/readiness.ts";
import type { ServiceConfig } from "./told/read-variables.ts";

/** What a service works with beside what it was told. */
export interface ServiceTools {
  /** Where a database without a path lies. */
  readonly folder: string;
  readonly log: Logger;
  /** 32 bytes as base64url. */
  readonly newKey: () => string;
}

/** A service that listens. */
export interface Service {
  /** Takes no more calls, lets those under way end, hands its sessions over, and brings what waits to the app. */
  stop(): Promise<void>;
}

/** So long answers that are ready are waited for, in milliseconds, before their connections are closed. */
const LAST_ANSWERS_MS = 1000;

/** Starts it: it listens before any session is opened, so that a second one on the same port opens none. */
export async function startService(config: ServiceConfig, { folder, log, newKey }: ServiceTools): Promise<Service> {
  const { host, port, app, allowHttp, secrets, name, metricsToken, waitForAppMs, whatsapp } = config;
  const { storage, file } = await serviceDatabase(config, folder, log);
  const key = config.encryptionKeys === undefined && file !== undefined ? keyBeside(file, newKey) : undefined;
  const bridge = createBridge({
    app,
    secrets,
    name,
    storage,
    encryptionKeys: config.encryptionKeys ?? key?.encryptionKeys,
    whatsapp,
    waitForAppMs,
    allowHttp,
    log,
  });
  if (key !== undefined) tellOfKey(key, log);
  let state: "starting" | "runs" | "stopping" = "starting";
  const now = (): number => storage.now?.() ?? systemClock.now();
  const pages: Pages = {
    bridge,
    name,
    app,
    metricsToken,
    state: () => state,
    readiness: () => readinessOf(storage.sessions, systemClock),
    metrics: await createMetrics({ bridge, storage, now }),
  };
  const server = await serve(pages, log);
  try {
    await listen(server, port, host);
    await bridge.start();
  } catch (error) {
    server.closeAllConnections();
    server.close();
    await storage.close();
    throw error;
  }
  state = "runs";
  const { port: taken } = server.address() as AddressInfo;
  log.info({ name, app, host, port: taken }, `the bridge runs, and listens at ${addressOf(host, taken)}`);
  void tellWhetherTheAppAnswers(bridge, log);
  return {
    async stop() {
      state = "stopping";
      const closed = new Promise<void>((done) => void server.close(() => done()));
      await bridge.stop();
      server.closeIdleConnections();
      await Promise.race([closed, pause(systemClock, LAST_ANSWERS_MS)]);
      server.closeAllConnections();
      await storage.close();
      log.info({ name }, "the bridge has stopped");
    },
  };
}

function tellOfKey({ file, isNew }: KeptKey, log: Logger): void {
  const keep = "Keep a copy of it, and not beside a copy of the database: without it every phone has to be linked anew";
  if (isNew) log.warn({ file }, `the key that seals the sessions was made and is kept in this file. ${keep}`);
  else log.info({ file }, `the key that seals the sessions is read from this file. ${keep}`);
}

async function serve(pages: Pages, log: Logger): Promise<Server> {
  const { toNode } = await import("@wadesk/webhooks/node");
  const answer = async (asked: Asked): Promise<Response> => {
    try {
      return await answerRequest(pages, asked);
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : "unknown" }, "a page of the bridge could not be made");
      return new Response("The page could not be made; the bridge's log says why.\n", { status: 500 });
    }
  };
  const server = createServer((incoming, outgoing) =>
    toNode((request) => answer({ request, isLocal: isLocal(incoming) }))(incoming, outgoing),
  );
  // a large file may take longer than Node's five minutes; it ends when it stands still, and of a stranger no body is read
  server.requestTimeout = 0;
  return server;
}

// a proxy on this machine speaks for anybody
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const isForwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].some((name) => headers[name] !== undefined);
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done());
  });
}

async function tellWhetherTheAppAnswers(bridge: Bridge, log: Logger): Promise<void> {
  const { reached, app, reason } = await bridge.askApp();
  if (reached === "yes") return log.info({ app }, "the app answers, and the shared secret is the same on both sides");
  log.warn({ app, reason }, "the app does not answer as it should; what comes in waits here until it does");
}

function addressOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((done) => void clock.after(delayMs, done, "hold"));
}
