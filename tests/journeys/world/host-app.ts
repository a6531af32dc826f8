import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { WebhookHandler } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toFastify } from "@wadesk/webhooks/fastify";
import { toNode } from "@wadesk/webhooks/node";
import express from "express";
import fastify from "fastify";

// its types would be a second set of the same name
const express4 = createRequire(import.meta.url)("express4") as typeof express;

/** The ways a host application may be built. */
export const FRAMEWORKS = ["Express 5", "Express 4", "Fastify 5", "node:http"] as const;

/** One of them. */
export type Framework = (typeof FRAMEWORKS)[number];

/** A host application that listens on loopback. */
export interface HostApp {
  readonly origin: string;
  close(): Promise<void>;
}

/** Builds a host application around a webhook handler, with a JSON route of its own where it is a framework, and listens. */
export async function serveHost(
  handler: WebhookHandler,
  framework: Framework,
  onRequest: () => void = () => {},
  port = 0,
): Promise<HostApp> {
  const listener = await LISTENERS[framework](handler);
  const server = createServer((incoming, outgoing) => {
    onRequest();
    listener(incoming, outgoing);
  });
  await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) };
}

const LISTENERS: Readonly<Record<Framework, (handler: WebhookHandler) => RequestListener | Promise<RequestListener>>> = {
  "Express 5": (handler) => expressApp(express, handler),
  "Express 4": (handler) => expressApp(express4, handler),
  "Fastify 5": fastifyApp,
  "node:http": toNode,
};

function expressApp(framework: typeof express, handler: WebhookHandler): RequestListener {
  const app = framework();
  app.use(toExpress(handler));
  app.use(framework.json());
  app.post("/orders", (request, response) => void response.json({ ordered: request.body }));
  return app;
}

async function fastifyApp(handler: WebhookHandler): Promise<RequestListener> {
  const app = fastify();
  await app.register(toFastify(handler));
  app.post("/orders", async ({ body }) => ({ ordered: body }));
  await app.ready();
  return (incoming, outgoing) => app.routing(incoming, outgoing);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
