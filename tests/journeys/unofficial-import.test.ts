import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, isWadeskError } from "@wadesk/core";
import { importSession, readSession, type SessionSource } from "@wadesk/unofficial";
import { BufferJSON } from "@whiskeysockets/baileys";
import { expect, it } from "vitest";
import { logsIn, text } from "./world/linked-shop.ts";
import { type MovedShop, movedShop, temporaryFolder } from "./world/moved-shop.ts";
import { linkShop, type PhoneHost } from "./world/open-phones.ts";

const wordsOf = (received: { readonly content: { readonly extendedTextMessage?: { readonly text?: string | null } | null } }) =>
  received.content.extendedTextMessage?.text;

/** Starts a host and moves the session there, expecting that no QR was shown. */
async function moved(world: MovedShop, from: SessionSource): Promise<{ readonly one: PhoneHost; readonly connection: Connection }> {
  const one = world.host();
  await one.wadesk.start();
  const connection = await importSession(one.wadesk.workspace("acme"), { from });
  const steps = await one.wadesk.workspace("acme").steps(connection.id);
  expect(steps.map((step) => ("step" in step ? step.step : step.type))).toEqual(["verifying", "ready"]);
  return { one, connection };
}

/** Expects that the moved session speaks both ways, as the same device. */
async function speaksBothWays({ shop, ana, time }: MovedShop, { wadesk, received }: PhoneHost): Promise<void> {
  const send = () => wadesk.workspace("acme").send({ to: "+15550002222", content: text("From the new place") });
  const sends = (): Promise<unknown> =>
    send().catch(async (error: unknown) => {
      if (!isWadeskError(error, "session_opening")) throw error;
      await time.advance(1);
      return sends();
    });
  await sends();
  expect(wordsOf(await ana.received())).toBe("From the new place");
  ana.send(shop, "To the new place");
  expect((await received.next()).data).toMatchObject({
    content: { kind: "text", text: "To the new place" },
    contact: { phone: "+15550002222" },
  });
  expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([true]);
}

it("a folder that real Baileys made speaks on without a QR, and is as it was", async () => {
  const world = await movedShop();
  const before = world.texts();
  const { one, connection } = await moved(world, { folder: world.folder });
  expect(connection).toMatchObject({
    phone: "+15550001111",
    status: { state: "connected" },
    details: { platform: "android" },
    warnings: [],
  });
  await speaksBothWays(world, one);
  expect(world.texts()).toEqual(before);
});

it("what people wrote while it was moving comes in, once and in its order", async () => {
  const world = await movedShop();
  const words = Array.from({ length: 12 }, (_unused, index) => `While you were moving ${index}`);
  for (const each of words) world.ana.send(world.shop, each);
  const { one } = await moved(world, { folder: world.folder });
  const heard: unknown[] = [];
  while (heard.length < words.length) heard.push((await one.received.next()).data.content);
  expect(heard).toEqual(words.map((each) => text(each)));
  await speaksBothWays(world, one);
  expect(one.received.all).toHaveLength(words.length + 1);
});

it("it outlives the process it was moved to", async () => {
  const world = await movedShop();
  const { one } = await moved(world, { folder: world.folder });
  await one.wadesk.stop();
  const two = world.host();
  await two.wadesk.start();
  await logsIn(world);
  await speaksBothWays(world, two);
});

it("a group's ratchets come along, in both directions", async () => {
  const world = await movedShop();
  const group = world.ana.createGroup({ subject: "Team", members: [world.shop], addressing: "lid" });
  const old = await world.again();
  await old.socket.sendMessage(group.jid, { text: "Hello, team" });
  expect(wordsOf(await world.ana.received())).toBe("Hello, team");
  world.ana.send(group, "Hello, shop");
  await world.web.until("the group's message at the old program", () => (old.heard.includes("Hello, shop") ? true : undefined));
  await old.stop();
  expect(Object.keys(world.texts()).filter((name) => name.startsWith("sender-key-") && !name.includes("memory"))).toHaveLength(2);
  world.ana.send(group, "Are you still there?");
  const { one } = await moved(world, { folder: world.folder });
  expect((await one.received.next()).data).toMatchObject({ content: { text: "Are you still there?" } });
  await one.wadesk.workspace("acme").send({ to: { groupId: group.jid }, content: text("Yes") });
  expect(wordsOf(await world.ana.received())).toBe("Yes");
});

