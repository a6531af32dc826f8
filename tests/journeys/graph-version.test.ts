import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage } from "@wadesk/core";
import { createFakeMeta, manualClock, recordingLogger } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS, openWorld } from "./world/open-world.ts";

function client(graphVersion: string | undefined, now: string) {
  const meta = createFakeMeta();
  onTestFinished(() => meta.close());
  const app = meta.addApp();
  const { log, lines } = recordingLogger();
  const time = manualClock(Date.parse(now));
  const wadesk = createWadesk({
    channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "hush", retryDelayMs: 0, graphVersion })],
    storage: memoryStorage({ now: time.now }),
    encryptionKeys: ENCRYPTION_KEYS,
    clock: time.clock,
    log,
    fetch: (address, init) => meta.fetch(new Request(address, init)),
  });
  onTestFinished(() => wadesk.stop());
  const found = async () => (await wadesk.settings.probe("cloud-api")).filter(({ check }) => check === "graph_version");
  return { wadesk, lines, found };
}

describe("the version of the Graph API", () => {
  it("is v23.0 unless it is set, and one that Meta has ended is named at start", async () => {
    const served = client(undefined, "2026-11-26");
    await served.wadesk.start();
    expect(served.lines.filter(({ level }) => level === "warn")).toEqual([]);
    expect((await served.wadesk.settings.read("cloud-api")).graphVersion).toBe("v23.0");
    for (const [version, now] of [
      [undefined, "2027-10-08"],
      ["v20.0", "2026-11-26"],
      ["v12.0", "2026-11-26"],
    ] as const) {
      const { wadesk, lines } = client(version, now);
      await wadesk.start();
      expect(lines.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Meta ended Graph API v(23|20|12)\.0 on 20\d\d-/));
    }
  });

  it("is checked when an admin sets it: its form, and that Meta has not ended it", async () => {
    const { wadesk } = client(undefined, "2026-11-26");
    const set = (graphVersion: string) => wadesk.settings.change("cloud-api", { graphVersion });
    await expect(set("23")).rejects.toMatchObject({ issues: [{ field: "graphVersion", code: "wrong_form" }] });
    await expect(set("v20.0")).rejects.toMatchObject({
      issues: [{ field: "graphVersion", code: "version_ended", message: expect.stringContaining("ended Graph API v20.0 on 2026-09-24") }],
    });
    expect((await set("v26.0")).settings.graphVersion).toBe("v26.0");
    for (const mistyped of ["v99.0", "v32.0", "v230.0"])
      await expect(set(mistyped)).rejects.toMatchObject({
        issues: [{ field: "graphVersion", code: "version_unknown", message: expect.stringContaining("v26.0 is the newest") }],
      });
    for (const none of ["v23.1", "V23.0", "23.0", "v23"])
      await expect(set(none)).rejects.toMatchObject({ issues: [{ field: "graphVersion", code: "wrong_form" }] });
    expect(() => cloudApi({ graphVersion: "v99.0" })).toThrow(/graphVersion.*v26\.0 is the newest/);
    expect((await set("v27.0")).settings.graphVersion).toBe("v27.0");
  });

  it("is tried with Meta by a probe", async () => {
    const { wadesk, found } = client(undefined, "2026-11-26");
    expect(await found()).toMatchObject([{ ok: true, code: "graph_version_served", values: { version: "v23.0", end: "2027-10-08" } }]);
    await wadesk.settings.change("cloud-api", { graphVersion: "v28.0" });
    expect(await found()).toMatchObject([{ ok: false, code: "graph_version_unknown", values: { version: "v28.0" } }]);
    expect(await client(undefined, "2028-01-01").found()).toMatchObject([{ ok: false, code: "graph_version_ended" }]);
  });

  it.each(["v21.0", "v23.0", "v24.0", "v26.0"])("%s is asked for no field that it lacks", async (graphVersion) => {
    const { wadesk, account, meta } = await openWorld({ channel: { graphVersion } });
    const acme = wadesk.workspace("acme");
    const { id, facts } = await acme.connect("cloud-api", account.input);
    expect(facts?.messagingLimit).toBe(250);
    await acme.check(id);
    await acme.operations("cloud-api", id).displayName();
    expect(meta.exchanges.filter(({ response }) => response.status !== 200)).toEqual([]);
  });
});
