import { describe, expect, it } from "vitest";
import type { ChangeNotices } from "../ports/stores/storage.ts";
import { openEcho } from "../testing/open-echo.ts";

/** A client with one number, and how often its storage was asked how things stand. */
async function openWatched(options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho(options);
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  const asked = (): number => world.faulty.callsOf("counts");
  return { ...world, acme, id, asked };
}

describe("a workspace that is watched", () => {
  it("calls who watches it within a second after a change of its own, and not after one of another's", async () => {
    const { acme, id, wadesk, clock } = await openWatched();
    let called = 0;
    const end = await acme.watch(() => {
      called += 1;
    });
    await clock.advance(5000);
    expect(called).toBe(0);
    await wadesk.workspace("rival").connect("echo", { number: "+222", token: "tok-2" });
    await clock.advance(1000);
    expect(called).toBe(0);
    await acme.rename(id, "Sales line");
    await clock.advance(1000);
    expect(called).toBe(1);
    await end();
    await acme.rename(id, "Other line");
    await clock.advance(5000);
    expect(called).toBe(1);
  });

  it("is asked for once a second however many watch it, and not at all while nobody does, or after a stop", async () => {
    const { acme, asked, clock, wadesk } = await openWatched();
    await clock.advance(10_000);
    expect(asked()).toBe(0);
    const ends = [await acme.watch(() => {}), await acme.watch(() => {})];
    const before = asked();
    await clock.advance(10_000);
    expect(asked() - before).toBe(10);
    for (const end of ends) await end();
    const after = asked();
    await clock.advance(10_000);
    expect(asked()).toBe(after);
    await acme.watch(() => {});
    await wadesk.stop();
    const stopped = asked();
    await clock.advance(10_000);
    expect(asked()).toBe(stopped);
  });

  it("is asked for once a second, too, when the last one who watches leaves while it is being asked and another one comes", async () => {
    const { acme, clock, storage } = await openWatched();
    const { counts } = storage.connections;
    let [asked, held] = [0, Promise.resolve()];
    Object.assign(storage.connections, {
      async counts(...given: Parameters<typeof counts>) {
        asked += 1;
        await held;
        return counts(...given);
      },
    });
    const first = await acme.watch(() => {});
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    await clock.advance(1000);
    await first();
    held = Promise.resolve();
    const second = await acme.watch(() => {});
    gate.resolve();
    await clock.advance(1000);
    const before = asked;
    await clock.advance(10_000);
    expect(asked - before).toBe(10);
    await second();
  });

  it("logs what an async listener rejects with, and goes on", async () => {
    const { acme, id, clock, log } = await openWatched();
    const end = await acme.watch(async () => Promise.reject(new Error("the socket is gone")));
    await acme.rename(id, "Sales line");
    await clock.advance(1000);
    expect(log.join("\n")).toMatch(/a listener of changes threw.*the socket is gone/);
    await end();
  });

  it("is told of by the storage where that can, and nobody asks", async () => {
    const heard = new Map<string, () => void>();
    const changes: ChangeNotices = {
      async subscribe(topic, listener) {
        heard.set(JSON.stringify(topic), listener);
        return async () => void heard.delete(JSON.stringify(topic));
      },
    };
    const { acme, asked, clock } = await openWatched({ storage: { changes } });
    let called = 0;
    const end = await acme.watch(() => {
      called += 1;
      throw new Error("a listener's own fault");
    });
    expect([...heard.keys()]).toEqual(['{"topic":"connections","workspaceId":"acme"}']);
    await clock.advance(10_000);
    heard.get('{"topic":"connections","workspaceId":"acme"}')?.();
    expect([called, asked()]).toEqual([1, 0]);
    await end();
    expect(heard.size).toBe(0);
  });
});

describe("settings that are watched", () => {
  it("call who watches them when one changes, and not when a connection does", async () => {
    const { acme, id, wadesk, clock } = await openWatched();
    let called = 0;
    await wadesk.settings.watch(() => {
      called += 1;
    });
    await acme.rename(id, "Sales line");
    await clock.advance(2000);
    expect(called).toBe(0);
    await wadesk.settings.change("echo", { region: "eu" });
    await clock.advance(1000);
    expect(called).toBe(1);
  });
});
