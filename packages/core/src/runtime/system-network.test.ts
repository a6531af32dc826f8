import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pinnedFetch, systemLookup } from "./system-network.ts";

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function listen(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  server.unref();
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const fetchAt = (url: string, signal: AbortSignal = new AbortController().signal, headers = new Headers()): Promise<Response> => {
  const pinned = pinnedFetch();
  if (pinned === undefined) throw new Error("Node has its own client");
  return pinned(new URL(url), ["127.0.0.1"], { headers, signal });
};

describe("a fetch that is pinned to an address", () => {
  it("reaches it whatever the name leads to, and names the host as it was written", async () => {
    const port = await listen(({ headers }, outgoing) => void outgoing.end(`${headers.host} ${headers.accept}`));
    const response = await fetchAt(`http://files.invalid:${port}/a`, undefined, new Headers({ accept: "*/*" }));
    expect([response.status, await response.text()]).toEqual([200, `files.invalid:${port} */*`]);
  });

  it("answers a redirect as it is, and drops what other answers say", async () => {
    const port = await listen((_incoming, outgoing) => void outgoing.writeHead(302, { location: "/b" }).end("moved"));
    const response = await fetchAt(`http://files.invalid:${port}/a`);
    expect([response.status, response.headers.get("location"), await response.text()]).toEqual([302, "/b", ""]);
  });

  it("takes no more than is read, and hangs up when the stream is cancelled", async () => {
    const hungUp = Promise.withResolvers<void>();
    let written = 0;
    const port = await listen((_incoming, outgoing) => {
      outgoing.once("close", hungUp.resolve);
      const piece = Buffer.alloc(64 * 1024);
      const write = (): void => {
        while (!outgoing.destroyed && outgoing.write(piece)) written += piece.length;
        written += piece.length;
      };
      outgoing.on("drain", write);
      write();
    });
    const { body } = await fetchAt(`http://files.invalid:${port}/a`);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await hungUp.promise;
    // a few buffers of the machine's, not a file without end
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it("hangs up where the stream is cancelled before anything was read", async () => {
    const hungUp = Promise.withResolvers<void>();
    const port = await listen((_incoming, outgoing) => {
      outgoing.once("close", hungUp.resolve);
      outgoing.write("a");
    });
    const { body } = await fetchAt(`http://files.invalid:${port}/a`);
    await body?.cancel();
    await hungUp.promise;
  });

  it("fails where fewer bytes come than its head said, and takes no more than that", async () => {
    const short = await listen((_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-length": "10" });
      outgoing.write("12345", () => outgoing.destroy());
    });
    await expect((await fetchAt(`http://files.invalid:${short}/a`)).text()).rejects.toThrow();
    const long = createNetServer((socket) => {
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n12345");
    }).listen(0, "127.0.0.1");
    await once(long, "listening");
    const { port } = long.address() as AddressInfo;
    const told = await (await fetchAt(`http://files.invalid:${port}/a`)).text().catch(() => "refused");
    long.close();
    expect(["123", "refused"]).toContain(told);
  });

  it("fails where nobody answers, and ends with its signal", async () => {
    const port = await listen(() => {});
    const owner = new AbortController();
    const waiting = fetchAt(`http://files.invalid:${port}/a`, owner.signal);
    owner.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    for (const server of servers) server.closeAllConnections();
    servers[0]?.close();
    await expect(fetchAt(`http://files.invalid:${port}/a`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

const refuse = (): never => {
  throw new Error("not in this runtime");
};

describe("a runtime without Node's modules", () => {
  it.each([
    ["no process", undefined],
    ["a process whose functions throw", { env: {}, getBuiltinModule: refuse }],
  ])("has no fetch to pin, and refuses strangers' addresses by name until it is given a lookup: %s", async (_name, fake) => {
    vi.stubGlobal("process", fake);
    expect(pinnedFetch()).toBeUndefined();
    await expect(systemLookup("files.example")).rejects.toMatchObject({ code: "media_address_refused" });
    await expect(systemLookup("files.example")).rejects.toThrow("pass lookup to createWadesk");
  });
});

it("the machine's own resolver knows its hosts file", async () => {
  expect(await systemLookup("localhost")).toEqual(expect.arrayContaining([expect.stringMatching(/^(127\.0\.0\.1|::1)$/)]));
});
