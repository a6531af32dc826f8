import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWadesk, memoryStorage } from "@wadesk/core";
import { unofficial } from "@wadesk/unofficial";
import { createBridge } from "@wadesk/unofficial/bridge";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "./story/free-port.ts";
import { BRIDGE_SECRET, type BridgedWorldOptions, linkBridged, openBridged } from "./world/open-bridged.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const OTHER_SECRET = "another secret of thirty-two chars";

async function probed(options: BridgedWorldOptions & { readonly app?: string } = {}) {
  const world = await openBridged(options);
  return { ...world, probe: () => world.app.wadesk.settings.probe("unofficial") };
}

/** A page that answers anything so. */
async function pageWith(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end("<html>Welcome</html>"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("tells that a bridge is reached, has the same secret and reaches the app", async () => {
  const world = await probed();
  await linkBridged(world, world.app);
  expect(await world.probe()).toEqual([
    {
      check: "bridges",
      ok: true,
      code: "bridge_reached",
      values: { bridge: "default", ms: expect.any(Number), numbers: 1 },
      text: expect.stringMatching(/^Reachable, and the shared secret matches\. Answered in \d+ ms, holds 1 session\.$/),
    },
  ]);
});

it("tells that the secret differs, and which value to paste", async () => {
  const { probe } = await probed({ bridge: { secrets: OTHER_SECRET } });
  const [found] = await probe();
  expect(found).toMatchObject({
    ok: false,
    code: "bridge_secret_differs",
    text: "Reachable, but the shared secret differs. Paste NODE_WEBHOOK_TOKEN from node/.env.",
  });
  expect(JSON.stringify(found)).not.toMatch(new RegExp(`${OTHER_SECRET}|${BRIDGE_SECRET.slice(0, 20)}`));
});

it.each([
  ["where nothing listens", async () => `http://127.0.0.1:${await freePort()}`, "bridge_cannot_reach_app"],
  ["at a page that takes anything", () => pageWith(200), "bridge_cannot_reach_app"],
  ["at a page that has no such path", () => pageWith(404), "bridge_cannot_reach_app"],
  ["at one that refuses what the bridge signs", () => pageWith(401), "bridge_refused_by_app"],
])("tells that the bridge looks for the app %s, and by which address", async (_where, address, code) => {
  const app = await address();
  const { probe, bridge } = await probed({ bridge: { app } });
  const [found] = await probe();
  expect(found).toMatchObject({ ok: false, code, values: { app, bridge: "default" } });
  expect(found?.text).toContain(
    code === "bridge_refused_by_app"
      ? "refuses its reports"
      : `Reachable, but it cannot reach this app at ${app}. Correct it in node/.env and restart the service.`,
  );
  expect(await bridge.askApp()).toMatchObject({ reached: code === "bridge_refused_by_app" ? "refused" : "no" });
});

it("tells of each bridge by itself: where nothing listens, what is no bridge, and one without a secret", async () => {
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const page = await pageWith(404);
  const bridges = {
    away: { url: nowhere, secrets: BRIDGE_SECRET },
    page: { url: page, secrets: BRIDGE_SECRET },
    bare: { url: "http://127.0.0.1:8888", secrets: [] },
  };
  const wadesk = createWadesk({ channels: [unofficial({ bridges })], encryptionKeys: ENCRYPTION_KEYS });
  expect((await wadesk.settings.probe("unofficial")).map(({ code, values, text }) => [values.bridge, code, text.split(".")[0]])).toEqual([
    ["away", "bridge_silent", `Not reachable: nothing listens at http://127`],
    ["page", "bridge_elsewhere", "What answers at http://127"],
    ["bare", "bridge_secret_missing", "The shared secret is not set"],
  ]);
});

it("takes no webhook of the app's for the app, and says what to write", () => {
  const made = (app: string) => () =>
    createBridge({ app, secrets: BRIDGE_SECRET, storage: memoryStorage(), encryptionKeys: ENCRYPTION_KEYS });
  expect(made("https://app.example/in/webhooks/wadesk-bridge")).toThrow(
    'createBridge: app must be the app\'s address without the path of its webhook: write "https://app.example/in"',
  );
  expect(made("https://app.example/in/webhooks")).not.toThrow();
});
