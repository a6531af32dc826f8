import { expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { SessionEnd } from "../ports/session.ts";
import { type EchoProcess, openEchoProcess } from "../testing/echo-sessions.ts";
import { manualClock } from "../testing/manual-clock.ts";

async function openWorld() {
  const clock = manualClock();
  const storage = memoryStorage({ now: clock.now });
  const one = openEchoProcess(storage, clock);
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  const cut = async (end?: SessionEnd): Promise<void> => {
    one.open.get("+111")?.cut("connection_lost", end);
    await clock.advance(1);
  };
  const opened = ({ calls }: EchoProcess): number => calls.filter((call) => call === "open +111").length;
  // what is opened takes keys from the machine, which goes by no clock of ours
  const until = async (look: () => boolean): Promise<void> => {
    while (!look()) await clock.advance(0);
  };
  return { clock, storage, one, id, cut, until, opened: () => opened(one), other: () => openEchoProcess(storage, clock) };
}

it("a session that says when it may be opened again is opened no sooner, and not much later", async () => {
  const { clock, one, cut, until, opened } = await openWorld();
  await cut({ openAgain: { inMs: 60_000 } });
  await clock.advance(59_900);
  expect(opened()).toBe(0);
  await clock.advance(200);
  await until(() => opened() === 1);
  await one.wadesk.stop();
});

it("one that ends is tried again within a tenth of a second, then each pause is longer than the last until a session was open for a minute", async () => {
  const { clock, one, cut, opened } = await openWorld();
  const pauseAfterCut = async (): Promise<number> => {
    const before = opened();
    await cut();
    let tenths = 0;
    for (; opened() === before; tenths += 1) await clock.advance(100);
    return tenths;
  };
  const pauses = [await pauseAfterCut(), await pauseAfterCut(), await pauseAfterCut(), await pauseAfterCut()];
  expect(pauses.map((tenths) => (tenths <= 1 ? "at once" : Math.ceil(tenths / 10)))).toEqual(["at once", 1, 2, 4]);
  await clock.advance(60_000);
  expect(await pauseAfterCut()).toBeLessThanOrEqual(1);
  await one.wadesk.stop();
});

it("one that waits to be asked is opened by a check, once for each, from whichever process it comes", async () => {
  const { clock, one, id, cut, until, opened, other } = await openWorld();
  const here = one.wadesk.workspace("acme");
  await cut({ openAgain: "asked" });
  await clock.advance(600_000);
  expect(opened()).toBe(0);
  await here.check(id);
  await clock.advance(4000);
  await until(() => one.open.size === 1 && opened() === 1);
  expect(await here.intent(id)).toBeUndefined();
  await cut({ openAgain: "asked" });
  await other().wadesk.workspace("acme").check(id);
  await clock.advance(60_000);
  await until(() => opened() >= 2);
  expect(opened()).toBe(2);
  await one.wadesk.stop();
});

it("one that rests is opened once for a disconnect, and after that by its own pauses", async () => {
  const { clock, one, id, cut, until, opened } = await openWorld();
  await cut({ openAgain: "asked" });
  one.onOpen = async () => {
    throw new Error("the vendor does not answer");
  };
  await one.wadesk.workspace("acme").disconnect(id);
  await clock.advance(2100);
  await until(() => opened() === 1);
  await clock.advance(60_000);
  expect(opened()).toBeLessThan(8);
  one.onOpen = async () => {};
  await clock.advance(300_000);
  await until(() => one.calls.at(-1) === "close +111");
  const unlinked = one.calls.indexOf("unlink +111");
  expect(one.calls.slice(unlinked - 1, unlinked + 2)).toEqual(["open +111", "unlink +111", "close +111"]);
  await one.wadesk.stop();
});

it("one whose number was unlinked while it was being opened is closed and not kept", async () => {
  const { clock, one, id, cut, until } = await openWorld();
  const acme = one.wadesk.workspace("acme");
  one.onOpen = async (_number, _signal, voice) => {
    voice.report({ type: "closed", reason: "unlinked", at: clock.now() });
    while ((await acme.get(id)).status.state === "connected") await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  };
  await cut();
  await clock.advance(1100);
  // at once, and not only when the sessions are looked at again
  await until(() => one.calls.length === 2);
  expect([one.calls, one.open.size]).toEqual([["open +111", "close +111"], 0]);
  const sending = acme.send({ from: id, to: "+4915100000001", content: { kind: "text", text: "Hi" } });
  await expect(sending).rejects.toMatchObject({ code: "not_connected" });
  await one.wadesk.stop();
});

it("one that needs to be paired again says so, is closed, and is opened no more", async () => {
  const { clock, one, id, until, opened } = await openWorld();
  one.open.get("+111")?.voice.report({ type: "step", step: "needs_repair", at: clock.now() });
  await until(() => one.open.size === 0);
  await clock.advance(600_000);
  expect((await one.wadesk.workspace("acme").get(id)).status).toMatchObject({ state: "pending", reason: "needs_repair" });
  expect(opened()).toBe(0);
  await one.wadesk.stop();
});

it("a session waits by the client's clock", async () => {
  const { clock, one } = await openWorld();
  const heard: string[] = [];
  const { voice } = one.open.get("+111") ?? {};
  voice?.after(500, () => heard.push("half a second"));
  voice?.after(500, () => heard.push("never"))();
  await clock.advance(499);
  expect(heard).toEqual([]);
  await clock.advance(1);
  expect(heard).toEqual(["half a second"]);
  await one.wadesk.stop();
});

it("what the session that linking opened keeps lies in force once a number was paired again, and is found when it is opened anew", async () => {
  const { clock, one, id, cut, until } = await openWorld();
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  let records: Parameters<typeof one.onPair>[0] | undefined;
  one.onPair = async (given) => {
    records = given;
    await given.set(new Map([["a", bytes("while pairing")]]));
  };
  await one.wadesk.workspace("acme").reconnect(id, "socket", { number: "+111" });
  await records?.set(new Map([["b", bytes("afterwards")]]));
  await cut();
  await clock.advance(1100);
  await until(() => one.open.get("+111")?.context !== undefined);
  const found = await one.open.get("+111")?.context?.records.get(["a", "b"]);
  expect([...(found ?? [])].map(([key, value]) => `${key}: ${new TextDecoder().decode(value)}`)).toEqual([
    "a: while pairing",
    "b: afterwards",
  ]);
  await one.wadesk.stop();
});
