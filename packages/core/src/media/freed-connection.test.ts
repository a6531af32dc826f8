import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { codeOf } from "../testing/echo-downloads.ts";
import { openEcho } from "../testing/open-echo.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A vendor over real HTTP that serves a file without end, takes what is brought, and tells when a connection of its own has ended. */
async function openWorld() {
  const ended = Promise.withResolvers<void>();
  const whole = Promise.withResolvers<boolean>();
  const server = createServer((incoming, outgoing) => {
    outgoing.once("close", ended.resolve);
    if (incoming.method === "POST") {
      incoming.resume().once("close", () => whole.resolve(incoming.complete));
      return;
    }
    const piece = Buffer.alloc(64 * 1024);
    const write = (): void => {
      while (!outgoing.destroyed && outgoing.write(piece));
    };
    outgoing.on("drain", write);
    write();
  }).listen(0, "127.0.0.1");
  servers.push(server);
  server.unref();
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { wadesk, vendor } = openEcho({ files: "in and out" });
  const acme = wadesk.workspace("acme");
  await acme.connect("echo", { number: "+111", token: "tok-1" });
  vendor.onOpen = async (_reference, { fetchFile }) => {
    const { file } = await fetchFile({ url, isVendors: () => true });
    if (file === undefined) throw new Error("no file");
    return file;
  };
  vendor.onUpload = async ({ stream }, _connection, { signal }) => {
    const sending = { method: "POST", body: stream, signal, duplex: "half" } as const;
    await fetch(url, sending);
    return { id: "1" };
  };
  return { acme, ended: ended.promise, whole: whole.promise };
}

describe("the vendor's connection is free", () => {
  it("when a reader cancels half-way, or leaves its loop", async () => {
    const { acme, ended } = await openWorld();
    const { stream } = await acme.media.download({ id: "7" });
    for await (const piece of stream) if (piece.byteLength > 0) break;
    await ended;
  });

  it("when a download is cancelled before anything was read", async () => {
    const { acme, ended } = await openWorld();
    await (await acme.media.download({ id: "7" })).stream.cancel();
    await ended;
  });

  it("when more comes than may", async () => {
    const { acme, ended } = await openWorld();
    const { stream } = await acme.media.download({ id: "7" }, { maxBytes: 200_000 });
    expect(await codeOf(new Response(stream).arrayBuffer())).toBe("media_too_large");
    await ended;
  });

  it("when the owner gives a download up that nobody is reading", async () => {
    const { acme, ended } = await openWorld();
    const owner = new AbortController();
    await acme.media.download({ id: "7" }, { signal: owner.signal });
    owner.abort();
    await ended;
  });

  it("when data fails half-way on its way out, which the vendor does not take for a whole file", async () => {
    const { acme, ended, whole } = await openWorld();
    const reason = new Error("the disk is gone");
    async function* data(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1024 * 1024);
      throw reason;
    }
    expect(await codeOf(acme.media.upload({ data: data(), mimeType: "image/png" }))).toBe(reason);
    expect(await whole).toBe(false);
    await ended;
  });
});
