import { expect, it } from "vitest";
import { openSessionWorld as openWorld } from "../testing/echo-sessions.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it("the session that linking opened is the connection's: it sends, and what it says is of no former one", async () => {
  const { clock, process } = openWorld();
  const one = process();
  await one.wadesk.start();
  const acme = one.wadesk.workspace("acme");
  const { id, epoch } = await acme.connect("socket", { number: "+111" });
  await acme.send({ to: "+4915100000001", content: { kind: "text", text: "Hi" } });
  one.open.get("+111")?.voice.report({ type: "closed", reason: "connection_lost", at: clock.now() });
  await clock.advance(1);
  expect(await acme.get(id)).toMatchObject({ epoch, status: { state: "disconnected", reason: "connection_lost" } });
  expect(one.calls.filter((call) => call.startsWith("open"))).toEqual([]);
  expect(one.calls).toHaveLength(1);
  await one.wadesk.stop();
  expect(one.open.size).toBe(0);
});

it("a process that stops leaves its sessions to another, which opens them under a later epoch", async () => {
  const { clock, process } = openWorld();
  const [one, two] = [process(), process()];
  await one.wadesk.start();
  const first = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  await one.wadesk.stop();
  await two.wadesk.start();
  await clock.advance(2100);
  expect([one.open.size, two.open.size]).toEqual([0, 1]);
  const now = await two.wadesk.workspace("acme").get(first.id);
  expect(now.epoch).toBeGreaterThan(first.epoch);
  expect(now.status.state).toBe("connected");
  await two.wadesk.stop();
});

it("shared sessions are spread evenly, and again when a process joins", async () => {
  const { clock, process } = openWorld();
  const [one, two, three] = [process(), process(), process()];
  await one.wadesk.start();
  for (let number = 1; number <= 9; number += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${number}` });
  await two.wadesk.start();
  await clock.advance(10_000);
  expect([one.open.size, two.open.size].sort()).toEqual([4, 5]);
  await three.wadesk.start();
  await clock.advance(10_000);
  expect([one, two, three].map(({ open }) => open.size)).toEqual([3, 3, 3]);
  for (const each of [one, two, three]) await each.wadesk.stop();
});

it("of one-process sessions one holds all, and sending elsewhere is refused by name", async () => {
  const { clock, process } = openWorld();
  const [one, two] = [process("one-process"), process("one-process")];
  await one.wadesk.start();
  await clock.advance(1);
  await two.wadesk.start();
  const { id } = await two.wadesk.workspace("acme").connect("socket", { number: "+111" });
  await clock.advance(5000);
  expect([one.open.size, two.open.size]).toEqual([1, 0]);
  const sending = two.wadesk.workspace("acme").send({ from: id, to: "+4915100000001", content: { kind: "text", text: "Hi" } });
  await expect(sending).rejects.toMatchObject({ code: "session_elsewhere" });
  for (const each of [one, two]) await each.wadesk.stop();
});

it("what is asked of a session elsewhere is carried out by its owner within two seconds", async () => {
  const { clock, process } = openWorld();
  const [one, two] = [process(), process()];
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  const acme = two.wadesk.workspace("acme");
  await acme.check(id);
  expect(await acme.intent(id)).toMatchObject({ action: "check" });
  await clock.advance(2000);
  expect([one.calls, await acme.intent(id)]).toEqual([["check +111"], undefined]);
  expect((await acme.disconnect(id)).status.state).toBe("connected");
  await clock.advance(2000);
  expect(one.calls).toEqual(["check +111", "unlink +111", "close +111"]);
  expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
  await acme.remove(id);
  await expect(acme.get(id)).rejects.toMatchObject({ code: "connection_not_found" });
  await one.wadesk.stop();
});

it("a number that is paired again elsewhere takes its session along, and its former owner writes nothing more", async () => {
  const { clock, process } = openWorld();
  const [one, two] = [process(), process()];
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  await one.wadesk.stop();
  await one.wadesk.start();
  await clock.advance(2100);
  const former = one.open.get("+111")?.context;
  await former?.records.set(new Map([["key", bytes("former")]]));
  two.onPair = async (records) => {
    await records.set(new Map([["key", bytes("new")]]));
    expect((await former?.records.get(["key"]))?.get("key")).toEqual(bytes("former"));
  };
  await two.wadesk.workspace("acme").reconnect(id, "socket", { number: "+111" });
  await expect(former?.records.set(new Map([["key", bytes("late")]]))).rejects.toMatchObject({ code: "lease_lost" });
  await clock.advance(4200);
  const again = one.open.get("+111")?.context;
  expect((await again?.records.get(["key"]))?.get("key")).toEqual(bytes("new"));
  expect(former?.signal.aborted).toBe(true);
  await one.wadesk.stop();
});

it("a session that ends by itself is opened again, and one that the vendor unlinked is not", async () => {
  const { clock, process } = openWorld();
  const one = process();
  await one.wadesk.start();
  await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  one.open.get("+111")?.cut();
  await clock.advance(1100);
  expect(one.calls).toEqual(["open +111"]);
  one.open.get("+111")?.voice.report({ type: "closed", reason: "unlinked", at: clock.now() });
  await clock.advance(600_000);
  expect(one.calls).toEqual(["open +111", "close +111"]);
  await one.wadesk.stop();
});
