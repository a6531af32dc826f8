import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { echoVendor } from "../testing/echo-channel.ts";
import { receivedText, TEST_KEYS } from "../testing/open-echo.ts";
import type { Clock } from "./clock.ts";

/** A clock that knows its time by `this`, as an instance of a class does. */
const hostClock = () => ({
  ahead: 5,
  now() {
    return Date.now() + this.ahead;
  },
  after(delayMs: number, work: () => void) {
    const timer = setTimeout(work, delayMs + this.ahead);
    return () => clearTimeout(timer);
  },
});

it.each([false, true])(
  "a clock that is an object of a class is asked as one, with a storage that has a time of its own: %s",
  async (own) => {
    const clock: Clock = hostClock();
    const storage: Storage = { ...hostClock(), ...memoryStorage() };
    const given = own ? { storage } : {};
    const wadesk = createWadesk({ channels: [echoVendor().channel], clock, encryptionKeys: TEST_KEYS, ...given });
    const { createdAt } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    expect(Math.abs(createdAt - Date.now())).toBeLessThan(60_000);
    const heard: string[] = [];
    wadesk.process("message.received", ({ key }) => void heard.push(key));
    await wadesk.inbound.receive("echo", [receivedText({ id: "1" })]);
    expect(heard).toHaveLength(1);
    await wadesk.stop();
  },
);
