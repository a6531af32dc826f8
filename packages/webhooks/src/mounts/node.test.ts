import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type MountHost, mountContract } from "@wadesk/testing/contracts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { toNode } from "./node.ts";

async function listen(listener: RequestListener): Promise<MountHost & { readonly server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

mountContract("toNode", (handlers, { bodyEaten }) =>
  listen(async (incoming, outgoing) => {
    if (bodyEaten) for await (const _chunk of incoming);
    const handler = handlers.find(({ path }) => incoming.url?.startsWith(path));
    toNode(handler?.handle ?? (async () => new Response(null, { status: 404 })))(incoming, outgoing);
  }),
);

describe("toNode", () => {
  const hosts: MountHost[] = [];
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(hosts.splice(0).map((host) => host.close()));
  });
  const serve = async (handler: (request: Request) => Promise<Response>, prepare: (incoming: object) => void = () => undefined) => {
    const host = await listen((incoming, outgoing) => {
      prepare(incoming);
      toNode(handler)(incoming, outgoing);
    });
    hosts.push(host);
    return host;
  };

  it("takes the bytes that a platform has kept in rawBody, as bytes or as text", async () => {
    for (const rawBody of ["é", new TextEncoder().encode("é"), runInNewContext("Uint8Array.of(0xc3, 0xa9)")]) {
      const { origin } = await serve(
        async (request) => new Response(await request.arrayBuffer()),
        (incoming) => void Object.assign(incoming, { rawBody }),
      );
      expect(await (await fetch(origin, { method: "POST", body: "other" })).text()).toBe("é");
    }
  });

  it("answers 500 without detail, and says on the console why, when a handler fails", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue(undefined);
    const { origin } = await serve(async () => {
      throw new Error("the host's own");
    });
    const answer = await fetch(origin);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    expect(said).toHaveBeenCalledOnce();
  });

  it.each([
    ["GET //evil.example/path HTTP/1.1", "http://good.example//evil.example/path"],
    ["GET http://evil.example/path?q HTTP/1.1", "http://good.example/path?q"],
    ["OPTIONS * HTTP/1.1", "http://good.example/"],
  ])("never takes the host from the request line: %s", async (line, url) => {
    const { server } = await serve(async (request) => new Response(request.url));
    expect(await send(server, `${line}\r\nHost: good.example\r\nConnection: close\r\n\r\n`)).toContain(url);
  });

  it.each(["a b", "a/b", "user@a", "a:99999", ""])("survives the host %j", async (host) => {
    const { server } = await serve(async (request) => new Response(request.url));
    const answer = await send(server, `GET /path HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toContain("http://localhost/path");
  });

  it("answers TRACE, of which fetch makes no request, with 501", async () => {
    const { server } = await serve(async () => new Response("never"));
    expect(await send(server, "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toContain("501");
  });

  it("keeps a cookie that was set before the handler ran", async () => {
    const { origin } = await serve(
      async () => new Response(null, { headers: { "set-cookie": "b=2" } }),
      () => undefined,
    );
    expect((await fetch(origin)).headers.getSetCookie()).toEqual(["b=2"]);
    const host = await listen((incoming, outgoing) => {
      outgoing.setHeader("set-cookie", "a=1");
      toNode(async () => new Response(null, { headers: { "set-cookie": "b=2" } }))(incoming, outgoing);
    });
    hosts.push(host);
    expect((await fetch(host.origin)).headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("tells a handler that has let go of its request when the client hangs up", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    let aborted = false;
    const { origin } = await serve(async ({ signal }) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return new Response(new ReadableStream());
    });
    const hangUp = new AbortController();
    await fetch(origin, { signal: hangUp.signal });
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    hangUp.abort();
    await expect.poll(() => aborted).toBe(true);
  });

  it("ends an upload that was broken off before the handler began to read", async () => {
    let outcome: unknown;
    let report = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      report = resolve;
    });
    const { server } = await serve(async (request) => {
      await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      outcome = await request.text().catch(() => "broken");
      report();
      return new Response(null);
    });
    const { connect } = await import("node:net");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    server.once("request", () => socket.destroy());
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    await ended;
    expect(outcome).toBe("broken");
  });
});

async function send(server: Server, text: string): Promise<string> {
  const { connect } = await import("node:net");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}
