import { isWadeskError } from "@wadesk/core";
import { expect, it } from "vitest";
import { linkedShop, logsIn, onSqlite, text } from "./world/linked-shop.ts";
import { openWorld } from "./world/open-world.ts";

it("a number that is asked over HTTP sends before a start and after a stop: neither has to do with it", async () => {
  const { wadesk, account, meta } = await openWorld();
  const acme = wadesk.workspace("acme");
  await acme.connect("cloud-api", account.input);
  const ana = meta.addContact({ phone: "+5511999990000" });
  ana.send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  await wadesk.start();
  await wadesk.stop();
  await acme.send({ to: "+5511999990000", content: text("after the stop") });
  await meta.settled();
  expect(meta.sent.map(({ payload }) => payload.text)).toEqual([{ body: "after the stop" }]);
});

it("a linked phone sends nothing after a stop, is told what brings its session back, and sends once it was started again", async () => {
  const world = await linkedShop(onSqlite);
  const { one, acme, ana, client } = world;
  const to = `+${ana.number}`;
  await one.wadesk.stop();
  await client.disconnected();
  const error = await acme.send({ to, content: text("too late") }).then(undefined, (reason: unknown) => reason);
  if (!isWadeskError(error, "session_opening")) throw new Error("it was not refused so", { cause: error });
  expect(error.message).toContain(
    "this client is not started, so it opens none: call start() here, or let the process that keeps sessions open it",
  );
  await one.wadesk.start();
  await logsIn(world);
  // logged in, it is ready a moment later; what was refused has sent nothing
  const sending = () =>
    acme.send({ to, content: text("in time") }).then(
      () => "sent",
      (reason: unknown) => (isWadeskError(reason, "session_opening") ? reason.code : reason),
    );
  await expect.poll(sending).toBe("sent");
  expect((await ana.received()).content.extendedTextMessage?.text).toBe("in time");
});
