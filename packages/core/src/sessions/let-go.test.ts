import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { echoSocket, type SocketChannel } from "../testing/echo-socket.ts";
import { manualClock } from "../testing/manual-clock.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it("the session that linking opened is not kept in memory once it has ended and another is open", async () => {
  const clock = manualClock();
  const { channel, open, calls } = echoSocket({ now: clock.now });
  let linked: WeakRef<object> | undefined;
  const watched: SocketChannel = {
    ...channel,
    async connect(...given) {
      const done = await channel.connect(...given);
      linked = new WeakRef(done.session ?? {});
      return done;
    },
  };
  const wadesk = createWadesk({
    channels: [watched],
    storage: memoryStorage({ now: clock.now }),
    clock,
    encryptionKeys: TEST_KEYS,
    random: () => 0,
  });
  const isKept = async (): Promise<boolean> => {
    await clock.advance(0);
    collect();
    return linked?.deref() !== undefined;
  };
  await wadesk.start();
  await wadesk.workspace("acme").connect("socket", { number: "+111" });
  expect(await isKept()).toBe(true);
  open.get("+111")?.cut();
  await clock.advance(1000);
  while (!calls.includes("open +111") || open.size === 0) await clock.advance(0);
  await expect.poll(isKept).toBe(false);
  await wadesk.stop();
});