/** The session as Evolution API 2 has it without Redis: the credentials as text within text in its database, the keys in the folder of the instance. */
const inEvolution = ({ folder, texts }: MovedShop): SessionSource => {
  const { creds = "" } = texts();
  rmSync(join(folder, "creds.json"));
  return { creds: JSON.stringify(creds), folder };
};

/** As Evolution API 2 has it in Redis: one hash, with names as Baileys says them. */
const inRedis = (world: MovedShop): SessionSource => ({ keys: asStored(world, (text) => text) });

/** As WAHA has it in PostgreSQL: a row for each key, whose JSON has bytes as lists of numbers. */
const inPostgres = (world: MovedShop): SessionSource => ({
  keys: asStored(world, (text) => JSON.parse(JSON.stringify(JSON.parse(text, BufferJSON.reviver))) as unknown),
});

function asStored({ texts }: MovedShop, storedOf: (text: string) => unknown): Record<string, unknown> {
  const nameOf = (name: string): string =>
    name.startsWith("app-state-sync-key-")
      ? name.replaceAll("__", "/")
      : name.replace(/^(sender-key-.+@g\.us)--(.+)--(\d+)$/, "$1::$2::$3");
  return Object.fromEntries(Object.entries(texts()).map(([name, text]) => [nameOf(name), storedOf(text)]));
}

/** As WAHA's engine NOWEB has it: a folder of Baileys' for each session. */
const inNoweb = ({ folder }: MovedShop): SessionSource => {
  const sessions = join(temporaryFolder(), ".sessions", "noweb", "default");
  cpSync(folder, sessions, { recursive: true });
  return { folder: sessions };
};

it.each([
  ["Evolution API's database and folder", inEvolution],
  ["Evolution API's Redis", inRedis],
  ["WAHA's folder of NOWEB", inNoweb],
  ["WAHA's PostgreSQL", inPostgres],
])("a session in %s speaks on without a QR", async (_what, sourceOf) => {
  const world = await movedShop();
  world.ana.send(world.shop, "While you were moving");
  const { one, connection } = await moved(world, sourceOf(world));
  expect(connection.warnings).toEqual([]);
  expect((await one.received.next()).data).toMatchObject({ content: { text: "While you were moving" } });
  await speaksBothWays(world, one);
});

it("what Baileys 6 left, which knows no LIDs, speaks on", async () => {
  const world = await movedShop();
  const { creds = "", ...texts } = world.texts();
  const { me, ...rest } = JSON.parse(creds) as { readonly me: { readonly id: string } };
  const isOf6 = (name: string): boolean => !/^(lid-mapping|device-list|tctoken|identity-key)-/.test(name);
  const keys = Object.fromEntries(Object.entries(texts).filter(([name]) => isOf6(name)));
  const { one } = await moved(world, { creds: JSON.stringify({ ...rest, me: { id: me.id } }), keys });
  await speaksBothWays(world, one);
});

it("credentials alone speak on, and the connection says what that costs", async () => {
  const world = await movedShop();
  const { creds } = world.texts();
  const { one, connection } = await moved(world, { creds });
  expect(connection.warnings.map(({ code }) => code)).toEqual(["keys_missing"]);
  await speaksBothWays(world, one);
});

it("what is of no known kind is left, and named", async () => {
  const world = await movedShop();
  writeFileSync(join(world.folder, "novelty-1.json"), '"?"');
  const { connection } = await moved(world, { folder: world.folder });
  expect(connection.warnings).toMatchObject([{ code: "keys_left", values: { count: 1, names: "novelty-1" } }]);
});

it("a connection whose phone had removed it goes on with a moved session by reconnect", async () => {
  const world = await movedShop();
  const one = world.host();
  await one.wadesk.start();
  const acme = one.wadesk.workspace("acme");
  const { id } = await linkShop(one, world.shop);
  const [, ours] = world.shop.clients;
  world.shop.unlink(ours);
  await one.changes.next((change) => change === "disconnected · unlinked");
  const again = await acme.reconnect(id, "unofficial", { session: await readSession({ folder: world.folder }) });
  expect([again.id, again.status.state]).toEqual([id, "connected"]);
  await speaksBothWays(world, one);
});
