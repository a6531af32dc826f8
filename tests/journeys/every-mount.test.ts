import { createServer } from "node:net";
import { beforeEach, describe, it, onTestFinished, vi } from "vitest";
import { HOSTS } from "./story/hosts.ts";
import { openMeta } from "./story/meta-vendor.ts";
import { tellStory } from "./story/tell-story.ts";
import { openTwilio } from "./story/twilio-vendor.ts";
import type { OpenVendor } from "./story/vendor.ts";

const VENDORS: readonly (readonly [channel: string, open: OpenVendor])[] = [
  ["cloud-api", openMeta],
  ["twilio", openTwilio],
];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

beforeEach(() => {
  // the applications log what they refuse, as they are meant to
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  return () => vi.restoreAllMocks();
});

describe.each(HOSTS)("an application on %s", (_framework, start) => {
  it.each(VENDORS)(
    "connects, receives, answers, sends and refuses forgeries on the channel %s",
    { timeout: 60_000 },
    async (channel, open) => {
      const vendor = await open();
      onTestFinished(() => vendor.close());
      const port = await freePort();
      const host = await start(port, { ...vendor.environment, ACTIVE_CHANNEL: channel, PUBLIC_URL: `http://127.0.0.1:${port}` });
      onTestFinished(() => host.stop());
      await tellStory(host, vendor);
    },
  );
});
