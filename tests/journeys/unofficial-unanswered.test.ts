import { expect, it } from "vitest";
import { linkedShop, logsIn, speaks, text } from "./world/linked-shop.ts";

it("what WhatsApp does not answer is said to be unanswered, and is no answer: a number, a ping, groups, a change of a group", async () => {
  const world = await linkedShop();
  const { web, one, client, id } = world;
  web.addPhone({ number: "15550009999", name: "Bob" });
  await one.wadesk.stop();
  await client.disconnected();
  const two = world.host({ timeoutMs: 1000 });
  await two.wadesk.start();
  await logsIn(world);
  await speaks(two, world, "here again");
  const acme = two.wadesk.workspace("acme");
  const { group } = await acme.groups.create({ subject: "Lunch", members: ["+15550002222"] });
  const toBob = () => acme.send({ to: "+15550009999", content: text("Hello") });
  for (const operation of ["usync:get:usync", "w:p:get:ping", "w:g2:get:participating", "w:g2:set:subject"])
    web.fault({ kind: "request_unanswered", operation, times: 1 });
  const ends = await Promise.allSettled([toBob(), acme.check(id), acme.groups.list(), acme.groups.change(group.id, { subject: "Dinner" })]);
  expect(ends).toMatchObject(ends.map(() => ({ status: "rejected", reason: { code: "provider_unavailable" } })));
  await toBob();
  expect(await acme.groups.list()).toHaveLength(1);
});
