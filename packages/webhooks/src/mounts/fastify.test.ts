import { type MountHost, mountContract } from "@wadesk/testing/contracts";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { markUnmatched } from "../answer.ts";
import { toFastify } from "./fastify.ts";

async function listen(app: FastifyInstance): Promise<MountHost> {
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  return { origin, close: () => app.close() };
}

const newApp = (): FastifyInstance => fastify({ forceCloseConnections: true });

mountContract("toFastify", async (handlers, { bodyEaten }) => {
  const app = newApp();
  if (bodyEaten) {
    app.addHook("preParsing", async (_request, _reply, payload) => {
      for await (const _chunk of payload);
      return payload;
    });
  }
  for (const { path, handle } of handlers) await app.register(toFastify(handle), { prefix: path });
  return listen(app);
});

describe("toFastify", () => {
  const hosts: MountHost[] = [];
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
  });
  const serve = async (prepare: (app: FastifyInstance) => unknown): Promise<string> => {
    const app = newApp();
    await prepare(app);
    const host = await listen(app);
    hosts.push(host);
    return host.origin;
  };
  const post = { method: "POST", body: '{"a": "é \\/"}', headers: { "content-type": "application/json" } };
  const echo = toFastify(async (request) => new Response(await request.text(), { headers: { path: new URL(request.url).pathname } }));

  it.each([
    ["the root", (app: FastifyInstance) => app.register(echo)],
    ["a prefix", (app: FastifyInstance) => app.register(echo, { prefix: "/webhooks" })],
    ["the whole path as its prefix", (app: FastifyInstance) => app.register(echo, { prefix: "/webhooks/whatsapp/inbound" })],
    ["a prefix below a prefix", (app: FastifyInstance) => app.register((inner) => inner.register(echo), { prefix: "/webhooks" })],
    [
      "a prefix after parsers of the app's own",
      (app: FastifyInstance) => {
        app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
        return app.register(echo, { prefix: "/webhooks" });
      },
    ],
  ])("shows the path as it was called at %s, and the bytes as they were sent", async (_way, mount) => {
    const answer = await fetch(`${await serve(mount)}/webhooks/whatsapp/inbound`, post);
    expect([answer.headers.get("path"), await answer.text()]).toEqual(["/webhooks/whatsapp/inbound", post.body]);
  });

  it("shows the URL as it was called where the app rewrites it", async () => {
    const app = fastify({ forceCloseConnections: true, rewriteUrl: ({ url = "/" }) => url.replace("/tenant-7", "") });
    await app.register(echo, { prefix: "/webhooks" });
    const host = await listen(app);
    hosts.push(host);
    const answer = await fetch(`${host.origin}/tenant-7/webhooks/inbound`, post);
    expect(answer.headers.get("path")).toBe("/tenant-7/webhooks/inbound");
  });

  it("takes the bytes that a plugin of the app's has kept in rawBody", async () => {
    const origin = await serve((app) => {
      app.addHook("preParsing", async (request, _reply, payload) => {
        const chunks: Buffer[] = [];
        for await (const chunk of payload) chunks.push(chunk as Buffer);
        Object.assign(request, { rawBody: Buffer.concat(chunks) });
        return payload;
      });
      return app.register(echo);
    });
    expect(await (await fetch(origin, post)).text()).toBe(post.body);
  });

  it("leaves the app's other routes, their parsers and their limit alone", async () => {
    const mine = toFastify(async (request) => {
      const answer = new Response("mine");
      return new URL(request.url).pathname === "/webhooks/whatsapp/inbound" ? answer : markUnmatched(answer);
    });
    const origin = await serve(async (app) => {
      await app.register(mine);
      await app.register(mine, { prefix: "/webhooks" });
      app.setNotFoundHandler((_request, reply) => reply.code(404).send("the app's own"));
      app.get("/", async () => "home");
      for (const path of ["/orders", "/webhooks/stripe"]) app.post(path, { bodyLimit: 100 }, async ({ body }) => ({ parsed: body }));
    });
    expect(await (await fetch(`${origin}/webhooks/whatsapp/inbound`, post)).text()).toBe("mine");
    expect(await (await fetch(origin)).text()).toBe("home");
    for (const path of ["/orders", "/webhooks/stripe"]) {
      expect(await (await fetch(origin + path, post)).json()).toEqual({ parsed: { a: "é /" } });
      expect((await fetch(origin + path, { ...post, body: `"${"x".repeat(100)}"` })).status).toBe(413);
    }
    for (const path of ["/elsewhere", "/webhooks", "/webhooks/other"]) {
      const answer = await fetch(origin + path, post);
      expect([answer.status, await answer.text()]).toEqual([404, "the app's own"]);
    }
  });

  it("hands a handler's failure to the app's own error handling", async () => {
    const failing = toFastify(async () => {
      throw new Error("the host's own");
    });
    const origin = await serve((app) => {
      app.setErrorHandler<Error>((error, _request, reply) => reply.code(599).send(error.message));
      return app.register(failing);
    });
    const answer = await fetch(origin);
    expect([answer.status, await answer.text()]).toEqual([599, "the host's own"]);
  });

  it("runs the app's hooks before and after, and keeps the headers that they set", async () => {
    const ran: string[] = [];
    const origin = await serve((app) => {
      app.addHook("onRequest", async (_request, reply) => void reply.header("x-cors", "yes").header("set-cookie", "a=1"));
      app.addHook("preHandler", async (request, reply) => {
        if (request.headers.authorization === undefined) await reply.code(401).send("who are you?");
      });
      app.addHook("onResponse", async (_request, reply) => void ran.push(`onResponse ${reply.statusCode}`));
      return app.register(toFastify(async () => new Response("in", { status: 207, headers: { "set-cookie": "b=2" } })));
    });
    const answer = await fetch(origin, { headers: { authorization: "me" } });
    expect([answer.status, answer.headers.get("x-cors"), answer.headers.getSetCookie()]).toEqual([207, "yes", ["a=1", "b=2"]]);
    expect((await fetch(origin)).status).toBe(401);
    expect(ran[0]).toBe("onResponse 207");
  });

  it("answers an injected request, as the app's own tests make them", async () => {
    const app = newApp();
    await app.register(echo, { prefix: "/webhooks" });
    const answer = await app.inject({ method: "POST", url: "/webhooks/whatsapp/inbound", payload: post.body });
    expect([answer.statusCode, answer.headers.path, answer.body]).toEqual([200, "/webhooks/whatsapp/inbound", post.body]);
  });
});
