import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { OpenedMedia } from "../ports/media.ts";
import { codeOf, source, downloadWorld as world } from "../testing/echo-downloads.ts";

const sha256Of = (text: string, encoding: "hex" | "base64" = "hex"): string => createHash("sha256").update(text).digest(encoding);

const read = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();
const file = { id: "7", mimeType: "image/png" };

describe("a download", () => {
  it("answers the file with what its vendor says of it, the hash in hex", async () => {
    const { acme, keep } = await world();
    keep("a picture", { mimeType: "image/jpeg", sizeBytes: 9, fileName: "../a.jpg", sha256: sha256Of("a picture", "base64") });
    const { stream, ...facts } = await acme.media.download(file);
    expect(facts).toEqual({ mimeType: "image/jpeg", sizeBytes: 9, fileName: "a.jpg", sha256: sha256Of("a picture") });
    expect(await read(stream)).toBe("a picture");
  });

  it("takes type and hash from the event where its vendor says nothing", async () => {
    const { acme, keep } = await world();
    keep("a picture");
    const { stream, ...facts } = await acme.media.download({ ...file, sha256: sha256Of("a picture", "base64") });
    expect(facts).toEqual({ mimeType: "image/png", sha256: sha256Of("a picture") });
    expect(await read(stream)).toBe("a picture");
    keep("a picture");
    expect((await acme.media.download({ id: "7" })).mimeType).toBe("application/octet-stream");
  });

  it("takes from the vendor no more than is read, and ends the vendor's stream and signal when it is cancelled", async () => {
    const { acme, vendor } = await world();
    const given = source(["a", "b", "c"]);
    let signal: AbortSignal | undefined;
    vendor.onOpen = async (_reference, context) => {
      signal = context.signal;
      return given;
    };
    const reader = (await acme.media.download(file)).stream.getReader();
    expect(given.pulls()).toBe(0);
    await reader.read();
    expect(given.pulls()).toBe(1);
    await reader.cancel("enough");
    expect([given.pulls(), given.cancelled(), signal?.aborted]).toEqual([1, "enough", true]);
  });
});

describe("a file that is another than was told", () => {
  it("is refused before it is read where its vendor says that it is too large", async () => {
    const { acme, keep } = await world();
    const given = keep(source(["x".repeat(11)]), { sizeBytes: 11 });
    expect(await codeOf(acme.media.download(file, { maxBytes: 10 }))).toBe("media_too_large");
    expect([given.pulls(), given.cancelled()]).toEqual([0, expect.objectContaining({ code: "media_too_large" })]);
    keep(source(["x".repeat(10)]), { sizeBytes: 10 });
    expect(await codeOf(acme.media.download(file, { maxBytes: 10 }))).toBe("answered");
  });

  it("is limited to 100 MiB where nobody says otherwise", async () => {
    const { acme, keep } = await world();
    keep("x", { sizeBytes: 100 * 1024 * 1024 });
    expect(await codeOf(acme.media.download(file))).toBe("answered");
    keep("x", { sizeBytes: 100 * 1024 * 1024 + 1 });
    expect(await codeOf(acme.media.download(file))).toBe("media_too_large");
  });

  it("fails while it is read, as soon as more came than may, and the rest is not fetched", async () => {
    const { acme, keep } = await world();
    const given = keep(source(["12345", "67890", "1", "2"]));
    const { stream } = await acme.media.download(file, { maxBytes: 10 });
    expect(await codeOf(read(stream))).toBe("media_too_large");
    expect([given.pulls(), given.cancelled()]).toEqual([3, expect.objectContaining({ code: "media_too_large" })]);
  });

  it.each<[string, Omit<OpenedMedia, "stream">]>([
    ["another hash than told", { sha256: sha256Of("another") }],
    ["fewer bytes than told", { sizeBytes: 10 }],
    ["more bytes than told", { sizeBytes: 8 }],
  ])("fails at its end: %s", async (_name, facts) => {
    const { acme, keep } = await world();
    keep("a picture", facts);
    const { stream } = await acme.media.download(file);
    expect(await codeOf(read(stream))).toBe("media_corrupt");
  });

  it("is held to its vendor's word of this answer, not to an event's, where both tell a hash", async () => {
    const { acme, keep } = await world();
    keep("a picture", { sha256: sha256Of("a picture") });
    const { stream } = await acme.media.download({ ...file, sha256: sha256Of("as it was before") });
    expect(await read(stream)).toBe("a picture");
  });

  it("fails as unavailable where the connection breaks, and the error repeats nothing of it", async () => {
    const { acme, keep } = await world();
    keep(source(["half"], "breaks"));
    const { stream } = await acme.media.download(file);
    const error: unknown = await read(stream).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "media_unavailable" });
    expect(String(error)).toContain("after 4 bytes");
    expect(String(error)).not.toContain("t0ken");
  });
});

