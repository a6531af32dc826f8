import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createDevicesHandler } from "@wadesk/devices";
import { recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import express from "express";
import { describe, expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const { log, lines } = recordingLogger();
const wadesk = createWadesk({ channels: [cloudApi()], encryptionKeys: ENCRYPTION_KEYS, log });
const HANDLERS = [
  ["webhooks", () => createWebhookHandler(wadesk)],
  ["the screen", () => createDevicesHandler(wadesk, { authorize: () => undefined })],
] as const;
type Handler = ReturnType<(typeof HANDLERS)[number][1]>;

const PLACES: readonly (readonly [string, (handler: Handler) => RequestListener])[] = [
  ["Express", (handler) => express().use(handler as never)],
  ["node:http", (handler) => handler as never],
];

describe.each(HANDLERS)("the handler of %s without its mount", (_what, make) => {
  it.each(PLACES)("answers at once in %s that it wants one, and says so in the log, once among its errors", async (_place, listener) => {
    lines.length = 0;
    const server = createServer(listener(make()));
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (let time = 0; time < 2; time += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/webhooks/whatsapp/inbound`, { method: "POST", body: "{}" });
      expect([answer.status, await answer.text()]).toEqual([500, expect.stringMatching(/toExpress\(handler\).*toNode\(handler\)/)]);
    }
    const said = expect.stringContaining("toNode(handler)");
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ["error", said],
      ["debug", said],
    ]);
  });
});
