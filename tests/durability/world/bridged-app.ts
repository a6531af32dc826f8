import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWadesk, memoryStorage, type Wadesk } from "@wadesk/core";
import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type BridgedChannel, unofficial } from "@wadesk/unofficial";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { onTestFinished } from "vitest";
import { freePort } from "../../journeys/story/free-port.ts";
import { ENCRYPTION_KEYS } from "./app.ts";

/** The secret of both sides. */
export const BRIDGE_SECRET = "correct horse battery staple, 32+";

/** An app in the test's own process, phones, and where a bridge in another one is to listen. */
export interface BridgedApp {
  readonly wadesk: Wadesk<BridgedChannel>;
  readonly web: WhatsAppWeb;
  readonly shop: Phone;
  readonly ana: Phone;
  /** The texts that it was handed. */
  readonly heard: readonly string[];
  /** Where it listens for reports. */
  readonly address: string;
  /** At which the bridge is to listen. */
  readonly port: number;
  /** From now on no report is answered; answers how many wait. */
  answerNothing(): () => number;
  /** Links the shop's phone by QR, as a person would; answers the connection's id. */
  link(): Promise<string>;
}

/** Opens one; it is closed when the test has finished. */
export async function openBridgedApp(): Promise<BridgedApp> {
  const web = await createWhatsAppWeb();
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const port = await freePort();
  const wadesk = createWadesk({
    channels: [unofficial({ bridges: { default: { url: `http://127.0.0.1:${port}`, secrets: BRIDGE_SECRET } } })],
    storage: memoryStorage(),
    encryptionKeys: ENCRYPTION_KEYS,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const heard: string[] = [];
  wadesk.process("message.received", ({ data }) => void (data.content.kind === "text" && heard.push(data.content.text)));
  await wadesk.start();
  const own = toNode(createWebhookHandler(wadesk));
  let isSilent = false;
  let waiting = 0;
  const site = createServer((incoming, outgoing) => {
    if (!isSilent) return own(incoming, outgoing);
    waiting += 1;
  });
  await new Promise<void>((resolve) => void site.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await wadesk.stop();
    site.closeAllConnections();
    await new Promise<void>((resolve) => void site.close(() => resolve()));
    await web.close();
  });
  return {
    wadesk,
    web,
    shop,
    ana,
    heard,
    address: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    port,
    answerNothing() {
      isSilent = true;
      return () => waiting;
    },
    async link() {
      const linking = wadesk.workspace("acme").connect("unofficial", { phone: "+15550001111" });
      for await (const step of linking) if (step.type === "qr") await shop.scan(step.text);
      return (await linking).id;
    },
  };
}
