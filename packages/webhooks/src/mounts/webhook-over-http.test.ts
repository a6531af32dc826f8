import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { signMeta } from "@wadesk/testing";
import express5 from "express";
import express4 from "express4";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { createWebhookHandler, type WebhookHandler } from "../handler.ts";
import { type EchoOptions, echoInbound, SECRET, VERIFY_TOKEN } from "../testing/echo-inbound.ts";
import { toExpress } from "./express.ts";
import { toFastify } from "./fastify.ts";
import { type NextMethod, toNext } from "./next.ts";
import { toNode } from "./node.ts";

type App = (handler: WebhookHandler) => RequestListener | Promise<RequestListener>;

const onExpress =
  (express: typeof express5, ...before: ((app: express5.Express) => unknown)[]): App =>
  (handler) => {
    const app = express();
    for (const prepare of before) prepare(app);
    app.use(toExpress(handler)).use(express.json());
    app.post("/orders", (request, response) => void response.json(request.body));
    return app;
  };
const older = express4 as unknown as typeof express5;

const onFastify =
  (prepare: (app: FastifyInstance) => void = () => undefined): App =>
  async (handler) => {
    const app = fastify();
    prepare(app);
    await app.register(toFastify(handler));
    app.post("/orders", async (request) => request.body);
    await app.ready();
    return (incoming, outgoing) => app.routing(incoming, outgoing);
  };

const onNext =
  (prepare: (request: Request) => Promise<unknown> = async () => undefined): App =>
  (handler) => {
    const routes = toNext(handler);
    return toNode(async (request) => {
      await prepare(request);
      return routes[request.method as NextMethod](request);
    });
  };

const WAYS: [string, App, App][] = [
  [
    "node:http",
    toNode,
    (handler) => async (incoming, outgoing) => {
      for await (const _chunk of incoming);
      toNode(handler)(incoming, outgoing);
    },
  ],
  ["Express 5", onExpress(express5), onExpress(express5, (app) => app.use(express5.json()))],
  ["Express 4", onExpress(older), onExpress(older, (app) => app.use(older.json()))],
  [
    "Fastify",
    onFastify(),
    onFastify((app) => {
      app.addHook("preParsing", async (_request, _reply, payload) => {
        for await (const _chunk of payload);
        return payload;
      });
    }),
  ],
  ["a route handler of Next.js", onNext(), onNext((request) => request.json())],
];

const PATH = "/webhooks/whatsapp/inbound";
const BODY = '{ "text": "\\u00e9 é \\/" }';

describe.each(WAYS)("a webhook over %s", (way, app, appThatEats) => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const serve = async (build: App = app, options: EchoOptions = {}) => {
    const { wadesk, received, lines } = echoInbound(options);
    const server = createServer(await build(createWebhookHandler(wadesk, { bodyLimit: 100_000 })));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, lines };
  };
  const post = (origin: string, body: BodyInit = BODY, signed: string = BODY): Promise<Response> => {
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(signed, SECRET) };
    return fetch(origin + PATH, { method: "POST", body, headers, duplex: "half" } as RequestInit);
  };
  const codeOf = async (answer: Response): Promise<[number, unknown]> => [answer.status, (await answer.json()).error.code];

  it("is verified over the bytes that were sent", async () => {
    const { origin, received } = await serve();
    expect((await post(origin)).status).toBe(200);
    expect(received).toMatchObject([{ events: [{ data: { raw: { text: "é é /" } } }] }]);
    expect(await codeOf(await post(origin, '{"text":"é é /"}'))).toEqual([401, "signature_invalid"]);
  });

  it("is refused with an explanation when a parser has eaten its body", async () => {
    const { origin, received, lines } = await serve(appThatEats);
    expect(await codeOf(await post(origin))).toEqual([500, "raw_body_missing"]);
    expect([received, lines]).toMatchObject([[], [{ level: "error" }]]);
  });

  it("is refused over the limit, whether it says its length or not, and the next one is served", async () => {
    const { origin, received } = await serve();
    const large = "x".repeat(1_000_000);
    const chunked = new Blob([large]).stream();
    for (const body of [large, chunked]) expect(await codeOf(await post(origin, body, large))).toEqual([413, "body_too_large"]);
    expect((await post(origin)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it("answers the challenge, and other methods with what it takes", async () => {
    const { origin } = await serve();
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "42" });
    expect(await (await fetch(`${origin}${PATH}?${query}`)).text()).toBe("42");
    for (const method of ["HEAD", "OPTIONS", "DELETE"]) {
      const answer = await fetch(origin + PATH, { method });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }
  });

  it("leaves every other path to the app, where there is one", async () => {
    const { origin } = await serve();
    const order = { method: "POST", body: '{"id":7}', headers: { "content-type": "application/json" } };
    const answer = await fetch(`${origin}/orders`, order);
    if (["node:http", "a route handler of Next.js"].includes(way)) expect(await codeOf(answer)).toEqual([404, "not_found"]);
    else expect(await answer.json()).toEqual({ id: 7 });
  });
});
