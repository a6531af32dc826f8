import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { signMeta } from "@wadesk/testing";
import express from "express";
import fastify from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { createWebhookHandler, type WebhookHandler } from "../handler.ts";
import { echoInbound, SECRET } from "../testing/echo-inbound.ts";
import { toExpress } from "./express.ts";
import { toFastify } from "./fastify.ts";
import { toNext } from "./next.ts";
import { toNode } from "./node.ts";

const WAYS: readonly [string, (handler: WebhookHandler) => RequestListener | Promise<RequestListener>][] = [
  ["node:http", toNode],
  ["Express", (handler) => express().use(toExpress(handler))],
  [
    "Fastify",
    async (handler) => {
      const app = fastify();
      await app.register(toFastify(handler), { prefix: "/webhooks" });
      await app.ready();
      return (incoming, outgoing) => app.routing(incoming, outgoing);
    },
  ],
  ["a route handler of Next.js", (handler) => toNode(toNext(handler).POST)],
];

const HEAD = "POST /webhooks/whatsapp/inbound HTTP/1.1\r\nHost: chat.example.com\r\nContent-Type: application/json\r\n";

describe.each(WAYS)("an upload over %s", (_way, listener) => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const open = async (): Promise<Socket> => {
    const server = createServer(await listener(createWebhookHandler(echoInbound().wadesk)));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return connect((server.address() as AddressInfo).port, "127.0.0.1");
  };
  const answerOf = async (socket: Socket): Promise<string> => String((await once(socket, "data"))[0]);

  it.each([
    ["chunked", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"],
    ["of a length that it never reaches", "Content-Length: 1000000\r\n\r\nx"],
  ])("that nobody signed is answered whole at once, told to stop, and let go: %s", async (_how, rest) => {
    const socket = await open();
    socket.write(HEAD + rest);
    let answer = await answerOf(socket);
    // head and body may come apart
    if (answer.endsWith("\r\n\r\n")) answer += await answerOf(socket);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1.1 401 /);
    expect(head.toLowerCase()).toContain("\r\nconnection: close");
    expect(body).toHaveLength(Number(/content-length: (\d+)/i.exec(head)?.[1]));
    // a client that was told to stop, and does
    socket.end();
    await once(socket, "close");
  });

  it("that was complete leaves the connection open for the next one, signed or not", async () => {
    const socket = await open();
    const signature = `X-Hub-Signature-256: ${signMeta('{"a":1}', SECRET)}\r\n`;
    for (const [headers, status] of [
      ["", "401"],
      [signature, "200"],
      ["", "401"],
      [signature, "200"],
    ] as const) {
      socket.write(`${HEAD}${headers}Content-Length: 7\r\n\r\n{"a":1}`);
      const answer = await answerOf(socket);
      expect(answer).toContain(`HTTP/1.1 ${status}`);
      expect(answer.toLowerCase()).not.toContain("connection: close");
      if (status === "401" && answer.endsWith("\r\n\r\n")) await answerOf(socket);
    }
    socket.destroy();
  });
});
