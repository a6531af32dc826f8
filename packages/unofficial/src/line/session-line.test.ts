import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { Socket } from "../baileys/baileys.ts";
import { type LineParts, sessionLine } from "./session-line.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it("a client that was cut off is not kept in memory until the next one has logged in", async () => {
  let current: Socket | undefined;
  let posted = 0;
  const logIn = (): WeakRef<object> => {
    current = { ws: { isOpen: true } } as unknown as Socket;
    return new WeakRef(current);
  };
  const client = logIn();
  const line = sessionLine({
    baileys: {},
    connecting: { records: {}, settings: async () => ({}), voice: {}, now: () => 1 },
    running: { ready: async () => current },
    state: {},
    chats: {},
    outbox: {
      async postAgain() {
        posted += 1;
      },
    },
    logger: {},
    phone: { seenAt: () => undefined },
  } as unknown as LineParts);
  line.loggedIn();
  await expect.poll(() => posted).toBe(1);
  current = undefined;
  await expect
    .poll(() => {
      collect();
      return client.deref() === undefined;
    })
    .toBe(true);
  // the line itself lives on
  expect(line.loggedIn).toBeTypeOf("function");
});
