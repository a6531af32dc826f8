import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { UploadRequest } from "../api/workspace.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const TEXT = "a picture";
const BYTES = new TextEncoder().encode(TEXT);
const SHA256 = createHash("sha256").update(TEXT).digest("hex");

interface World extends EchoWorld {
  readonly acme: ReturnType<EchoWorld["wadesk"]["workspace"]>;
  readonly id: string;
}

async function world(options: Parameters<typeof openEcho>[0] = {}): Promise<World> {
  const echo = openEcho({ files: "in and out", ...options });
  const acme = echo.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  return { ...echo, acme, id };
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "answered",
    (error: unknown) => (isWadeskError(error) ? error.code : error),
  );
const pieces = async function* (...all: readonly unknown[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield (typeof piece === "string" ? new TextEncoder().encode(piece) : piece) as Uint8Array;
};

describe("an upload", () => {
  it.each<[string, UploadRequest["data"], number | undefined]>([
    ["a Uint8Array", BYTES, 9],
    ["a Buffer", Buffer.from(TEXT), 9],
    ["a Blob", new Blob([TEXT]), 9],
    ["a web stream", new Blob([TEXT]).stream(), undefined],
    ["an async iterable", pieces("a pic", "", "ture"), undefined],
    ["a stream of Node's", Readable.from([Buffer.from("a pic"), Buffer.from("ture")]), undefined],
  ])("takes %s, and answers a reference that can be sent", async (_name, data, sizeBytes) => {
    const { acme, id, vendor } = await world();
    const uploaded = await acme.media.upload({ data, mimeType: "image/png", fileName: "a.png" });
    expect(uploaded).toEqual({ media: { id: "file-1", mimeType: "image/png", sha256: SHA256 }, connectionId: id, sizeBytes: 9 });
    expect(vendor.brought).toEqual([
      { mimeType: "image/png", fileName: "a.png", bytes: BYTES, ...(sizeBytes !== undefined && { sizeBytes }) },
    ]);
    await acme.send({ to: "+4915100000001", content: { kind: "image", media: uploaded.media } });
    expect(vendor.sent[0]?.content).toMatchObject({ media: { id: "file-1" } });
  });

  it("goes over the connection that is named, which must be this workspace's and connected", async () => {
    const { wadesk, acme } = await world();
    const second = await acme.connect("echo", { number: "+222", token: "tok-2" });
    const file = { data: BYTES, mimeType: "image/png" };
    expect((await acme.media.upload({ ...file, from: second.id })).connectionId).toBe(second.id);
    expect(await codeOf(wadesk.workspace("rival").media.upload({ ...file, from: second.id }))).toBe("connection_not_found");
    await acme.disconnect(second.id);
    expect(await codeOf(acme.media.upload({ ...file, from: second.id }))).toBe("not_connected");
  });

  it.each(["in", undefined] as const)("is refused with what to do instead where the channel takes none", async (files) => {
    const { acme } = await world({ files });
    const error: unknown = await acme.media.upload({ data: BYTES, mimeType: "image/png" }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "content_unsupported" });
    expect(String(error)).toContain("send { url }");
  });
});

describe("a file that is too large for its vendor", () => {
  it("is refused before anything is read, where its size is known", async () => {
    const { acme, vendor } = await world();
    vendor.largest = 8;
    expect(await codeOf(acme.media.upload({ data: BYTES, mimeType: "image/png" }))).toBe("media_too_large");
    expect(await codeOf(acme.media.upload({ data: new Blob([TEXT]), mimeType: "image/png" }))).toBe("media_too_large");
    vendor.largest = 9;
    expect(await codeOf(acme.media.upload({ data: BYTES, mimeType: "image/png" }))).toBe("answered");
  });

  it("is broken off while it is read, and the rest of it is not asked for", async () => {
    const { acme, vendor } = await world();
    vendor.largest = 8;
    let asked = 0;
    let closed = false;
    const data = (async function* () {
      try {
        for (;;) {
          asked += 1;
          yield new Uint8Array(4);
        }
      } finally {
        closed = true;
      }
    })();
    expect(await codeOf(acme.media.upload({ data, mimeType: "image/png" }))).toBe("media_too_large");
    expect([asked, closed, vendor.brought]).toEqual([3, true, []]);
  });
});

describe("data that fails", () => {
  it("rejects with its own reason", async () => {
    const { acme } = await world();
    const reason = new Error("the disk is gone");
    const data = (async function* () {
      yield BYTES;
      throw reason;
    })();
    expect(await codeOf(acme.media.upload({ data, mimeType: "image/png" }))).toBe(reason);
  });

  it("is given up after 30 seconds in which nothing moved, and not while pieces come", async () => {
    const { acme, clock } = await world();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const data = (async function* () {
      for (const gate of gates) {
        await gate.promise;
        yield BYTES;
      }
    })();
    const ended: unknown[] = [];
    const uploading = codeOf(acme.media.upload({ data, mimeType: "image/png" })).then((code) => ended.push(code));
    for (const gate of gates.slice(0, 2)) {
      await clock.advance(29_000);
      gate.resolve();
    }
    await clock.advance(29_999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    await uploading;
    expect(ended).toEqual(["media_unavailable"]);
  });

  it("is given up when its owner says so, with the owner's reason", async () => {
    const { acme } = await world();
    const owner = new AbortController();
    const data = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const uploading = codeOf(acme.media.upload({ data, mimeType: "image/png", signal: owner.signal }));
    owner.abort("no more");
    expect(await uploading).toBe("no more");
  });

  it("whose vendor does not wait for its end is not taken for brought", async () => {
    const { acme, vendor } = await world();
    vendor.onUpload = async ({ stream }) => {
      await stream.getReader().read();
      return { id: "1" };
    };
    expect(await codeOf(acme.media.upload({ data: pieces("a", "b"), mimeType: "image/png" }))).toBe("media_corrupt");
  });
});

describe("an upload that is asked for wrongly", () => {
  const locked = new Blob([TEXT]).stream();
  locked.getReader();
  it.each<[string, unknown]>([
    ["data", { mimeType: "image/png" }],
    ["data", { data: TEXT, mimeType: "image/png" }],
    ["data", { data: BYTES.buffer, mimeType: "image/png" }],
    ["data", { data: new Uint8Array(), mimeType: "image/png" }],
    ["data", { data: new Blob([]), mimeType: "image/png" }],
    ["data", { data: pieces(), mimeType: "image/png" }],
    ["data", { data: pieces(7), mimeType: "image/png" }],
    ["data", { data: locked, mimeType: "image/png" }],
    ["mimeType", { data: BYTES }],
    ["mimeType", { data: BYTES, mimeType: "png" }],
    ["mimeType", { data: BYTES, mimeType: "image/png\r\nx-more: 1" }],
    ["idleMs", { data: BYTES, mimeType: "image/png", idleMs: 0 }],
    ["filename", { data: BYTES, mimeType: "image/png", filename: "a.png" }],
    ["signal", { data: BYTES, mimeType: "image/png", signal: 1 }],
  ])("names the field %s, and nothing is brought", async (field, request) => {
    const { acme, vendor } = await world();
    const error: unknown = await acme.media.upload(request as never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "input_invalid", issues: [{ field }] });
    expect(vendor.brought).toEqual([]);
  });
});
