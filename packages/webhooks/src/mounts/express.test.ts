import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type MountHost, mountContract } from "@wadesk/testing/contracts";
import express5 from "express";
import express4 from "express4";
import { afterEach, describe, expect, it } from "vitest";
import { markUnmatched } from "../answer.ts";
import { toExpress } from "./express.ts";

// the parts of Express that its majors share; their own types differ in ways that do not matter here
const MAJORS = [
  ["5", express5],
  ["4", express4 as unknown as typeof express5],
] as const;

async function listen(app: express5.Express): Promise<MountHost> {
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

for (const [major, express] of MAJORS) {
  mountContract(`toExpress on Express ${major}`, (handlers, { bodyEaten }) => {
    const app = express();
    if (bodyEaten) app.use(express.json());
    for (const { path, handle } of handlers) app.use(path, toExpress(handle));
    return listen(app);
  });

  describe(`toExpress on Express ${major}`, () => {
    const hosts: MountHost[] = [];
    afterEach(async () => {
      await Promise.all(hosts.splice(0).map((host) => host.close()));
    });
    const serve = async (prepare: (app: express5.Express) => void): Promise<string> => {
      const app = express();
      prepare(app);
      const host = await listen(app);
      hosts.push(host);
      return host.origin;
    };
    const post = { method: "POST", body: '{"a": "é \\/"}', headers: { "content-type": "application/json" } };
    const echo = toExpress(async (request) => new Response(await request.text(), { headers: { path: new URL(request.url).pathname } }));

    it.each([
      ["app.use(handler)", (app: express5.Express) => void app.use(echo)],
      ["app.use(path, handler)", (app: express5.Express) => void app.use("/webhooks", echo)],
      ["app.all(path, handler)", (app: express5.Express) => void app.all("/webhooks/whatsapp/inbound", echo)],
      ["a router below a path", (app: express5.Express) => void app.use("/webhooks", express.Router().use("/whatsapp", echo))],
    ])("shows the path as it was called under %s", async (_way, mount) => {
      const answer = await fetch(`${await serve(mount)}/webhooks/whatsapp/inbound`, post);
      expect([answer.headers.get("path"), await answer.text()]).toEqual(["/webhooks/whatsapp/inbound", post.body]);
    });

    it.each([
      ["express.raw()", express.raw({ type: "*/*" })],
      [
        "express.json({ verify }) that keeps rawBody",
        express.json({ verify: (request, _, bytes) => void Object.assign(request, { rawBody: bytes }) }),
      ],
      ["express.urlencoded(), which is not for JSON", express.urlencoded({ extended: true })],
    ])("takes the raw bytes after %s", async (_parser, parser) => {
      const origin = await serve((app) => void app.use(parser).use(echo));
      expect(await (await fetch(origin, post)).text()).toBe(post.body);
    });

    it("leaves the app's other routes and their parsers alone, whether it is mounted before or between them", async () => {
      const mine = toExpress(async (request) => {
        const answer = new Response("mine");
        return new URL(request.url).pathname === "/webhooks/whatsapp/inbound" ? answer : markUnmatched(answer);
      });
      const origin = await serve((app) => {
        app.use("/webhooks", mine).use(mine).use(express.json());
        app.post("/webhooks/stripe", (request, response) => void response.json({ parsed: request.body }));
        app.post("/orders", (request, response) => void response.json({ parsed: request.body }));
      });
      expect(await (await fetch(`${origin}/webhooks/whatsapp/inbound`, post)).text()).toBe("mine");
      for (const path of ["/orders", "/webhooks/stripe"]) {
        expect(await (await fetch(origin + path, post)).json()).toEqual({ parsed: { a: "é /" } });
      }
    });

    it("hands a handler's failure to the app's own error handling", async () => {
      const origin = await serve((app) => {
        app.use(
          toExpress(async () => {
            throw new Error("the host's own");
          }),
        );
        const handle: express5.ErrorRequestHandler = (error: Error, _request, response, _next) =>
          void response.status(599).end(error.message);
        app.use(handle);
      });
      const answer = await fetch(origin);
      expect([answer.status, await answer.text()]).toEqual([599, "the host's own"]);
    });
  });
}
