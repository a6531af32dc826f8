import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { memoryStorage } from "@wadesk/core";
import { type Bridge, createBridge } from "@wadesk/unofficial/bridge";
import { toNode } from "@wadesk/webhooks/node";

/** The helper service that keeps the phones' sessions, which a person at the panel may stop. */
export interface FakeBridge {
  /** What the application has as its own, to call it and to believe its reports. */
  readonly given: { readonly url: string; readonly secret: string };
  isRunning(): boolean;
  /** Begins to keep sessions for the application at this address; once. */
  serve(app: string): Promise<void>;
  /** From now on it does not answer, and its sessions are away. */
  stop(): Promise<void>;
  /** It is back, with the sessions that it had. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const STOP_MS = 1000;

/** Opens it on loopback, in front of the WhatsApp at this address. Its sessions are gone with the process, as the phones are. */
export async function openFakeBridge(webSocketUrl: string): Promise<FakeBridge> {
  const secret = randomText();
  const encryptionKeys = `k1:${randomText()}`;
  const storage = memoryStorage();
  let app: string | undefined;
  let running: Bridge | undefined;
  const answering = toNode(async (request) => (await running?.handle(request)) ?? new Response(null, { status: 503 }));
  const listener = createServer((incoming, outgoing) => {
    // as when nothing listens
    if (running === undefined) incoming.socket.destroy();
    else answering(incoming, outgoing);
  });
  await new Promise<void>((resolve) => void listener.listen(0, "127.0.0.1", resolve));
  const start = async (): Promise<void> => {
    if (app === undefined || running !== undefined) return;
    running = createBridge({ app, secrets: secret, storage, encryptionKeys, whatsapp: { webSocketUrl } });
    await running.start();
  };
  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    listener.closeAllConnections();
    await ending?.stop({ withinMs: STOP_MS });
  };
  return {
    given: { url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`, secret },
    isRunning: () => running !== undefined,
    async serve(address) {
      app ??= address;
      await start();
    },
    stop,
    restart: start,
    async close() {
      await stop();
      await new Promise<void>((resolve) => void listener.close(() => resolve()));
    },
  };
}

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
