import { createHash, randomBytes } from "node:crypto";
import { request } from "node:https";
import { createWhatsAppWeb, type Phone, type PhoneMedia, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { downloadContentFromMessage, downloadMediaMessage, type WAMessage } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot } from "./open-bot.ts";
import { tinyPng } from "./tiny-png.ts";

let web: WhatsAppWeb;
let shop: Phone;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  bob = web.addPhone({ number: "15550002222", name: "Bob" });
  ({ bot } = await linkBot(web, shop, { fetchAgent: web.fetchAgent }));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

const bytes = (length: number) => Buffer.from(Array.from({ length }, (_unused, index) => index % 251));
const read = async (stream: AsyncIterable<Buffer>) => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};
const inbound = async (media: PhoneMedia): Promise<WAMessage> => {
  const sent = bob.send(shop, bob.attach(media));
  return (await bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === sent)).messages[0] as WAMessage;
};
const codeOf = async (work: Promise<unknown>) => {
  const error = (await work.catch((caught: unknown) => caught)) as { readonly output?: { readonly statusCode?: number } };
  return error.output?.statusCode;
};

describe("a file that a bot sends", () => {
  const files = [
    ["an image", { image: tinyPng(), caption: "green" }, "imageMessage"],
    ["a video", { video: bytes(70_000), jpegThumbnail: "" }, "videoMessage"],
    ["a voice message", { audio: bytes(5_000), ptt: true, mimetype: "audio/ogg; codecs=opus", seconds: 3 }, "audioMessage"],
    ["a document", { document: bytes(200_001), mimetype: "application/pdf", fileName: "a.pdf" }, "documentMessage"],
    ["a picture to be seen once", { image: tinyPng(), viewOnce: true }, "viewOnceMessage"],
    ["a sticker", { sticker: bytes(1_024) }, "stickerMessage"],
  ] as const;
  it.each(files)("as %s arrives at the phone byte for byte", async (_what, content, field) => {
    const sent = await bot.socket.sendMessage(bob.jid, content);
    const message = await bob.received(({ id }) => id === sent?.key.id);
    expect(Object.keys(message.content)).toContain(field);
    expect(message.attributes.type).toBe("media");
    expect(bob.download(message).equals(Object.values(content)[0] as Buffer)).toBe(true);
  });

  it("goes up again with a new authorisation when the first was refused", async () => {
    const fault = web.fault({ kind: "upload_refused", code: 401 });
    const sent = await bot.socket.sendMessage(bob.jid, { sticker: bytes(99) });
    expect(bob.download(await bob.received(({ id }) => id === sent?.key.id))).toHaveLength(99);
    expect(fault.spent).toBe(true);
  });

  it("is not sent when every host refuses it", async () => {
    const before = bob.messages.length;
    web.fault({ kind: "upload_refused", code: 507, times: 2 });
    expect(await codeOf(bot.socket.sendMessage(bob.jid, { sticker: bytes(99) }))).toBe(500);
    expect(bob.messages).toHaveLength(before);
  });
});

describe("an upload", () => {
  const body = bytes(16 + 10);
  const checksum = createHash("sha256").update(body).digest("base64url");
  const upload = async (path: string, content: Buffer) => {
    const { hosts, auth } = await bot.socket.refreshMediaConn(false);
    const [hostname, port] = (hosts[0]?.hostname ?? "").split(":");
    const options = { hostname, port, path: path.replace("AUTH", auth), method: "POST", agent: web.fetchAgent };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => response.resume().on("end", () => resolve(response.statusCode)));
      sent.on("error", reject).end(content);
    });
  };
  it.each([
    ["in good order is taken", 200, `/mms/image/${checksum}?auth=AUTH&token=${checksum}`, body],
    ["without an authorisation is refused", 401, `/mms/image/${checksum}?token=${checksum}`, body],
    ["with a made-up authorisation is refused", 401, `/mms/image/${checksum}?auth=AUTH1&token=${checksum}`, body],
    ["to no place of WhatsApp's is refused", 404, `/mms/poem/${checksum}?auth=AUTH&token=${checksum}`, body],
    ["of other bytes than its path says is refused", 400, `/mms/image/${checksum}?auth=AUTH&token=${checksum}`, bytes(42)],
    ["to a path of other bytes is refused", 400, `/mms/image/other?auth=AUTH&token=${checksum}`, body],
    ["with another token is refused", 400, `/mms/image/${checksum}?auth=AUTH&token=other`, body],
    ["of bytes that nothing encrypted is refused", 400, path(bytes(20)), bytes(20)],
  ])("%s", async (_what, status, where, content) => expect(await upload(where, content)).toBe(status));

  function path(content: Buffer): string {
    const other = createHash("sha256").update(content).digest("base64url");
    return `/mms/image/${other}?auth=AUTH&token=${other}`;
  }
});

