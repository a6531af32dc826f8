import { createRequire } from "node:module";
import { createFakeTwilio, signTwilio, twilioBody, twilioInbound } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { expect, it, onTestFinished, vi } from "vitest";
import { openWorld } from "./world/open-world.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const hashes = createRequire(import.meta.url)("node:crypto") as { createHmac: (...values: unknown[]) => unknown };

/** An account of the admin's with so many tenants on it, half of them with its token typed in as their own. */
async function openAccount(tenants: number) {
  const fake = createFakeTwilio();
  onTestFinished(() => fake.close());
  const admin = fake.addAccount();
  const numbers = Array.from({ length: tenants }, (_, index) => `+1555020${String(index).padStart(4, "0")}`);
  const senders = numbers.map((number, index) => ({ workspaceId: `tenant ${index}`, number }));
  const calls: string[] = [];
  const world = await openWorld({
    extra: [twilio({ accountSid: admin.sid, authToken: admin.authToken, senders, retryDelayMs: 1 })],
    watch: (storage) => watchedStorage(storage, (call) => void calls.push(call)),
    fetch: (input, init) => fake.fetch(new Request(input, init)),
  });
  const { wadesk, callback } = world;
  await wadesk.settings.change("twilio", { webhookUrl: callback });
  for (const [index, number] of numbers.entries()) {
    fake.addSender({ accountSid: admin.sid, number });
    const typed = index % 2 === 0 ? {} : { accountSid: admin.sid, authToken: admin.authToken };
    await wadesk.workspace(`tenant ${index}`).connect("twilio", { mode: "production", from: number, ...typed });
  }
  const received: unknown[] = [];
  wadesk.process("message.received", ({ data }) => void received.push(data.messageId));
  let count = 0;
  const post = async (authToken: string): Promise<number> => {
    count += 1;
    const form = twilioInbound({
      accountSid: admin.sid,
      number: numbers[0] ?? "",
      messageSid: `SM${String(count).padStart(32, "0")}`,
    });
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signTwilio({ url: callback, parameters: form, authToken }),
    };
    return (await fetch(callback, { method: "POST", headers, body: twilioBody(form) })).status;
  };
  const opened = vi.spyOn(crypto.subtle, "decrypt");
  const hashed = vi.spyOn(hashes, "createHmac");
  const costOf = async (work: () => Promise<unknown>): Promise<{ calls: number; opened: number; hashed: number }> => {
    calls.length = 0;
    opened.mockClear();
    hashed.mockClear();
    await work();
    return { calls: calls.length, opened: opened.mock.calls.length, hashed: hashed.mock.calls.length };
  };
  return { ...world, admin, post, costOf, received };
}

it("a forged request that names an account costs the same with two tenants on it and with eighty, and a genuine one behind twenty such too", async () => {
  const costs = [];
  for (const tenants of [2, 80]) {
    const { admin, post, costOf, received } = await openAccount(tenants);
    await post("0".repeat(32));
    const forged = await costOf(() => post("0".repeat(32)));
    const genuine = await costOf(async () => expect(await post(admin.authToken)).toBe(200));
    // how many of them share a read depends on when each of them arrives
    const behind = await costOf(async () => {
      const strangers = Array.from({ length: 20 }, () => post("0".repeat(32)));
      expect(await post(admin.authToken)).toBe(200);
      expect(new Set(await Promise.all(strangers))).toEqual(new Set([401]));
    });
    expect(received).toHaveLength(2);
    expect(behind.calls).toBeLessThanOrEqual(20 * forged.calls + genuine.calls);
    expect(behind.opened).toBeLessThanOrEqual(genuine.opened);
    costs.push({ forged, genuine });
  }
  expect(costs[1]).toEqual(costs[0]);
});
