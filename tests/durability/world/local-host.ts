import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type InboxOptions, type Logger, type Storage, type Wadesk } from "@wadesk/core";
import { type LogLine, recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { onTestFinished } from "vitest";
import { APP, ENCRYPTION_KEYS } from "./app.ts";

/** A host in the test's own process, for what does not take its life. */
export interface LocalHost {
  readonly wadesk: Wadesk;
  readonly url: string;
  /** The keys for which a handler started. */
  readonly started: readonly string[];
  readonly lines: readonly LogLine[];
}

/** Starts it on the storage that `open` opens; it ends with the test. */
export async function startLocalHost(open: (log: Logger) => Storage, inbox: InboxOptions = {}): Promise<LocalHost> {
  const { log, lines } = recordingLogger();
  const storage = open(log);
  const started: string[] = [];
  const patient = { leaseMs: 3000, maxAttempts: 1000, ...inbox };
  const wadesk = createWadesk({ channels: [cloudApi(APP)], encryptionKeys: ENCRYPTION_KEYS, storage, log, inbox: patient });
  wadesk.process("message.received", ({ key }) => void started.push(key));
  // a connection that nobody used while the machine paused would be cut under the next webhook
  const server = createServer({ keepAliveTimeout: 0 }, toNode(createWebhookHandler(wadesk)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await wadesk.stop();
    await storage.close();
  });
  await wadesk.start();
  return { wadesk, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp/inbound`, started, lines };
}
