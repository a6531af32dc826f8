import { createWadesk, memoryStorage } from "@wadesk/core";
import { recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it, vi } from "vitest";
import { echoApps } from "./world/echo-apps.ts";
import { ECHO_HEADER } from "./world/echo-channel.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";
import { watchedStorage } from "./world/watched-storage.ts";

/** What something cost: the calls of the storage by their names, and how many sealed values were opened. */
interface Cost {
  readonly calls: readonly string[];
  readonly opened: number;
}

/** A host of so many tenants and apps, each app with two secrets, whose process has just begun: nothing of theirs is in its memory. */
async function begun(size: { readonly tenants: number; readonly apps: number }) {
  const storage = memoryStorage();
  const open = (of: typeof storage) =>
    createWadesk({ channels: [echoApps()], storage: of, encryptionKeys: ENCRYPTION_KEYS, log: recordingLogger().log });
  const before = open(storage);
  for (let index = 0; index < size.apps; index += 1) {
    for (const secret of ["first", "second"]) {
      await before.settings.change("echo", { apps: { [`app-${index}`]: { secrets: { add: `${secret}-secret-of-${index}` } } } });
    }
  }
  for (let index = 0; index < size.tenants; index += 1) {
    const tenant = before.workspace(`tenant-${index}`);
    await tenant.connect("echo", { number: `+1555${index}`, token: "tok", app: "app-0" });
    const { state } = await tenant.signup("echo", { userId: "ana" }).begin();
    await tenant.signup("echo", { userId: "ana" }).finish(state, "code-1");
  }
  const calls: string[] = [];
  const wadesk = open(watchedStorage(storage, (call) => void calls.push(call)));
  const handler = createWebhookHandler(wadesk);
  const forge = async (app: string): Promise<number> => {
    const headers = { [ECHO_HEADER]: "a guess" };
    const url = `https://chat.example.com/webhooks/echo/${app}`;
    return (await handler(new Request(url, { method: "POST", body: '{"to":"+15550"}', headers }))).status;
  };
  const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
    const opening = vi.spyOn(crypto.subtle, "decrypt");
    try {
      calls.length = 0;
      await work();
      return { calls: [...calls], opened: opening.mock.calls.length };
    } finally {
      opening.mockRestore();
    }
  };
  return { wadesk, forge, costOf };
}

const SIZES = [
  { tenants: 1, apps: 1 },
  { tenants: 30, apps: 50 },
];

describe.each(SIZES)("a refused request, with $tenants tenants and $apps apps", (size) => {
  it.each([
    ["to an app that nobody has", "app-x"],
    ["with a forged signature, to one that is there", "app-0"],
  ])("costs one read of the settings and opens nothing: %s", async (_what, app) => {
    const { forge, costOf } = await begun(size);
    await forge(app);
    expect(await costOf(() => forge(app))).toEqual({ calls: ["records.get"], opened: 0 });
  });

  it("opens each secret once, however many come while the process is new", async () => {
    const { forge, costOf } = await begun(size);
    const first = await costOf(() => Promise.all(Array.from({ length: 20 }, (_, index) => forge(index % 2 === 0 ? "app-0" : "app-x"))));
    expect(first.opened).toBeLessThanOrEqual(2 * size.apps);
    // those that come at once share a read
    expect(first.calls.length).toBeLessThanOrEqual(3);
    const statuses = await Promise.all([forge("app-0"), forge("app-x")]);
    expect(statuses).toEqual([401, 401]);
  });

  it.each(["sgn_unknown", "sgn_unknown.state", ""])(
    "for the signup %j reads one record at most, opens nothing and locks nothing",
    async (id) => {
      const { wadesk, costOf } = await begun(size);
      const signup = wadesk.workspace("tenant-0").signup("echo", { userId: "ana" });
      for (const refused of [
        () => signup.resume(id, { type: "pin", pin: "123456" }),
        () => signup.cancel(id),
        () => signup.finish(id, "c"),
      ]) {
        const cost = await costOf(async () => expect(await outcomeOf(refused)).toMatchObject({ remedy: "change-request" }));
        expect(cost.opened).toBe(0);
        expect(cost.calls.filter((call) => call !== "records.get")).toEqual([]);
        expect(cost.calls.length).toBeLessThanOrEqual(1);
      }
    },
  );

  it("for a signup of another user opens that one attempt, and locks nothing", async () => {
    const { wadesk, costOf } = await begun(size);
    const { id } = await wadesk.workspace("tenant-0").signup("echo", { userId: "bob" }).begin();
    const stranger = wadesk.workspace("tenant-0").signup("echo", { userId: "ana" });
    const cost = await costOf(async () => expect(await outcomeOf(() => stranger.resume(id))).toMatchObject({ code: "signup_not_found" }));
    expect(cost).toEqual({ calls: ["records.get"], opened: 1 });
  });
});
