import type { MediaFile } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { MediaUnderTest } from "@wadesk/testing/contracts";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type UnofficialChannel, unofficial } from "@wadesk/unofficial";
import { onTestFinished } from "vitest";
import { largest } from "../../../packages/unofficial/src/files/largest.ts";
import { trustUploads } from "../../journeys/world/open-chats.ts";
import { type Queue, queue } from "../../journeys/world/queue.ts";

const HOST = "mmg.whatsapp.net";

type Mishap = (response: Response) => Response;

/** Two phones of one shop, linked to two connections, and somebody who sends pictures to the first. */
export async function openPhoneFiles(): Promise<MediaUnderTest> {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  trustUploads(web.certificate);
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const shops = ["15550001111", "15550003333"].map((number) => web.addPhone({ number, name: "Shop" }));
  for (const shop of shops) shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const [first] = shops;
  if (first === undefined) throw new Error("unreachable");
  const mishaps: Mishap[] = [];
  const heard = queue<InboundEvent>();
  return {
    channel: scanned(web.url, shops, heard),
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
    async receive(bytes) {
      const id = ana.send(first, ana.attach({ kind: "image", bytes, mimetype: "image/png" }));
      return fileOf(await heard.next((event) => event.type === "message.received" && event.data.messageId === id));
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

function fileOf(event: InboundEvent): MediaFile {
  if (event.type === "message.received" && "media" in event.data.content) return event.data.content.media;
  throw new Error(`${event.type} has no file`);
}

function scanned(
  webSocketUrl: string,
  shops: readonly { readonly number: string; scan(qr: string): Promise<unknown> }[],
  heard: Queue<InboundEvent>,
): UnofficialChannel {
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
          if (step.type === "qr")
            void shops
              .find(({ number }) => input.phone?.includes(number))
              ?.scan(step.text)
              .catch(() => {});
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
