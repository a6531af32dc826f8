import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type OpenedApp, openApp } from "../../../examples/app/server/index.ts";
import { createApp as createExpress } from "../../../examples/express/app.ts";
import { createApp as createFastify } from "../../../examples/fastify/app.ts";
import { freePort } from "../../journeys/story/free-port.ts";
import { nextHost } from "../../journeys/story/hosts.ts";

/** Opens an example on simulated vendors, with this channel in force and nothing connected yet, until the test ends. Answers its address. */
export type OpenExample = (activeChannel: string) => Promise<string>;

type Listen = (opened: OpenedApp) => Promise<() => Promise<void>>;

const inProcess =
  (listen: Listen): OpenExample =>
  async (activeChannel) => {
    const { folder, ...environment } = await told(activeChannel);
    const opened = await openApp(environment, folder);
    const close = await listen(opened);
    onTestFinished(async () => {
      await close();
      await opened.stop();
    });
    await opened.start();
    await opened.reached();
    return opened.url;
  };

/** The example on Express. */
export const openExpress: OpenExample = inProcess(async ({ wadesk, parts, config }) => {
  const server = createServer(createExpress(wadesk, parts)).listen(config.port, config.host);
  await once(server, "listening");
  return async () => {
    server.closeAllConnections();
    server.close();
  };
});

const openFastify = inProcess(async (opened) => {
  const app = await createFastify(opened);
  await app.listen({ port: opened.config.port, host: opened.config.host });
  return () => app.close();
});

const openNext: OpenExample = async (activeChannel) => {
  const { folder: _folder, PORT, ...environment } = await told(activeChannel);
  const host = await nextHost?.(Number(PORT), environment);
  onTestFinished(() => host?.stop());
  return `http://127.0.0.1:${PORT}`;
};

/** The others; Next.js where it is built. */
export const OTHERS: readonly (readonly [framework: string, open: OpenExample])[] =
  nextHost === undefined ? [["Fastify", openFastify]] : [["Next.js", openNext]];

async function told(activeChannel: string) {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-example-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const PORT = String(await freePort());
  return {
    folder,
    PORT,
    PUBLIC_URL: `http://127.0.0.1:${PORT}`,
    DATABASE: join(folder, "wadesk.db"),
    WADESK_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 5).toString("base64url")}`,
    ACTIVE_CHANNEL: activeChannel,
  };
}
