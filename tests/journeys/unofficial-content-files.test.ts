import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MediaContent, MediaFile, OutboundContent, SendRequest } from "@wadesk/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AnyChats, openBridgedChats } from "./world/bridged-chats.ts";
import { CHATS, type Chat, chatOf, type ChatWorld, openChats, userOf } from "./world/open-chats.ts";

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251);
const THUMBNAIL = Buffer.from("a small picture").toString("base64");
const WAVEFORM = Array.from({ length: 64 }, (_, index) => index);

type Kind = MediaContent["kind"];
type Row = readonly [what: string, kind: Kind, mimeType: string, more: Partial<MediaContent>, shown: object];

const FILES: readonly Row[] = [
  [
    "an image",
    "image",
    "image/jpeg",
    { caption: "Green", thumbnail: THUMBNAIL, width: 4, height: 3 },
    { caption: "Green", width: 4, height: 3 },
  ],
  ["a video", "video", "video/mp4", { caption: "Film", seconds: 3 }, { caption: "Film", seconds: 3 }],
  ["an audio", "audio", "audio/mpeg", { seconds: 2 }, { ptt: false, seconds: 2 }],
  [
    "a voice note",
    "audio",
    "audio/ogg",
    { voice: true, seconds: 2, waveform: WAVEFORM },
    { ptt: true, mimetype: "audio/ogg; codecs=opus" },
  ],
  [
    "a document",
    "document",
    "application/pdf",
    { fileName: "bill.pdf", caption: "Your bill" },
    { fileName: "bill.pdf", caption: "Your bill" },
  ],
  ["a picture as a document", "document", "image/png", { fileName: "scan.png" }, { fileName: "scan.png", mimetype: "image/png" }],
  ["a sticker", "sticker", "image/webp", { animated: true }, { isAnimated: true }],
];

async function readAll({ acme }: Pick<AnyChats, "acme">, media: MediaFile): Promise<Buffer> {
  const { stream } = await acme.media.download(media);
  return Buffer.from(await new Response(stream).arrayBuffer());
}

function fileOf(content: { readonly kind: string }): MediaContent {
  if (!("media" in content)) throw new Error(`${content.kind} has no file`);
  return content as MediaContent;
}

/** One file goes out, comes in, and goes out again by its id. */
async function travels(world: AnyChats, { to, place }: Pick<Chat, "to" | "place">, [, kind, mimeType, more, shown]: Row): Promise<void> {
  const { ana, one, sent } = world;
  const data = bytes(70_001);
  const out = await sent({ to, content: { kind, media: { data, mimeType }, ...more } as SendRequest["content"] });
  expect(out.attributes.type).toBe("media");
  expect(out.content[`${kind}Message`]).toMatchObject(shown);
  expect(ana.download(out).equals(data)).toBe(true);
  // the same content comes back as what it was
  ana.send(place, out.content);
  const content = fileOf((await one.received.next()).data.content);
  const { voice: _voice, ...rest } = more;
  expect(content).toMatchObject({ kind, ...rest, media: { sha256: createHash("sha256").update(data).digest("hex") } });
  expect(content.voice ?? false).toBe(more.voice ?? false);
  expect((await readAll(world, content.media)).equals(data)).toBe(true);
  // and goes out again by its id, without being brought anew
  const again = await sent({ to, content: { ...content, media: { id: content.media.id ?? "" } } });
  expect(ana.download(again).equals(data)).toBe(true);
  expect((again.content[`${kind}Message`] as { directPath: string }).directPath).toBe(
    (out.content[`${kind}Message`] as { directPath: string }).directPath,
  );
  world.web.assertClean();
}

it("through a bridge each goes out byte for byte and comes in so, with what is told of it", async () => {
  const world = await openBridgedChats();
  for (const row of FILES) await travels(world, { to: { lid: userOf(world.ana.lid) }, place: world.shop }, row);
  // one that nobody has brought before, by a stream
  const data = bytes(3_000_001);
  const media = { data: new Blob([new Uint8Array(data)]).stream(), mimeType: "application/pdf" };
  const out = await world.sent({ to: { lid: userOf(world.ana.lid) }, content: { kind: "document", media } });
  expect(world.ana.download(out).equals(data)).toBe(true);
});

describe.each(CHATS)("in %s", (name) => {
  it.each(FILES)("%s goes out byte for byte and comes in so, with what is told of it", async (...row) => {
    const world = await openChats();
    await travels(world, chatOf(world, name), row);
  });

  it("what shows itself once does so on either side, and is not passed on", async () => {
    const world = await openChats();
    const { ana, one, sent } = world;
    const { to, place } = chatOf(world, name);
    const out = await sent({ to, content: { kind: "image", media: { data: bytes(100), mimeType: "image/jpeg" }, viewOnce: true } });
    expect(out.content).toMatchObject({ viewOnceMessage: { message: { imageMessage: { viewOnce: true } } } });
    expect(ana.download(out)).toHaveLength(100);
    ana.send(place, { viewOnceMessageV2: { message: ana.attach({ kind: "video", bytes: bytes(100) }) } });
    const { data } = await one.received.next();
    expect(data.content).toMatchObject({ kind: "video", viewOnce: true });
    expect(await readAll(world, fileOf(data.content).media)).toHaveLength(100);
    await expect(world.acme.send({ to, content: { kind: "forward", messageId: data.messageId } })).rejects.toMatchObject({
      code: "content_invalid",
    });
  });
});

