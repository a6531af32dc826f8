import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import { openEchoProcess } from "../testing/echo-sessions.ts";
import { manualClock } from "../testing/manual-clock.ts";

async function openWorld() {
  const clock = manualClock();
  const one = openEchoProcess(memoryStorage({ now: clock.now }), clock);
  await one.wadesk.start();
  const acme = one.wadesk.workspace("acme");
  const connect = async () => (await acme.connect("socket", { number: "+111" })).id;
  const voice = () => {
    const found = one.open.get("+111")?.voice;
    if (found === undefined) throw new Error("there is no session");
    return found;
  };
  return { clock, one, acme, connect, voice };
}
const WARNING = { code: "few_left", text: "Few are left." };

describe("what a session learns of its number", () => {
  it("is known from then on: facts beside those that it does not name, and warnings in the place of all others", async () => {
    const { acme, one, connect, voice, clock } = await openWorld();
    const id = await connect();
    voice().learn({ facts: { phoneSeenAt: 5, quality: "high" }, warnings: [WARNING] });
    voice().learn({ facts: { phoneSeenAt: 7, quality: undefined } });
    await clock.advance(0);
    expect(await acme.get(id)).toMatchObject({ facts: { phoneSeenAt: 7 }, warnings: [WARNING] });
    expect((await acme.get(id)).facts).not.toHaveProperty("quality");
    voice().learn({ warnings: [] });
    await clock.advance(0);
    expect((await acme.get(id)).warnings).toEqual([]);
    await one.wadesk.stop();
  });

  it("while it is being linked is kept once it is linked, and so is what limits it", async () => {
    const { acme, one, connect, clock } = await openWorld();
    one.onPair = async (_records, voice) => {
      voice?.learn({ facts: { phoneSeenAt: 5 } });
      voice?.report({ type: "restricted", reason: "new_chats_locked", until: clock.now() + 60_000, at: clock.now() });
      voice?.report({ type: "closed", reason: "connection_lost", at: clock.now() });
    };
    const id = await connect();
    await clock.advance(0);
    const { facts, status } = await acme.get(id);
    expect(facts).toEqual({ phoneSeenAt: 5 });
    expect(status).toMatchObject({ state: "connected", restriction: { reason: "new_chats_locked", until: clock.now() + 60_000 } });
    await one.wadesk.stop();
  });

  it("changes nothing once a later session speaks", async () => {
    const { acme, one, connect, voice, clock } = await openWorld();
    const id = await connect();
    const former = voice();
    one.open.get("+111")?.cut();
    for (let opened = false; !opened; opened = one.calls.includes("open +111")) await clock.advance(1000);
    await clock.advance(0);
    former.learn({ facts: { phoneSeenAt: 5 }, warnings: [WARNING] });
    await clock.advance(0);
    const { facts, warnings } = await acme.get(id);
    expect([facts, warnings]).toEqual([undefined, []]);
    await one.wadesk.stop();
  });
});
