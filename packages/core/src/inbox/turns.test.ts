import { expect, it } from "vitest";
import { openEcho, receivedText } from "../testing/open-echo.ts";

const HANDLED_IN_MS = 200;

/** Handlers of 200 ms, and a flood of one workspace: so many events in two seconds, from as many people, over so many numbers. */
async function openFlood(count: number, numbers: number) {
  const world = openEcho({ storage: { durable: true }, upkeep: { checkEveryMs: false }, inbox: { concurrency: 32 } });
  const { wadesk, clock } = world;
  const connect = (workspace: string, number: string) => wadesk.workspace(workspace).connect("echo", { number, token: `tok-${number}` });
  for (let number = 0; number < numbers; number += 1) await connect("loud", `+1${number}`);
  await connect("quiet", "+999");
  const starts: { readonly route: string; readonly id: string; readonly at: number }[] = [];
  wadesk.process("message.received", async ({ data }) => {
    starts.push({ route: data.connection.route, id: data.messageId, at: clock.now() });
    await new Promise<void>((resolve) => void clock.after(HANDLED_IN_MS, resolve));
  });
  await wadesk.start();
  const { receive } = wadesk.inbound;
  const flood = async (): Promise<void> => {
    for (let part = 0; part < 20; part += 1) {
      const events = Array.from({ length: count / 20 }, (_, index) => {
        const name = part * (count / 20) + index;
        return receivedText({ id: `loud ${name}`, from: `+49${name}`, route: `echo:+1${name % numbers}` });
      });
      await receive("echo", events);
      await clock.advance(100);
    }
  };
  const write = (id: string, route: string) => receive("echo", [receivedText({ id, from: `+55${id}`, route })]);
  const waitOf = async (id: string): Promise<number> => {
    const writtenAt = clock.now();
    for (let step = 0; step < 40 && !starts.some((start) => start.id === id); step += 1) await clock.advance(50);
    return (starts.find((start) => start.id === id)?.at ?? Number.POSITIVE_INFINITY) - writtenAt;
  };
  return { ...world, flood, write, waitOf, starts };
}

it.each([1, 50])(
  "a message starts within a second though another workspace floods the inbox over %i numbers",
  async (numbers) => {
    const { flood, write, waitOf, starts } = await openFlood(5000, numbers);
    await flood();
    await write("a", "echo:+999");
    expect(await waitOf("a")).toBeLessThan(1000);
    // nor does the last of twenty who write at once
    const before = starts.length;
    for (let index = 0; index < 20; index += 1) await write(`b${index}`, "echo:+999");
    expect(await waitOf("b19")).toBeLessThan(1000);
    // the flood was not stopped for it
    expect(starts.slice(before).filter(({ id }) => id.startsWith("loud")).length).toBeGreaterThan(10);
  },
  60_000,
);

it("a message starts within a second though another number of its workspace floods the inbox", async () => {
  const { wadesk, flood, write, waitOf } = await openFlood(2000, 2);
  await wadesk.workspace("loud").connect("echo", { number: "+777", token: "tok-777" });
  await flood();
  await write("a", "echo:+777");
  expect(await waitOf("a")).toBeLessThan(1000);
});

it("a message starts within a second though another workspace's handlers fail for each of its thousands", async () => {
  const { clock, flood, write, waitOf, faulty, storage } = await openFlood(2000, 1);
  await flood();
  // what is claimed from now on fails at once, and is due again soon
  const fail = storage.inbox.fail.bind(storage.inbox);
  const done = storage.inbox.done.bind(storage.inbox);
  Object.assign(storage.inbox, {
    done: (claim: Parameters<typeof done>[0], now: number) =>
      claim.event.workspaceId === "loud" ? fail(claim, now + 1, "x", now) : done(claim, now),
  });
  await clock.advance(5000);
  const claims = faulty.callsOf("claim");
  await write("a", "echo:+999");
  expect(await waitOf("a")).toBeLessThan(1000);
  expect(faulty.callsOf("claim") - claims).toBeLessThan(100);
});
