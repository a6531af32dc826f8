import { expect, it } from "vitest";
import { openSessionWorld } from "../testing/echo-sessions.ts";
import { writeTo } from "../testing/echo-socket.ts";

it("what a session hears is stored at once, however long the handler of what came before it takes, in memory too", async () => {
  const { clock, process } = openSessionWorld();
  const { wadesk, open } = process();
  const handled: string[] = [];
  const slow = Promise.withResolvers<void>();
  wadesk.process("message.received", async ({ data }) => {
    handled.push(data.messageId);
    await slow.promise;
  });
  await wadesk.start();
  await wadesk.workspace("acme").connect("socket", { number: "+111" });
  const session = open.get("+111");
  if (session === undefined) throw new Error("it is not open");
  // under a clock that stands still nothing but the storage can be waited for
  await writeTo(session, "m1", clock.now());
  await writeTo(session, "m2", clock.now());
  slow.resolve();
  await expect.poll(() => handled).toEqual(["m1", "m2"]);
  await wadesk.stop();
});
