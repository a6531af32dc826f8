import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toFastify } from "@wadesk/webhooks/fastify";
import { toNode } from "@wadesk/webhooks/node";
import express from "express";
import fastify from "fastify";
import { ACCOUNT, APP_SECRET, TOKENS } from "./accounts.ts";
import { DIRECT } from "./direct.ts";
import { startWatch, type Watch } from "./watch.ts";

// the process of an application that is attacked, with a heap of 64 MiB: `siege.ts` starts it, asks for what it has measured, and ends it

// whoever started it holds the other end; with it ends this
process.stdin.once("end", () => process.exit(1));

const silent = (): void => undefined;
const levels = { error: 0, warn: 0 };
const wadesk = createWadesk({
  channels: [
    cloudApi({ appId: "700000000000001", appSecret: APP_SECRET, verifyToken: "a-verify-token" }),
    twilio({ accountSid: ACCOUNT, authToken: TOKENS }),
  ],
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
  log: {
    debug: silent,
    info: silent,
    warn: () => {
      levels.warn += 1;
    },
    error: () => {
      levels.error += 1;
    },
  },
});
// small chunks are slow on a busy machine, and it is their end at the limit that is looked at
const handler = createWebhookHandler(wadesk, { bodyWithinMs: 60 * 60 * 1000 });

/** What any server does: takes the body, answers. The measure of this machine at this hour. */
async function floor(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  for await (const _chunk of incoming);
  outgoing.end("{}");
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const app = fastify();
await app.register(toFastify(handler), { prefix: "/webhooks" });
await app.ready();
const origins = {
  floor: await listen((incoming, outgoing) => void floor(incoming, outgoing)),
  node: await listen(toNode(handler)),
  express: await listen(express().use(toExpress(handler))),
  fastify: await listen((incoming, outgoing) => app.routing(incoming, outgoing)),
};
console.log(JSON.stringify(origins));

let watch: Watch | undefined;
for await (const line of createInterface(process.stdin)) {
  const [order = "", name = ""] = line.split(" ");
  if (order === "watch") {
    watch = startWatch(watch?.first);
    console.log("{}");
  }
  if (order === "direct") console.log(JSON.stringify(await DIRECT[name]?.(handler)));
  if (order === "tell") console.log(JSON.stringify({ ...watch?.end(), ...levels, counts: handler.counts().refused }));
}