describe("a download that its owner gives up", () => {
  const owner = (): AbortController => new AbortController();

  it("rejects with the owner's reason: before it began, while it is opened, while it is read", async () => {
    const { acme, keep, vendor } = await world();
    const ended = owner();
    ended.abort("no more");
    expect(await codeOf(acme.media.download(file, { signal: ended.signal }))).toBe("no more");

    const [opening, reading] = [owner(), owner()];
    vendor.onOpen = () => new Promise(() => {});
    const waiting = codeOf(acme.media.download(file, { signal: opening.signal }));
    opening.abort("too slow");
    expect(await waiting).toBe("too slow");

    const given = keep(source(["a"], "stops"));
    const reader = (await acme.media.download(file, { signal: reading.signal })).stream.getReader();
    await reader.read();
    const last = codeOf(reader.read());
    reading.abort("the person left");
    expect([await last, given.cancelled()]).toEqual(["the person left", "the person left"]);
  });

  it("is let go of at once also while nobody reads, and is not taken for ended", async () => {
    const { acme, keep } = await world();
    const given = keep(source(["a", "b"]));
    const reading = owner();
    const reader = (await acme.media.download(file, { signal: reading.signal })).stream.getReader();
    await reader.read();
    reading.abort("the person left");
    expect(given.cancelled()).toBe("the person left");
    expect(await codeOf(reader.read())).toBe("the person left");
  });
});

describe("whose file it is", () => {
  it("comes over the connection that the event names, and no other workspace's", async () => {
    const { wadesk, acme, vendor } = await world();
    const second = await acme.connect("echo", { number: "+222", token: "tok-2" });
    const asked: string[] = [];
    vendor.onOpen = async (_reference, _context, connection) => {
      asked.push(connection.id);
      return source(["a"]);
    };
    await acme.media.download(file, { from: second.id });
    await acme.media.download(file);
    expect(asked).toEqual([second.id, (await acme.list()).items.find(({ primary }) => primary)?.id]);
    const rival = wadesk.workspace("rival");
    expect(await codeOf(rival.media.download(file, { from: second.id }))).toBe("connection_not_found");
    expect(await codeOf(rival.media.download(file))).toBe("no_connection");
    expect(asked).toHaveLength(2);
  });

  it("is refused where the channel has no files, and where the connection has no credentials any longer", async () => {
    const without = await world({ files: undefined });
    expect(await codeOf(without.acme.media.download(file))).toBe("content_unsupported");
    const { acme, id } = await world();
    await acme.disconnect(id);
    expect(await codeOf(acme.media.download(file, { from: id }))).toBe("not_connected");
  });

  it("turns no connection to failed for a file that is gone, and shows nothing of an error that is not ours", async () => {
    const { acme, id, vendor, log } = await world();
    expect(await codeOf(acme.media.download(file))).toBe("media_not_found");
    vendor.onOpen = async () => Promise.reject(new Error("t0ken"));
    const error: unknown = await acme.media.download(file).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "media_unavailable" });
    expect([String(error), ...log].join()).not.toContain("t0ken");
    expect((await acme.get(id)).status.state).toBe("connected");
  });

  it("is fetched from a stranger's address by the guard: over the host's own fetch, after its own lookup", async () => {
    const asked: string[] = [];
    const { acme, vendor } = await world({
      fetch: async (address) => {
        asked.push(String(address));
        return new Response("bytes");
      },
      lookup: async (hostname) => (hostname === "files.example" ? ["93.184.215.14"] : ["10.0.0.1"]),
    });
    vendor.onOpen = async ({ url = "" }, { fetchFile }) => (await fetchFile({ url })).file ?? source([]);
    expect(await read((await acme.media.download({ url: "https://files.example/a" })).stream)).toBe("bytes");
    expect(await codeOf(acme.media.download({ url: "https://inside.example/a" }))).toBe("media_address_refused");
    expect(asked).toEqual(["https://files.example/a"]);
  });
});

describe("a download that is asked for wrongly", () => {
  it.each<[string, unknown, unknown]>([
    ["media", {}, {}],
    ["media", { id: "" }, {}],
    ["id", { id: 7 }, {}],
    ["caption", { ...file, caption: "c" }, {}],
    ["maxBytes", file, { maxBytes: 0 }],
    ["maxBytes", file, { maxBytes: "10" }],
    ["idleMs", file, { idleMs: -1 }],
    ["maxByte", file, { maxByte: 10 }],
    ["signal", file, { signal: "now" }],
  ])("names the field %s, and asks the vendor nothing", async (field, media, options) => {
    const { acme, vendor } = await world();
    vendor.onOpen = () => Promise.reject(new Error("asked"));
    const error: unknown = await acme.media.download(media as never, options as never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "input_invalid", issues: [{ field }] });
  });
});
