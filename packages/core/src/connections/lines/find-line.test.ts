import { expect, it } from "vitest";
import { openSessionWorld } from "../../testing/echo-sessions.ts";

const hello = { to: "+4915100000001", content: { kind: "text", text: "Hi" } } as const;
const opening = { code: "session_opening", remedy: "retry", httpStatus: 503, retryAfterMs: 2000 };

it("a session that is handed over, opened or opened again is told as one to try again; one that has ended as one to reconnect", async () => {
  const { clock, ...world } = openSessionWorld();
  const [one, two] = [world.process(), world.process()];
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  await two.wadesk.start();
  await clock.advance(3000);
  const acme = two.wadesk.workspace("acme");
  await expect(acme.send(hello)).rejects.toMatchObject({ code: "session_elsewhere" });
  await one.wadesk.stop();
  // nobody's
  await expect(acme.send(hello)).rejects.toMatchObject(opening);
  const gate = Promise.withResolvers<void>();
  two.onOpen = () => gate.promise;
  await clock.advance(4000);
  // this process opens it
  await expect(acme.send(hello)).rejects.toMatchObject(opening);
  gate.resolve();
  await clock.advance(2000);
  const again = Promise.withResolvers<void>();
  two.onOpen = () => again.promise;
  two.open.get("+111")?.cut();
  await clock.advance(1);
  // it broke off, and is being opened again
  expect((await acme.get(id)).status).toMatchObject({ reason: "connection_lost" });
  await expect(acme.send(hello)).rejects.toMatchObject(opening);
  again.resolve();
  await clock.advance(2000);
  await acme.send(hello);
  two.open.get("+111")?.cut("unlinked");
  await clock.advance(1);
  await expect(acme.send(hello)).rejects.toMatchObject({ code: "not_connected", remedy: "reconnect" });
  await two.wadesk.stop();
});
