import { type MediaFile, memoryStorage } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { MediaUnderTest } from "@wadesk/testing/contracts";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type UnofficialChannel, unofficial } from "@wadesk/unofficial";
import { createBridge } from "@wadesk/unofficial/bridge";
import { onTestFinished } from "vitest";
import { largest } from "../../../packages/unofficial/src/abilities.ts";
import { BRIDGE_SECRET } from "../../journeys/world/open-bridged.ts";
import { trustUploads } from "../../journeys/world/open-chats.ts";
import { ENCRYPTION_KEYS } from "../../journeys/world/open-world.ts";
import { type Queue, queue } from "../../journeys/world/queue.ts";

const HOST = "mmg.whatsapp.net";

type Mishap = (response: Response) => Response;

/** The phones of one shop, and somebody who sends them pictures. */
interface Phones extends Omit<MediaUnderTest, "channel" | "receive"> {
  readonly webSocketUrl: string;
  /** Ana sends a picture to the first phone. Answers the message's id. */
  send(bytes: Uint8Array): string;
  /** Scans a QR with the phone of a number. */
  scan(number: string, qr: string): void;
}

async function openPhones(): Promise<Phones> {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  trustUploads(web.certificate);
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const shops = ["15550001111", "15550003333"].map((number) => web.addPhone({ number, name: "Shop" }));
  for (const shop of shops) shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const [first] = shops;
  if (first === undefined) throw new Error("unreachable");
  const mishaps: Mishap[] = [];
  return {
    webSocketUrl: web.url,
    input: { phone: "+15550001111" },
    otherInput: { phone: "+15550003333" },
    secrets: ["15550002222", ana.lid.slice(0, ana.lid.indexOf("@"))],
    tellsHash: true,
    largestPicture: largest("image/png"),
    hashFirst: true,
    async fetch(address, init) {
      const request = new Request(address, init);
      const response = await fetch(request);
      const mishap = new URL(request.url).host === HOST ? mishaps.shift() : undefined;
      return mishap === undefined ? response : mishap(response);
    },
    send: (bytes) => ana.send(first, ana.attach({ kind: "image", bytes, mimetype: "image/png" })),
    scan(number, qr) {
      const shop = shops.find((each) => number.includes(each.number));
      void shop?.scan(qr).catch(() => {});
    },
    mishaps: {
      spoiled: () => mishaps.push(({ body }) => new Response(body?.pipeThrough(changed((bytes) => bytes.fill((bytes[0] ?? 0) ^ 1, 0, 1))))),
      cut: (afterBytes) => mishaps.push(({ body }) => new Response(body?.pipeThrough(cut(afterBytes)))),
      moved: (location) => mishaps.push(() => new Response(null, { status: 302, headers: { location } })),
      linkExpired: () => web.expireMedia(),
      gone: async () => web.loseMedia(),
    },
  };
}

/** Two phones of one shop, linked to two connections, and somebody who sends pictures to the first. */
export async function openPhoneFiles(): Promise<MediaUnderTest> {
  const { webSocketUrl, send, scan, ...world } = await openPhones();
  const heard = queue<InboundEvent>();
  return {
    ...world,
    channel: scanned(webSocketUrl, scan, heard),
    async receive(bytes) {
      const id = send(bytes);
      return fileOf(await heard.next((event) => event.type === "message.received" && event.data.messageId === id));
    },
  };
}

/** The same, their sessions kept by a bridge: the app speaks to it as over HTTP, and it alone to WhatsApp. */
export async function openBridgedFiles(): Promise<MediaUnderTest> {
  const { webSocketUrl, send, scan, ...world } = await openPhones();
  const heard = queue<InboundEvent>();
  let internet: Parameters<NonNullable<MediaUnderTest["behind"]>>[0] | undefined;
  const bridge = createBridge({
    app: "https://chat.example.com",
    secrets: BRIDGE_SECRET,
    storage: memoryStorage(),
    encryptionKeys: ENCRYPTION_KEYS,
    whatsapp: { webSocketUrl },
    lookup: async (host) => internet?.lookup(host) ?? [],
    async fetch(address, init) {
      const request = new Request(address, init);
      if (new URL(request.url).host !== "chat.example.com") return (internet ?? world).fetch(request);
      const { events = [] } = (await request.json()) as { readonly events?: readonly InboundEvent[] };
      for (const event of events) heard.push(event);
      return new Response(null, { status: 204, headers: { "wadesk-bridge-version": "1" } });
    },
  });
  await bridge.start();
  onTestFinished(() => bridge.stop());
  const made = unofficial({ bridges: { default: { url: "https://bridge.example.com", secrets: BRIDGE_SECRET } } });
  return {
    ...world,
    secrets: [...world.secrets, BRIDGE_SECRET],
    channel: {
      ...made,
      connect: (input, context) =>
        made.connect(input, {
          ...context,
          async show(step) {
            await context.show(step);
            if (step.type === "qr") scan(input.phone, step.text);
          },
        }),
    },
    async fetch(address, init) {
      const request = new Request(address, init);
      return new URL(request.url).host === "bridge.example.com" ? bridge.handle(request) : world.fetch(request);
    },
    behind(reached) {
      internet = reached;
    },
    async receive(bytes) {
      const id = send(bytes);
      return fileOf(await heard.next((event) => event.type === "message.received" && event.data.messageId === id));
    },
  };
}

function fileOf(event: InboundEvent): MediaFile {
  if (event.type === "message.received" && "media" in event.data.content) return event.data.content.media;
  throw new Error(`${event.type} has no file`);
}

function scanned(webSocketUrl: string, scan: Phones["scan"], heard: Queue<InboundEvent>): UnofficialChannel {
  const made = unofficial({ webSocketUrl });
  return {
    ...made,
    connect: (input, context) =>
      made.connect(input, {
        ...context,
        ...(context.voice && {
          voice: {
            ...context.voice,
            receive: async (events) => {
              for (const event of events) heard.push(event);
              await context.voice?.receive(events);
            },
          },
        }),
        async show(step) {
          await context.show(step);
          if (step.type === "qr" && input.phone !== undefined) scan(input.phone, step.text);
        },
      }),
  };
}

function changed(change: (bytes: Uint8Array) => unknown): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      const bytes = Uint8Array.from(chunk);
      change(bytes);
      controller.enqueue(bytes);
    },
  });
}

function cut(afterBytes: number): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.slice(0, afterBytes));
      controller.error(new TypeError("terminated"));
    },
  });
}