describe("a file that lies about itself", () => {
  it.each([
    ["another media key", "the MAC", { mediaKey: randomBytes(32) }],
    ["another checksum of the file", "the checksum of the file", { fileSha256: randomBytes(32) }],
    ["another checksum of its ciphertext", "the checksum of the encrypted file", { fileEncSha256: randomBytes(32) }],
    ["another length", "the length", { fileLength: 98 }],
  ])("with %s is a complaint, and cannot be downloaded", async (_what, named, changed) => {
    const sent = await bot.socket.sendMessage(bob.jid, { sticker: bytes(99) });
    const message = (await bob.received(({ id }) => id === sent?.key.id)).content.stickerMessage as object;
    const id = await bot.socket.relayMessage(bob.jid, { stickerMessage: { ...message, ...changed } }, {});
    // every phone that gets it complains: the contact's, and the own one for its copy
    await expect.poll(() => web.complaints.length).toBe(2);
    for (const complaint of web.takeComplaints()) expect(complaint).toContain(named);
    expect(() => bob.download(bob.messages.find((each) => each.id === id) ?? expect.fail())).toThrow(named);
  });
});

describe("a file that a phone sends", () => {
  it.each([
    [{ kind: "image", bytes: tinyPng(), caption: "green" }, "imageMessage"],
    [{ kind: "video", bytes: bytes(100_000) }, "videoMessage"],
    [{ kind: "audio", bytes: bytes(4_321), isVoice: true }, "audioMessage"],
    [{ kind: "document", bytes: bytes(65_536), fileName: "a.bin" }, "documentMessage"],
    [{ kind: "sticker", bytes: bytes(333) }, "stickerMessage"],
  ] as const)("is downloaded and opened by the bot: %o", async (media, field) => {
    const message = await inbound(media);
    expect(Object.keys(message.message ?? {})).toContain(field);
    expect((await downloadMediaMessage(message, "buffer", {})).equals(media.bytes)).toBe(true);
  });

  it("is downloaded as a stream", async () => {
    const message = await inbound({ kind: "video", bytes: bytes(300_000) });
    expect((await read(await downloadMediaMessage(message, "stream", {}))).equals(bytes(300_000))).toBe(true);
  });

  it("is downloaded in part", async () => {
    const message = await inbound({ kind: "video", bytes: bytes(10_000) });
    const stream = await downloadContentFromMessage(message.message?.videoMessage ?? {}, "video", { startByte: 1_000, endByte: 2_000 });
    expect((await read(stream)).equals(bytes(10_000).subarray(1_000, 2_000))).toBe(true);
  });

  it("lies on the host encrypted, padded and with its MAC", async () => {
    const { message } = await inbound({ kind: "document", bytes: bytes(50) });
    const { url, fileEncSha256, directPath } = message?.documentMessage ?? {};
    expect(new URL(url ?? "").pathname).toBe(directPath);
    const found = Buffer.from(await (await fetch(url ?? "")).arrayBuffer());
    expect(found).toHaveLength(64 + 10);
    expect(createHash("sha256").update(found).digest()).toEqual(Buffer.from(fileEncSha256 ?? []));
  });
});

describe("a file that has expired", () => {
  it("meets 410, and the bot's own phone puts it there again when asked", async () => {
    const message = await inbound({ kind: "image", bytes: tinyPng() });
    const before = message.message?.imageMessage?.directPath;
    web.expireMedia();
    expect(await codeOf(downloadMediaMessage(message, "buffer", {}))).toBe(410);
    const updated = await bot.socket.updateMediaMessage(message);
    expect(updated.message?.imageMessage?.directPath).not.toBe(before);
    expect((await downloadMediaMessage(updated, "buffer", {})).equals(tinyPng())).toBe(true);
    await bot.next("messages.update", (updates) =>
      updates.some(({ key, update }) => key.id === message.key.id && update.message !== undefined),
    );
  });

  it("that no phone knows is not found", async () => {
    const message = await inbound({ kind: "image", bytes: tinyPng() });
    if (message.message?.imageMessage) message.message.imageMessage.mediaKey = randomBytes(32);
    expect(await codeOf(bot.socket.updateMediaMessage(message))).toBe(404);
  });

  it("meets any other status that a test wants", async () => {
    const message = await inbound({ kind: "image", bytes: tinyPng() });
    web.fault({ kind: "download_refused", code: 404 });
    expect(await codeOf(downloadMediaMessage(message, "buffer", {}))).toBe(404);
    expect(await downloadMediaMessage(message, "buffer", {})).toHaveLength(tinyPng().length);
  });
});

describe("the media host", () => {
  it("is trusted by no request that has not its certificate", async () => {
    const { hosts } = await bot.socket.refreshMediaConn(false);
    const [hostname, port] = (hosts[0]?.hostname ?? "").split(":");
    const refused = new Promise((_resolve, reject) => void request({ hostname, port }).on("error", reject).end());
    await expect(refused).rejects.toThrow("self-signed certificate");
  });
});
