import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isWadeskError, type Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import type { ManualClock } from "@wadesk/testing";
import type { LinkedClient, Phone } from "@wadesk/testing/whatsapp-web";
import { expect, onTestFinished } from "vitest";
import { linkShop, openPhones, type PhoneHost, type PhoneWorld, type PhoneWorldOptions } from "./open-phones.ts";

/** A world with the shop's phone linked on a host that runs. */
export interface LinkedShop extends PhoneWorld {
  readonly one: PhoneHost;
  readonly id: string;
  readonly acme: ReturnType<PhoneHost["wadesk"]["workspace"]>;
  readonly client: LinkedClient;
  /** Stops the host, and starts another on the same storage that has the session open. */
  restart(): Promise<PhoneHost>;
  /** Waits until WhatsApp has nothing left for the client. */
  isRead(): Promise<unknown>;
}

/** Words as content. */
export function text(words: string): { readonly kind: "text"; readonly text: string } {
  return { kind: "text", text: words };
}

/** The words of what a phone got, in their order. */
export function wordsAt(phone: Phone): readonly string[] {
  return phone.messages
    .filter(({ fromMe, device }) => !fromMe && device === 0)
    .map(({ content }) => content.extendedTextMessage?.text ?? "");
}

/** A database of its own that goes by the world's clock, and is gone when the test has finished. */
export function onSqlite({ now }: Pick<ManualClock, "now">): Storage {
  const folder = mkdtempSync(join(tmpdir(), "shop-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return sqliteStorage({ path: join(folder, "wadesk.db"), now });
}

/** What may differ from one to another. */
export type LinkedShopOptions = Omit<PhoneWorldOptions, "storage">;

/** Opens it. */
export async function linkedShop(storage?: (time: ManualClock) => Storage, options: LinkedShopOptions = {}): Promise<LinkedShop> {
  const world = await openPhones({ ...options, storage });
  const one = world.host();
  await one.wadesk.start();
  const { id } = await linkShop(one, world.shop);
  const [client] = world.shop.clients;
  if (client === undefined) throw new Error("there is no client");
  const isRead = (): Promise<unknown> => world.web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
  await isRead();
  one.changes.forget();
  return {
    ...world,
    one,
    id,
    client,
    isRead,
    acme: one.wadesk.workspace("acme"),
    async restart() {
      await one.wadesk.stop();
      await client.disconnected();
      const two = world.host();
      await two.wadesk.start();
      await logsIn(world);
      return two;
    },
  };
}

/** Moves the time until the shop's client has logged in. */
export async function logsIn({ time, shop }: PhoneWorld, steps = 10): Promise<void> {
  const [client] = shop.clients;
  for (let step = 0; step < steps && client?.isConnected !== true; step += 1) await time.advance(2000);
  await client?.connected();
}

/**
 * Sends words from a host to Ana, waiting for a session that is being opened, and expects them there from one of so many devices. By the shop's own number,
 * whatever limits it.
 */
export async function speaks({ wadesk }: PhoneHost, { shop, ana, time, id }: LinkedShop, words: string, devices = 1): Promise<void> {
  const send = () => wadesk.workspace("acme").send({ to: "+15550002222", from: id, content: text(words) });
  const isOpening = (error: unknown): boolean => isWadeskError(error, "session_opening");
  for (let sent = false; !sent; ) {
    sent = await send().then(
      () => true,
      (error: unknown) => !isOpening(error) && Promise.reject(error),
    );
    // a turn of the event loop
    if (!sent) await time.advance(1);
  }
  expect((await ana.received()).content.extendedTextMessage?.text).toBe(words);
  expect(shop.clients).toHaveLength(devices);
}
