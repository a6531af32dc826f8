import type { InboundContent, MediaContent, WadeskEvent } from "@wadesk/core";
import { createFakeTwilio, type FakeMeta, manualClock } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "./world/open-world.ts";

const MEBIBYTE = 1024 * 1024;
const PICTURE = new TextEncoder().encode("a picture");

/** A workspace with a number at Meta, and what comes in there. */
async function openTalk(options: Parameters<typeof openWorld>[0] = {}) {
  const world = await openWorld(options);
  const acme = world.wadesk.workspace("acme");
  await acme.connect("cloud-api", world.account.input);
  const events: WadeskEvent<"message.received">[] = [];
  world.wadesk.process("message.received", (event) => void events.push(event));
  const ana = world.meta.addContact({ phone: "+5511999990000" });
  ana.send(world.account.numberId, { type: "text", text: { body: "Hi" } });
  await world.meta.settled();
  return { ...world, acme, events, ana, to: ana.phone ?? "" };
}

function fileOf(content: InboundContent | undefined): MediaContent {
  if (content?.kind !== "image" && content?.kind !== "document") throw new Error("no file came in");
  return content;
}

const read = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();
const uploads = (meta: FakeMeta) => meta.exchanges.filter(({ operation }) => operation === "POST /{Phone-Number-ID}/media");