describe("a file that came in", () => {
  const arrived = async (world: ChatWorld, file: Uint8Array = bytes(5000)): Promise<MediaFile> => {
    world.ana.send(world.shop, world.ana.attach({ kind: "image", bytes: file, mimetype: "image/png" }));
    return fileOf((await world.one.received.next()).data.content).media;
  };

  it("is asked for again when its time is over", async () => {
    const world = await openChats();
    const media = await arrived(world);
    world.web.expireMedia();
    expect(await readAll(world, media)).toHaveLength(5000);
  });

  it("is waited for no longer than 30 seconds", async () => {
    const world = await openChats();
    const media = await arrived(world);
    world.web.expireMedia();
    // the phone is away
    world.shop.goOffline();
    const download = expect(world.acme.media.download(media, { idleMs: 120_000 })).rejects.toMatchObject({ code: "media_unavailable" });
    await world.web.until("the phone to be asked", () => (world.web.transcript().includes('type="server-error"') ? true : undefined));
    await world.time.advance(30_000);
    await download;
    world.shop.goOnline();
    expect(await readAll(world, media)).toHaveLength(5000);
  });

  it("is what WhatsApp says of it, whatever a caller adds", async () => {
    const world = await openChats();
    const [one, other] = [await arrived(world), await arrived(world, bytes(4999))];
    expect(await readAll(world, one)).toHaveLength(5000);
    const swapped = { ...other, sha256: one.sha256 ?? "" };
    expect(await readAll(world, swapped)).toHaveLength(4999);
  });

  it("has an id that no other connection can read", async () => {
    const world = await openChats();
    const media = await arrived(world);
    await expect(world.acme.media.download({ id: `${media.id?.slice(0, -2)}AA` })).rejects.toMatchObject({ code: "media_not_found" });
    await expect(world.acme.send({ to: "+15550002222", content: { kind: "image", media: { id: "1" } } })).rejects.toMatchObject({
      code: "content_invalid",
      issues: [{ field: "content.media.id", code: "not_found" }],
    });
    await expect(
      world.acme.send({ to: "+15550002222", content: { kind: "document", media: { id: media.id ?? "" } } }),
    ).rejects.toMatchObject({
      issues: [{ field: "content.media.id", code: "conflicts" }],
    });
  });
});

it("no program is run for a thumbnail, a length or a waveform", async () => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  const before = process.env.PATH;
  onTestFinished(() => {
    process.env.PATH = before;
    rmSync(folder, { recursive: true });
  });
  // Baileys 7.0.0-rc14 calls ffmpeg through a shell for a video without a thumbnail
  writeFileSync(join(folder, "ffmpeg"), `#!/bin/sh\ntouch "${folder}/was-run"\n`, { mode: 0o755 });
  process.env.PATH = `${folder}:${before}`;
  const { sent } = await openChats();
  const files: readonly (readonly [Kind, string])[] = [
    ["video", "video/mp4"],
    ["image", "image/jpeg"],
    ["audio", "audio/ogg"],
  ];
  for (const [kind, mimeType] of files)
    await sent({ to: "+15550002222", content: { kind, media: { data: bytes(100), mimeType }, voice: true } });
  expect(readdirSync(folder)).toEqual(["ffmpeg"]);
});

describe("a file at an address", () => {
  const PICTURE = Buffer.from(bytes(3000));
  const asked: string[] = [];
  const network = {
    lookup: async (hostname: string) => (hostname === "inside.example" ? ["10.0.0.7"] : ["93.184.215.14"]),
    fetch: async (address: string | URL | Request, init?: RequestInit) => {
      const { href, hostname } = new URL(address instanceof Request ? address.url : address);
      if (!hostname.endsWith(".example")) return fetch(address, init);
      asked.push(href);
      if (hostname === "moved.example") return new Response(null, { status: 302, headers: { location: "https://inside.example/secret" } });
      if (href.endsWith("/gone")) return new Response(null, { status: 404 });
      return new Response(PICTURE, { headers: { "content-type": "image/jpeg" } });
    },
  };

  it("is fetched by us and goes out as bytes", async () => {
    const world = await openChats({}, network);
    const out = await world.sent({ to: "+15550002222", content: { kind: "image", media: { url: "https://files.example/a.jpg" } } });
    expect(world.ana.download(out).equals(PICTURE)).toBe(true);
    expect(out.content.imageMessage).toMatchObject({ mimetype: "image/jpeg" });
  });

  it("is fetched once under one key, and the same address is the same message", async () => {
    const world = await openChats({}, network);
    asked.length = 0;
    const content: OutboundContent = { kind: "image", media: { url: "https://files.example/a.jpg" } };
    const request = { to: "+15550002222", content, idempotencyKey: "order-1" };
    const first = await world.acme.send(request);
    expect(await world.acme.send(request)).toEqual(first);
    expect(asked).toHaveLength(1);
    const other = { ...request, content: { kind: "image", media: { url: "https://files.example/b.jpg" } } as const };
    await expect(world.acme.send(other)).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });

  it.each([
    ["is private", "https://inside.example/a.jpg", "media_address_refused"],
    ["is the machine's own", "https://127.0.0.1/a.jpg", "media_address_refused"],
    ["is not https", "http://files.example/a.jpg", "media_address_refused"],
    ["leads on to a private one", "https://moved.example/a.jpg", "media_address_refused"],
    ["has nothing", "https://files.example/gone", "media_unavailable"],
  ])("that %s is refused, and nothing goes out", async (_what, url, code) => {
    const world = await openChats({}, network);
    asked.length = 0;
    await expect(world.acme.send({ to: "+15550002222", content: { kind: "image", media: { url } } })).rejects.toMatchObject({ code });
    expect(asked.filter((each) => each.includes("inside") || each.includes("127"))).toEqual([]);
    expect(world.ana.messages).toEqual([]);
  });
});
