import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "./story/free-port.ts";
import { nextHost } from "./story/hosts.ts";

const WHY_SKIPPED = nextHost === undefined ? " (skipped: Next.js is built by `pnpm check` alone)" : "";

describe.skipIf(nextHost === undefined)(`a path with the name of an app, on Next.js${WHY_SKIPPED}`, () => {
  it.each(["/hooks", "/outside"])("picks the app's secret below %s, a route of its own and one that is rewritten", async (base) => {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "wadesk-next-apps-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const key = `k1:${Buffer.alloc(32, 5).toString("base64url")}`;
    const host = await nextHost?.(port, { DATABASE: join(folder, "wadesk.db"), WADESK_ENCRYPTION_KEYS: key });
    onTestFinished(() => host?.stop());
    const post = async (app: string, secret: string): Promise<readonly [number, unknown]> => {
      const answer = await fetch(`http://127.0.0.1:${port}${base}/echo/${app}`, {
        method: "POST",
        body: "Olá",
        headers: { "x-echo-secret": secret },
      });
      return [answer.status, await answer.json()];
    };
    expect(await post("eu", "secret-of-eu")).toEqual([200, { app: "eu", bytes: 4 }]);
    expect(await post("%65u", "secret-of-eu")).toEqual([200, { app: "eu", bytes: 4 }]);
    expect(await post("a%20b", "secret-of-a-b")).toEqual([200, { app: "a b", bytes: 4 }]);
    const wrong = await post("eu", "secret-of-a-b");
    expect(wrong).toMatchObject([401, { error: { code: "signature_invalid" } }]);
    for (const app of ["us", "eu%2F", "constructor", "a+b"]) expect(await post(app, "secret-of-a-b")).toEqual(wrong);
    expect((await post("eu/more", "secret-of-eu"))[0]).toBe(404);
  });
});
