import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, it, onTestFinished, vi } from "vitest";
import { freePort } from "./story/free-port.ts";
import { HOSTS } from "./story/hosts.ts";
import { openMeta } from "./story/meta-vendor.ts";
import { tellStory } from "./story/tell-story.ts";
import { openTwilio } from "./story/twilio-vendor.ts";
import type { OpenVendor } from "./story/vendor.ts";

const VENDORS: readonly (readonly [channel: string, open: OpenVendor])[] = [
  ["cloud-api", openMeta],
  ["twilio", openTwilio],
];

beforeEach(() => {
  // the applications log what they refuse, as they are meant to
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  return () => vi.restoreAllMocks();
});

describe.each(HOSTS)("an application on %s", (_framework, start) => {
  it.each(VENDORS)("connects, receives, answers, sends and refuses forgeries on the channel %s", async (channel, open) => {
    const vendor = await open();
    onTestFinished(() => vendor.close());
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "wadesk-mount-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const kept = { DATABASE: join(folder, "wadesk.db"), WADESK_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 5).toString("base64url")}` };
    const told = { ...vendor.environment, ...kept, ACTIVE_CHANNEL: channel, PUBLIC_URL: `http://127.0.0.1:${port}` };
    const host = await start(port, told);
    onTestFinished(() => host.stop());
    await tellStory(host, vendor);
  });
});
