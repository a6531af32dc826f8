import { once } from "node:events";
import { type AddressInfo, connect, createServer, Server } from "node:net";
import type { Clock } from "@wadesk/core";
import { afterEach, expect, it, vi } from "vitest";
import { manualClock } from "../manual-clock.ts";
import { loadBaileys } from "./baileys.ts";
import { createWhatsAppWeb } from "./create-whatsapp-web.ts";
import { keyPair } from "./keys/key-pair.ts";
import { mediaHost } from "./media/media-host.ts";
import { rawClient } from "./testing/raw-client.ts";
import { registrationHello } from "./testing/raw-companion.ts";

// every server that listens, whatever is made of it
const listen = vi.spyOn(Server.prototype, "listen");
afterEach(() => void listen.mockClear());

/** What all servers of a process share or leave behind. */
async function traces() {
  const { WA_CERT_DETAILS } = await loadBaileys();
  void globalThis.Response;
  return {
    root: Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).toString("hex"),
    dispatcher: Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1")) as unknown,
    listening: (listen.mock.contexts as readonly Server[]).filter(({ listening }) => listening).length,
  };
}

it("a server that finds its port taken leaves nothing behind", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const before = await traces();
  const { port } = taken.address() as AddressInfo;
  await expect(createWhatsAppWeb({ port })).rejects.toThrow("EADDRINUSE");
  expect(await traces()).toEqual(before);
  taken.close();
});

it("servers that run at the same time and end in any order leave nothing behind", async () => {
  const before = await traces();
  const [first, second, third] = await Promise.all([createWhatsAppWeb(), createWhatsAppWeb(), createWhatsAppWeb()]);
  const during = await traces();
  expect(during.root).not.toBe(before.root);
  expect(during.dispatcher).not.toBe(before.dispatcher);
  expect(during.listening).toBe(9);
  await second.close();
  await second.close();
  expect((await traces()).root).toBe(during.root);
  expect((await traces()).dispatcher).toBe(during.dispatcher);
  await Promise.all([first.close(), third.close()]);
  expect(await traces()).toEqual(before);
});

it("whoever waits when the server closes fails then and there", async () => {
  const web = await createWhatsAppWeb();
  const shop = web.addPhone({ number: "15550001111" });
  const waiting = expect(shop.received()).rejects.toThrow("the server was closed");
  await web.close();
  await waiting;
  await expect(shop.type("ABCD1234")).rejects.toThrow("the server was closed");
});

it("a server and its files are on this computer alone", async () => {
  const web = await createWhatsAppWeb();
  const host = await mediaHost({ now: 0, has: () => false, fetch: () => 404, upload: () => 404 });
  for (const { port } of [new URL(web.url), new URL(`https://${host.hostname}`)]) {
    // a server on every address of the computer is on this one as well
    const [error] = (await once(connect(Number(port), "127.0.0.2"), "error")) as [Error];
    expect(error.message).toContain("127.0.0.2");
  }
  await Promise.all([web.close(), host.close()]);
});

it("two copies of this package in one process leave nothing behind, whichever ends first", async () => {
  const before = await traces();
  const first = await createWhatsAppWeb();
  vi.resetModules();
  const copy = await import("./create-whatsapp-web.ts");
  const second = await copy.createWhatsAppWeb();
  expect(second.rootKey).not.toBe(first.rootKey);
  await first.close();
  expect((await traces()).root).toBe(second.rootKey);
  expect((await traces()).dispatcher).not.toBe(before.dispatcher);
  await second.close();
  expect(await traces()).toEqual(before);
});

it("a closed server has no timer left, though a client was there to be linked", async () => {
  const time = manualClock().clock;
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: time.now,
    after: (delayMs, work) => {
      const cancel = time.after(delayMs, work);
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
  };
  const web = await createWhatsAppWeb({ clock });
  const client = await rawClient(web.url, registrationHello(keyPair()));
  await client.next(({ tag }) => tag === "iq");
  expect(timers.size).toBe(1);
  await web.close();
  expect(timers.size).toBe(0);
});
