import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { type EchoProcess, openSessionWorld, type SessionWorld } from "../testing/echo-sessions.ts";
import { echoSocket } from "../testing/echo-socket.ts";

const number = "+111";

/** A number whose session `one` is to keep and cannot open, and `two` beside it, which keeps none. */
async function openUnopened(): Promise<SessionWorld & { readonly one: EchoProcess; readonly two: EchoProcess; readonly id: string }> {
  const world = openSessionWorld();
  const [one, two] = [world.process(), world.process()];
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number });
  one.onOpen = () => Promise.reject(new Error("no network"));
  await one.wadesk.start();
  await world.clock.advance(1);
  return { ...world, one, two, id };
}

const untold = (log: readonly string[]): number => log.filter((line) => line.includes("the provider was not told")).length;

describe("what is asked of a session that cannot be opened", () => {
  it("is waited for five minutes; then the number is removed without its vendor, and the log says so", async () => {
    const { clock, storage, one, two, id, recordsOf } = await openUnopened();
    const acme = two.wadesk.workspace("acme");
    await acme.remove(id);
    await clock.advance(290_000);
    expect([await acme.intent(id), untold(one.log)]).toEqual([expect.not.objectContaining({ failed: expect.anything() }), 0]);
    await clock.advance(20_000);
    expect([await storage.connections.get("acme", id), await storage.sessions.find(id), await recordsOf(id)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect([untold(one.log), one.calls.filter((call) => call.startsWith("unlink"))]).toEqual([1, []]);
  });

  it("is done to a number that is disconnected, too: it stays so, and no session is opened any more", async () => {
    const { clock, one, two, id } = await openUnopened();
    const acme = two.wadesk.workspace("acme");
    await acme.disconnect(id);
    await clock.advance(310_000);
    expect([(await acme.get(id)).status, await acme.intent(id)]).toMatchObject([{ reason: "requested" }, undefined]);
    one.calls.length = 0;
    one.onOpen = async () => {};
    await clock.advance(600_000);
    expect([one.open.size, untold(one.log)]).toEqual([0, 1]);
  });

  it("fails where it is a check", async () => {
    const { clock, one, two, id } = await openUnopened();
    one.onOpen = () => new Promise(() => {});
    await clock.advance(2000);
    const acme = two.wadesk.workspace("acme");
    await acme.check(id);
    await clock.advance(310_000);
    expect(await acme.intent(id)).toMatchObject({ action: "check", failed: "not_connected" });
  });
});

describe("a number whose secret does not open with the keys at hand", () => {
  it("says so on its card, and is removed at once without its vendor", async () => {
    const { clock, storage, one, id, ...world } = await openUnopened();
    await one.wadesk.stop();
    const vendor = echoSocket({ now: clock.now });
    const log: string[] = [];
    const line = (_data: object, message: string): void => void log.push(message);
    const wadesk = createWadesk({
      channels: [vendor.channel],
      storage,
      clock,
      encryptionKeys: `k2:${Buffer.alloc(32, 9).toString("base64url")}`,
      log: { debug: line, info: line, warn: line, error: line },
      random: () => 0,
    });
    await wadesk.start();
    await clock.advance(2000);
    const acme = wadesk.workspace("acme");
    expect(await acme.get(id)).toMatchObject({
      status: { state: "failed", reason: "encryption_key_unknown" },
      advice: { remedy: "none", text: expect.stringContaining("add that key again") },
    });
    await acme.remove(id);
    await clock.advance(4000);
    expect([await storage.connections.get("acme", id), await world.recordsOf(id), untold(log)]).toEqual([undefined, [], 1]);
    await wadesk.stop();
  });

  it("is connected again once its key is there", async () => {
    const { clock, storage, one, two, id } = await openUnopened();
    await one.wadesk.stop();
    const wrong = createWadesk({
      channels: [echoSocket({ now: clock.now }).channel],
      storage,
      clock,
      encryptionKeys: `k2:${Buffer.alloc(32, 9).toString("base64url")}`,
    });
    await wrong.start();
    await clock.advance(2000);
    await wrong.stop();
    await two.wadesk.start();
    await clock.advance(12_000);
    expect((await two.wadesk.workspace("acme").get(id)).status.state).toBe("connected");
  });
});
