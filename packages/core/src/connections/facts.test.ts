import { describe, expect, it } from "vitest";
import { openEcho, receivedText } from "../testing/open-echo.ts";

async function openWithFacts() {
  const world = openEcho();
  const { channel } = world.vendor;
  const connect = channel.connect.bind(channel);
  channel.connect = async (...call) => ({ ...(await connect(...call)), facts: { quality: "high", messagingLimit: 1000 } });
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  return { ...world, acme, id };
}

describe("facts of a connection", () => {
  it("are there once it is connected, and a check adds what it learnt and takes away what is known no more", async () => {
    const { acme, id, vendor } = await openWithFacts();
    expect((await acme.get(id)).facts).toEqual({ quality: "high", messagingLimit: 1000 });
    const { line } = vendor.channel;
    const facts = { quality: "low", messagingLimit: undefined, mode: "live" } as const;
    const told: typeof line = (connection, context) => {
      const found = line(connection, context);
      return { ...found, check: async () => ({ ...(await found.check()), facts }) };
    };
    Object.assign(vendor.channel, { line: told });
    expect((await acme.check(id)).facts).toEqual({ quality: "low", mode: "live" });
    Object.assign(vendor.channel, { line });
    expect((await acme.check(id)).facts).toEqual({ quality: "low", mode: "live" });
  });

  it("are changed by what an event says of them, and by none from before the connection was made", async () => {
    const { acme, id, wadesk, clock } = await openWithFacts();
    const event = receivedText({ id: "m1" });
    await clock.advance(5000);
    await wadesk.inbound.receive(
      "echo",
      [{ ...event, key: "old", at: clock.now() - 60_000, facts: { quality: "medium" } }],
      undefined,
      "echo",
    );
    expect((await acme.get(id)).facts).toEqual({ quality: "high", messagingLimit: 1000 });
    await wadesk.inbound.receive("echo", [{ ...event, key: "new", at: clock.now(), facts: { quality: "low" } }]);
    expect((await acme.get(id)).facts).toEqual({ quality: "low", messagingLimit: 1000 });
  });
});
