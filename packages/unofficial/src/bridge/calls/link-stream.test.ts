import { memoryStorage, WadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { ROUTE, SHOP } from "../../testing/open-bridge.ts";
import { linkStream } from "./link-stream.ts";
import type { BridgeClient } from "./numbers.ts";

const CALL = { workspaceId: "acme", phone: SHOP } as const;

/** A client whose attempts end when the test says so. */
function openClient() {
  const storage = memoryStorage();
  const attempts: ((error: Error) => void)[] = [];
  const connect = () => {
    const { promise, reject } = Promise.withResolvers<never>();
    attempts.push(reject);
    promise.catch(() => {});
    return Object.assign(promise, {
      cancel: async () => {},
      [Symbol.asyncIterator]: () => ({ next: () => promise }),
    });
  };
  const wadesk = { workspace: () => ({ connect }) };
  return { client: { wadesk, storage, now: Date.now } as unknown as BridgeClient, storage, attempts };
}

describe("an attempt to link", () => {
  it("that could not begin is given up in peace, since there is nothing to cancel", async () => {
    const { client, storage } = openClient();
    Object.assign(storage.connections, { byRoute: () => Promise.reject(new WadeskError("storage_unavailable")) });
    await expect(linkStream(client, CALL, new Map()).cancel()).resolves.toBeUndefined();
  });

  it("is under way as long as one of two at the same number is", async () => {
    const { client, attempts } = openClient();
    const linking = new Map<string, number>();
    const streams = [linkStream(client, CALL, linking), linkStream(client, CALL, linking)];
    await expect.poll(() => attempts.length).toBe(2);
    const ends = streams.map((stream) => new Response(stream).text());
    attempts[0]?.(new WadeskError("linking_cancelled"));
    expect(await ends[0]).toContain("linking_cancelled");
    expect(linking.has(ROUTE)).toBe(true);
    attempts[1]?.(new WadeskError("pair_failed"));
    expect(await ends[1]).toContain("pair_failed");
    expect(linking.has(ROUTE)).toBe(false);
  });
});
