import { createWadesk, memoryStorage, type Wadesk } from "@wadesk/core";
import { manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type Phone } from "@wadesk/testing/whatsapp-web";
import { type BridgedChannel, unofficial } from "@wadesk/unofficial";
import { createBridge } from "@wadesk/unofficial/bridge";
import { createWebhookHandler, type WebhookHandler } from "@wadesk/webhooks";
import { onTestFinished } from "vitest";
import { AMPLE_PACE } from "../../../journeys/world/ample-pace.ts";
import { serveHost } from "../../../journeys/world/host-app.ts";
import { SHOP } from "../../../journeys/world/open-phones.ts";
import { ENCRYPTION_KEYS } from "../../../journeys/world/open-world.ts";

/** An application with helper services of several names, over HTTP, and a phone. */
export interface ServicesWorld {
  readonly wadesk: Wadesk<BridgedChannel>;
  readonly shop: Phone;
}

/** Opens it until the test ends. */
export async function openServices(names: readonly string[]): Promise<ServicesWorld> {
  const time = manualClock();
  const { log } = recordingLogger();
  const web = await createWhatsAppWeb({ clock: time.clock });
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const taking: { reports?: WebhookHandler } = {};
  const site = await serveHost(async (request) => (await taking.reports?.(request)) ?? new Response(null, { status: 503 }), "node:http");
  const services = await Promise.all(
    names.map(async (name) => {
      const secret = `the shared secret of the service ${name}`;
      const bridge = createBridge({
        app: site.origin,
        secrets: secret,
        name,
        storage: memoryStorage({ now: time.now }),
        encryptionKeys: ENCRYPTION_KEYS,
        whatsapp: { webSocketUrl: web.url, ...AMPLE_PACE },
        clock: time.clock,
        log,
        random: () => 0,
      });
      const server = await serveHost((request) => bridge.handle(request), "node:http");
      return { name, secret, bridge, server };
    }),
  );
  const wadesk = createWadesk({
    channels: [
      unofficial({
        bridges: Object.fromEntries(services.map(({ name, secret, server }) => [name, { url: server.origin, secrets: secret }])),
      }),
    ],
    storage: memoryStorage({ now: time.now }),
    encryptionKeys: ENCRYPTION_KEYS,
    clock: time.clock,
    log,
    random: () => 0,
  });
  taking.reports = createWebhookHandler(wadesk);
  await wadesk.start();
  for (const { bridge } of services) await bridge.start();
  onTestFinished(async () => {
    for (const { bridge } of services) await bridge.stop({ withinMs: 1 });
    await wadesk.stop({ withinMs: 1 });
    for (const { server } of services) await server.close();
    await site.close();
    await web.close();
  });
  return { wadesk, shop };
}
