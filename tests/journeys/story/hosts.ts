import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toNode } from "@wadesk/webhooks/node";
import type express from "express";
import { createApp } from "../../../examples/express/app.ts";
import type { Client } from "../../../examples/app/server/index.ts";
import { inItsOwnProcess, inProcess, type StartHost } from "./host.ts";
import { type OwnRoutes, ownRoutes } from "./own-routes.ts";

// its types would be a second set of the same name
const express4 = createRequire(import.meta.url)("express4") as typeof express;

const FASTIFY = fileURLToPath(new URL("../../../examples/fastify", import.meta.url));

// a built copy of examples/nextjs; `pnpm check` makes one for each major
const nextApp = process.env.WADESK_NEXT_APP;

/** The built Next.js, where there is one. */
export const nextHost: StartHost | undefined =
  nextApp === undefined
    ? undefined
    : inItsOwnProcess(nextApp, "Ready in", (port) => ["node_modules/.bin/next", "start", "-H", "127.0.0.1", "-p", `${port}`]);

/** Every way in which an application may be built: the examples, and what has no example. With a built Next.js at hand, that one alone. */
export const HOSTS: readonly (readonly [framework: string, start: StartHost])[] =
  nextHost === undefined
    ? [
        ["Express 5", inProcess(createApp)],
        ["Express 4", inProcess(olderApp)],
        ["Fastify 5", inItsOwnProcess(FASTIFY, "Listening on", () => [process.execPath, "server.ts"])],
        ["node:http", inProcess(plainApp)],
      ]
    : [["Next.js", nextHost]];

function olderApp(wadesk: Client): RequestListener {
  const app = express4();
  app.use(toExpress(createWebhookHandler(wadesk)));
  app.use(express4.json());
  const own = ownRoutes(wadesk);
  const serve = (route: keyof OwnRoutes, status: number): express.RequestHandler => {
    // Express 4 does not look at what a handler's promise comes to
    return (request, response, next) => void own[route](request.body).then((value) => response.status(status).json(value), next);
  };
  app.route("/connections").post(serve("connect", 201)).get(serve("list", 200));
  app.post("/messages", serve("send", 202));
  return app;
}

function plainApp(wadesk: Client): RequestListener {
  const webhooks = createWebhookHandler(wadesk);
  const own = ownRoutes(wadesk);
  return toNode(async (request) => {
    const called = `${request.method} ${new URL(request.url).pathname}`;
    if (called === "GET /connections") return Response.json(await own.list());
    if (called === "POST /connections") return Response.json(await own.connect(await request.json()), { status: 201 });
    if (called === "POST /messages") return Response.json(await own.send(await request.json()), { status: 202 });
    return webhooks(request);
  });
}
