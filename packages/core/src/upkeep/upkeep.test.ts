import { expect, it } from "vitest";
import { openEcho } from "../testing/open-echo.ts";

it("upkeep asks for its lease at once, and its first work leaves the storage to what the host was started for", async () => {
  const { wadesk, clock, storage, faulty } = openEcho({ silenceLimitMs: 90_000 });
  await wadesk.start();
  await clock.advance(1999);
  expect(await storage.leases.acquire("upkeep", "another process", 1)).toBeUndefined();
  expect(faulty.callsOf("silent")).toBe(0);
  await clock.advance(1);
  expect(faulty.callsOf("silent")).toBe(1);
  await clock.advance(10_000);
  expect(faulty.callsOf("silent")).toBe(2);
  await wadesk.stop();
});
