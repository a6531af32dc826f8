import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWadesk, memoryStorage, type Storage, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type BridgedChannel, unofficial } from "@wadesk/unofficial";
import { type Bridge, createBridge } from "@wadesk/unofficial/bridge";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { onTestFinished } from "vitest";
import { AMPLE_PACE } from "./ample-pace.ts";
import { trustUploads } from "./open-chats.ts";
import { serveHost } from "./host-app.ts";
import { ENCRYPTION_KEYS } from "./open-world.ts";
import { SHOP } from "./open-phones.ts";
import { type Queue, queue } from "./queue.ts";

/** The secret of both sides. */
export const BRIDGE_SECRET = "correct horse battery staple, 32+";

/** An app, one of several processes on one storage, and what it was handed. */
export interface BridgedApp {
  readonly wadesk: Wadesk<BridgedChannel>;
  readonly lines: LogLine[];
  readonly received: Queue<WadeskEvent<"message.received">>;
  readonly statuses: Queue<WadeskEvent<"message.status">>;
}

/** An app that listens for reports, a bridge that listens for calls, and the phones of a WhatsApp Web server; all over HTTP. */
export interface BridgedWorld {
  readonly time: ManualClock;
  readonly web: WhatsAppWeb;
  readonly shop: Phone;
  readonly ana: Phone;
  readonly app: BridgedApp;
  readonly bridge: Bridge;
  /** Starts another bridge in its place, on the same storage, as it was told before or otherwise; stop the former one first. */
  restartBridge(over?: BridgedWorldOptions["bridge"]): Promise<void>;
  /** The storage of the app. */
  readonly storage: Storage;
  readonly bridgeLines: LogLine[];
  /** Where the bridge listens. */
  readonly bridgeUrl: string;
  /** Another process of the app, which listens to nobody. */
  anotherApp(over?: { readonly secret?: string; readonly url?: string }): BridgedApp;
  /** What the app answers reports with, in place of its own; its own again without. */
  answerReports(status?: number): void;
  /** Whether the bridge answers, and how. */
  answerCalls(how: "as usual" | "not at all" | "after it is done, with nothing"): void;
}

/** What may differ. */
export interface BridgedWorldOptions {
  /** What the bridge has as its secrets, the name that it goes by, and where it looks for the app. */
  readonly bridge?: { readonly secrets?: string | readonly string[]; readonly name?: string; readonly app?: string };
  /** What the app has as the bridge's. */
  readonly secrets?: string | readonly string[];
}

/** Opens a world and closes it when the test has finished. */
export async function openBridged(options: BridgedWorldOptions = {}): Promise<BridgedWorld> {
  const time = manualClock();
  const web = await createWhatsAppWeb({ clock: time.clock });
  trustUploads(web.certificate);
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const storage = memoryStorage({ now: time.now });

  let calls: Parameters<BridgedWorld["answerCalls"]>[0] = "as usual";
  let bridge: Bridge | undefined;
  const answering = toNode(async (request) => (await bridge?.handle(request)) ?? new Response(null, { status: 503 }));
  const listener = createServer((incoming, outgoing) => {
    if (calls === "not at all") return void incoming.socket.destroy();
    if (calls === "after it is done, with nothing") outgoing.end = () => outgoing.destroy();
    answering(incoming, outgoing);
  });
  await new Promise<void>((resolve) => void listener.listen(0, "127.0.0.1", resolve));
  const bridgeUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

  const apps: BridgedApp[] = [];
  const anotherApp: BridgedWorld["anotherApp"] = ({ secret, url = bridgeUrl } = {}) => {
    const { log, lines } = recordingLogger();
    const bridges = { default: { url, secrets: secret ?? options.secrets ?? BRIDGE_SECRET } };
    const wadesk = createWadesk({
      channels: [unofficial({ bridges })],
      storage,
      clock: time.clock,
      encryptionKeys: ENCRYPTION_KEYS,
      log,
      random: () => 0,
    });
    const app: BridgedApp = { wadesk, lines, received: queue(), statuses: queue() };
    apps.push(app);
    return app;
  };
  const app = anotherApp();
  app.wadesk.process("message.received", (event) => app.received.push(event));
  app.wadesk.process("message.status", (event) => app.statuses.push(event));
  await app.wadesk.start();
  let said: number | undefined;
  const own = createWebhookHandler(app.wadesk);
  const site = await serveHost(async (request) => (said === undefined ? own(request) : new Response(null, { status: said })), "node:http");

  const { log, lines: bridgeLines } = recordingLogger();
  const kept = memoryStorage({ now: time.now });
  const startBridge = async (over: BridgedWorldOptions["bridge"]): Promise<Bridge> => {
    bridge = createBridge({
      app: site.origin,
      secrets: BRIDGE_SECRET,
      ...over,
      storage: kept,
      encryptionKeys: ENCRYPTION_KEYS,
      whatsapp: { webSocketUrl: web.url, ...AMPLE_PACE },
      clock: time.clock,
      log,
      random: () => 0,
    });
    await bridge.start();
    return bridge;
  };
  let running = await startBridge(options.bridge);
  onTestFinished(async () => {
    calls = "as usual";
    await running.stop({ withinMs: 1 });
    await Promise.all(apps.map(({ wadesk }) => wadesk.stop({ withinMs: 1 })));
    await site.close();
    listener.closeAllConnections();
    await new Promise<void>((resolve) => void listener.close(() => resolve()));
    await web.close();
  });
  return {
    time,
    web,
    shop,
    ana,
    app,
    get bridge() {
      return running;
    },
    async restartBridge(over = options.bridge) {
      running = await startBridge(over);
    },
    storage,
    bridgeLines,
    bridgeUrl,
    anotherApp,
    answerReports(status) {
      said = status;
    },
    answerCalls(how) {
      calls = how;
    },
  };
}

/** Links the shop's phone by QR, as a person would; answers the connection's id and the kinds of steps that were shown. */
export async function linkBridged(
  { shop }: Pick<BridgedWorld, "shop">,
  { wadesk }: Pick<BridgedApp, "wadesk">,
): Promise<{ readonly id: string; readonly steps: readonly string[] }> {
  const linking = wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  const steps: string[] = [];
  for await (const step of linking) {
    steps.push("step" in step ? step.step : step.type);
    if (step.type === "qr") await shop.scan(step.text);
  }
  return { id: (await linking).id, steps };
}
