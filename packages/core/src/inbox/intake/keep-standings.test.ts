import { describe, expect, it } from "vitest";
import type { ReportedStanding, StrayNumber } from "../../ports/webhook-source.ts";
import { openEcho } from "../../testing/open-echo.ts";

const SPEAKER = "echo:bridge:default";

async function openReported() {
  const world = openEcho({ silenceLimitMs: 90_000 });
  const { wadesk, clock } = world;
  const acme = wadesk.workspace("acme");
  const { id, route } = await acme.connect("echo", { number: "+111", token: "tok-1", speaker: SPEAKER });
  const stand = async (standing: Partial<ReportedStanding>, speaker = SPEAKER): Promise<readonly StrayNumber[] | undefined> =>
    wadesk.inbound.stand?.("echo", [{ route, health: [{ type: "alive", at: clock.now() }], ...standing }], speaker);
  return { ...world, acme, id, route, stand };
}

describe("the standing of a number, as its vendor reports it", () => {
  it("keeps it connected, and where nothing else is new is no change of its row", async () => {
    const { acme, id, clock, stand } = await openReported();
    await stand({});
    const { version } = await acme.get(id);
    await clock.advance(60_000);
    await stand({});
    await clock.advance(60_000);
    expect(await acme.get(id)).toMatchObject({ version, status: { state: "connected" } });
    await clock.advance(31_000);
    expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "silent" });
    await stand({});
    expect((await acme.get(id)).status.state).toBe("connected");
  });

  it("turns its state, and says what was learnt since", async () => {
    const { acme, id, clock, stand } = await openReported();
    const warnings = [{ code: "keys_missing", text: "The session was moved without its keys." }];
    const at = clock.now();
    await stand({ health: [{ type: "closed", reason: "unlinked", at }], facts: { phoneSeenAt: at }, details: { name: "Shop" }, warnings });
    expect(await acme.get(id)).toMatchObject({
      status: { state: "disconnected", reason: "unlinked" },
      facts: { phoneSeenAt: at },
      details: { name: "Shop" },
      warnings,
    });
  });

  it("that is told once counts once, whichever process hears it again, and under another speaker or name anew", async () => {
    const { wadesk, route, acme, id, clock } = await openReported();
    const told = async (reason: "unlinked" | undefined, name: string, speaker = SPEAKER) => {
      const health = [
        reason === undefined ? ({ type: "alive", at: clock.now() } as const) : ({ type: "closed", reason, at: clock.now() } as const),
      ];
      await wadesk.inbound.stand?.("echo", [{ route, health, warnings: [{ code: name, text: "A word." }] }], speaker, {
        id: name,
        forMs: 60_000,
      });
      return (await acme.get(id)).warnings.map(({ code }) => code);
    };
    expect(await told(undefined, "one")).toEqual(["one"]);
    expect(await told(undefined, "two")).toEqual(["two"]);
    expect(await told(undefined, "one")).toEqual(["two"]);
    expect(await told(undefined, "three", "echo:bridge:other")).toEqual(["two"]);
    expect(await told(undefined, "three")).toEqual(["three"]);
    await clock.advance(60_001);
    expect(await told("unlinked", "one")).toEqual(["one"]);
  });

  it("is heard by who was connected with that speaker alone, and by none that was disconnected on request", async () => {
    const { acme, id, clock, stand } = await openReported();
    const closed = { health: [{ type: "closed", reason: "unlinked", at: clock.now() }] } as const;
    await stand(closed, "echo:bridge:other");
    await stand({ ...closed, route: "echo:nobody" });
    expect((await acme.get(id)).status.state).toBe("connected");
    await acme.disconnect(id);
    const before = await acme.get(id);
    await stand({});
    expect(await acme.get(id)).toEqual(before);
  });

  it("is answered with those that nobody uses: when they ended here, where they did, and none that is being linked", async () => {
    const { wadesk, acme, id, route, clock, stand, vendor } = await openReported();
    const linking = Promise.withResolvers<void>();
    vendor.onSubscribed = () => linking.promise;
    const attempt = acme.connect("echo", { number: "+222", token: "tok-2", speaker: SPEAKER });
    await clock.advance(0);
    expect(await stand({ route: "echo:+222" })).toEqual([]);
    linking.resolve();
    await attempt;
    expect([await stand({}), await stand({ route: "echo:nobody" })]).toEqual([[], [{ route: "echo:nobody" }]]);
    expect(await stand({}, "echo:bridge:other")).toEqual([{ route }]);
    await clock.advance(1000);
    await acme.disconnect(id);
    const endedAt = clock.now();
    await clock.advance(1000);
    expect(await stand({})).toEqual([{ route, endedAt }]);
    // the vendor was told, so that nothing is kept of it once it is removed
    await acme.remove(id);
    expect(await stand({})).toEqual([{ route }]);
    expect((await wadesk.workspace("acme").list()).items).toHaveLength(1);
  });

  it("is answered for 60 days with one that was removed while its vendor could not be told, to whom it belongs alone", async () => {
    const { acme, id, route, clock, stand, vendor } = await openReported();
    vendor.onDisconnect = async () => "later";
    await acme.remove(id);
    expect((await acme.list()).items).toEqual([]);
    const endedAt = clock.now();
    await clock.advance(59 * 24 * 60 * 60_000);
    expect(await stand({})).toEqual([{ route, endedAt }]);
    expect(await stand({}, "echo:bridge:other")).toEqual([{ route }]);
    await clock.advance(24 * 60 * 60_000 + 1);
    expect(await stand({})).toEqual([{ route }]);
  });

  it("costs a read for each number and one write for all that only live", async () => {
    const { wadesk, clock, storage } = await openReported();
    const acme = wadesk.workspace("acme");
    const routes: string[] = [];
    for (let index = 0; index < 20; index += 1)
      routes.push((await acme.connect("echo", { number: `+222${index}`, token: `t${index}`, speaker: SPEAKER })).route);
    const told = (): readonly ReportedStanding[] => routes.map((route) => ({ route, health: [{ type: "alive", at: clock.now() }] }));
    await clock.advance(1000);
    const calls: string[] = [];
    for (const name of ["byRoute", "touch", "update", "get"] as const) {
      const real = storage.connections[name] as (...given: unknown[]) => Promise<unknown>;
      Object.assign(storage.connections, {
        [name]: (...given: unknown[]) => {
          calls.push(name);
          return real(...given);
        },
      });
    }
    await wadesk.inbound.stand?.("echo", told(), SPEAKER);
    expect([calls.filter((name) => name === "byRoute").length, calls.filter((name) => name !== "byRoute")]).toEqual([20, ["touch"]]);
  });
});