describe("a picture that comes in", () => {
  it("from Meta is downloaded over the connection that its event names, days later too", async () => {
    const time = manualClock();
    const { acme, events, ana, account, meta } = await openTalk({ time });
    ana.sendFile(account.numberId, { type: "image", bytes: PICTURE, mimeType: "image/jpeg", caption: "Look" });
    await meta.settled();
    const { connection, content } = events.at(-1)?.data ?? {};
    const { media } = fileOf(content);
    const download = () => acme.media.download(media, { from: connection?.id ?? "" });
    const { stream, ...facts } = await download();
    expect([await read(stream), facts]).toEqual([
      "a picture",
      { mimeType: "image/jpeg", sizeBytes: 9, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    await time.advance(6 * 86_400_000);
    expect(await read((await download()).stream)).toBe("a picture");
    await time.advance(86_400_000);
    await expect(download()).rejects.toMatchObject({ code: "media_not_found" });
    expect((await acme.get(connection?.id ?? "")).status.state).toBe("connected");
  });

  it("from Twilio is downloaded by the same call, and the token stays with Twilio", async () => {
    const fake = createFakeTwilio();
    const { url } = await fake.listen();
    onTestFinished(() => fake.close());
    const { sid: accountSid, authToken } = fake.addAccount();
    const { callback, wadesk } = await openWorld({ extra: [twilio({ apiUrl: url, retryDelayMs: 1 })] });
    await wadesk.settings.setActiveChannel("twilio");
    await wadesk.settings.change("twilio", { webhookUrl: callback });
    const { number } = fake.addSender({ accountSid, webhook: { callbackUrl: callback } });
    const acme = wadesk.workspace("acme");
    await acme.connect("twilio", { mode: "production", accountSid, authToken, from: number });
    const got = Promise.withResolvers<InboundContent>();
    wadesk.process("message.received", ({ data }) => got.resolve(data.content));
    fake.addContact().send(number, { file: { bytes: PICTURE, contentType: "application/pdf", fileName: "bill.pdf" } });
    const { stream, ...facts } = await acme.media.download(fileOf(await got.promise).media);
    expect([await read(stream), facts]).toEqual(["a picture", { mimeType: "application/pdf", sizeBytes: 9, fileName: "bill.pdf" }]);
    const bytes = fake.exchanges.filter(({ operation }) => operation === "GET /{AccountSid}/{Key}");
    expect(bytes.map(({ request, response }) => [request.headers.authorization, response.status])).toEqual([[undefined, 200]]);
    const sending = acme.send({ to: "+5511999990000", content: { kind: "image", media: { data: PICTURE, mimeType: "image/png" } } });
    await expect(sending).rejects.toMatchObject({ code: "content_unsupported" });
    await expect(sending).rejects.toThrow("send { url }");
  });

  it("is not whole when its connection breaks off, nor when Meta says another size", async () => {
    const { acme, events, ana, account, meta } = await openTalk();
    ana.sendFile(account.numberId, { type: "image", bytes: new Uint8Array(MEBIBYTE), mimeType: "image/jpeg" });
    await meta.settled();
    const { media } = fileOf(events.at(-1)?.data.content);
    meta.fault({ kind: "file_cut", afterBytes: 300_000 });
    const { stream } = await acme.media.download(media);
    await expect(read(stream)).rejects.toMatchObject({ code: "media_unavailable" });
    for (const bytes of [MEBIBYTE - 1, MEBIBYTE + 1]) {
      meta.fault({ kind: "file_size", bytes });
      const other = await acme.media.download(media);
      await expect(read(other.stream)).rejects.toMatchObject({ code: "media_corrupt" });
    }
    meta.fault({ kind: "file_spoiled" });
    const spoiled = await acme.media.download(media);
    await expect(read(spoiled.stream)).rejects.toMatchObject({ code: "media_corrupt" });
  });
});

describe("a file at hand", () => {
  const picture = { data: PICTURE, mimeType: "image/png" };

  it.each([
    ["bytes", () => PICTURE],
    ["a Blob", () => new Blob([PICTURE])],
    ["a stream", () => new Blob([PICTURE]).stream()],
  ])("goes out as %s: Meta has it, and the person reads it", async (_name, data) => {
    const { acme, meta, to } = await openTalk();
    const sent = await acme.send({ to, content: { kind: "image", media: { ...picture, data: data() }, caption: "Look" } });
    await meta.settled();
    const payload = meta.sent.at(-1)?.payload.image as { readonly id: string };
    expect([payload, (await acme.message(sent.id))?.status]).toEqual([{ id: expect.any(String), caption: "Look" }, "read"]);
    expect(await read((await acme.media.download({ id: payload.id })).stream)).toBe("a picture");
  });

  it("says how long it is where that is known, and goes out piece by piece where it is not", async () => {
    const { acme, meta } = await openTalk();
    await acme.media.upload({ ...picture, fileName: "a.png" });
    await acme.media.upload({ ...picture, data: new Blob([PICTURE]).stream() });
    const [known, streamed] = uploads(meta).map(({ request }) => request);
    expect(known?.headers["content-length"]).toMatch(/^\d+$/);
    expect(known?.headers["transfer-encoding"]).toBeUndefined();
    expect(streamed?.headers["transfer-encoding"]).toBe("chunked");
    expect(known?.body).toEqual({
      messaging_product: "whatsapp",
      type: "image/png",
      file: { filename: "a.png", type: "image/png", size: 9 },
    });
  });

  it("is brought once for many messages, and by a key sent once", async () => {
    const { acme, meta, to } = await openTalk();
    const { media } = await acme.media.upload(picture);
    for (let count = 0; count < 3; count += 1) await acme.send({ to, content: { kind: "image", media } });
    expect([uploads(meta).length, meta.sent.length]).toEqual([1, 3]);
    const again = { to, content: { kind: "image", media: picture }, idempotencyKey: "order-7" } as const;
    expect(await acme.send(again)).toEqual(await acme.send(again));
    expect([uploads(meta).length, meta.sent.length]).toEqual([2, 4]);
  });

  it("whose stream fails, or is larger than Meta takes, goes no further, and its message is not sent", async () => {
    const { acme, meta, to } = await openTalk();
    const reason = new Error("the disk is gone");
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(MEBIBYTE);
      throw reason;
    }
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(MEBIBYTE);
    }
    await expect(acme.send({ to, content: { kind: "image", media: { ...picture, data: failing() } } })).rejects.toBe(reason);
    const large = acme.send({ to, content: { kind: "image", media: { ...picture, data: endless() } } });
    await expect(large).rejects.toMatchObject({ code: "media_too_large" });
    expect([uploads(meta).filter(({ response }) => response.status === 200), meta.sent]).toEqual([[], []]);
  });

  it("that Meta refuses is told with its reason, and nothing is sent", async () => {
    const { acme, meta, to } = await openTalk();
    const content = { kind: "document", media: { data: PICTURE, mimeType: "image/tiff" } } as const;
    await expect(acme.send({ to, content })).rejects.toMatchObject({ code: "media_invalid", vendor: { code: 100 } });
    meta.fault({ kind: "expired_token", operation: "POST /{Phone-Number-ID}/media" });
    await expect(acme.media.upload(picture)).rejects.toMatchObject({ code: "token_expired" });
    expect(meta.sent).toEqual([]);
    expect((await acme.list()).items[0]?.status).toMatchObject({ state: "failed", reason: "token_expired" });
  });
});
