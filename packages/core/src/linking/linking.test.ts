import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { startLinking } from "./linking.ts";

const CONNECTION = { id: "con_1" } as Connection;
const linked = (): ReturnType<typeof startLinking> => startLinking("con_1", async () => CONNECTION);
const failed = (): ReturnType<typeof startLinking> => startLinking("con_1", async () => Promise.reject(new WadeskError("token_expired")));

describe("a connection being made", () => {
  it("has what a promise has: then, catch and finally", async () => {
    expect(await linked().then(({ id }) => id)).toBe("con_1");
    expect(await failed().catch((error: WadeskError) => error.code)).toBe("token_expired");
    const ended: string[] = [];
    expect(await linked().finally(() => void ended.push("linked"))).toBe(CONNECTION);
    await expect(failed().finally(() => void ended.push("failed"))).rejects.toMatchObject({ code: "token_expired" });
    expect(ended).toEqual(["linked", "failed"]);
  });

  it("goes wherever a promise goes", async () => {
    const promises: readonly Promise<Connection>[] = [linked(), linked()];
    expect(await Promise.all(promises)).toEqual([CONNECTION, CONNECTION]);
    // Node asks a stranger's promise for both of them
    await assert.rejects(failed(), { code: "token_expired" });
    expect(Object.prototype.toString.call(linked())).toBe("[object Linking]");
  });

  it("is no unhandled rejection while it is only iterated, and throws there what went wrong", async () => {
    const iterate = async (): Promise<void> => {
      for await (const _ of failed());
    };
    await expect(iterate()).rejects.toMatchObject({ code: "token_expired" });
  });
});
