import { memoryStorage } from "@wadesk/core";
import { expect, it, onTestFinished, vi } from "vitest";
import { linkedShop, text, wordsAt } from "./world/linked-shop.ts";

const ANA = "+15550002222";

it("a message that waits for the host's inbox for longer than Baileys waits for its socket goes out once, and is known as sent", async () => {
  const held = Promise.withResolvers<void>();
  const freed = Promise.withResolvers<void>();
  let isSlow = false;
  const world = await linkedShop(({ now }) => {
    const storage = memoryStorage({ now });
    return {
      ...storage,
      inbox: {
        ...storage.inbox,
        async add(...given) {
          if (isSlow) {
            held.resolve();
            await freed.promise;
          }
          return storage.inbox.add(...given);
        },
      },
    };
  });
  const { acme, ana, shop, one, time, isRead } = world;
  const underWay = async () => (await world.storage.records.scan("record/")).items.filter(({ key }) => /^(in|out)\//.test(key));
  await acme.send({ to: ANA, content: text("first") });
  await isRead();
  isSlow = true;
  ana.send(shop, "hello");
  await held.promise;
  // Baileys' own timers
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const sending = acme.send({ to: ANA, content: text("one") });
  sending.catch(() => {});
  for (let turn = 0; turn < 50; turn += 1) await time.advance(1);
  await vi.advanceTimersByTimeAsync(21_000);
  vi.useRealTimers();
  isSlow = false;
  freed.resolve();
  await sending;
  await one.received.next();
  await isRead();
  expect(wordsAt(ana)).toEqual(["first", "one"]);
  // that they are through is stored with what comes next, or after five seconds
  await time.advance(5000);
  await expect.poll(underWay).toEqual([]);
});
