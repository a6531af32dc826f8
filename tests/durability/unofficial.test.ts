import type { LinkedClient } from "@wadesk/testing/whatsapp-web";
import { describe, expect, it } from "vitest";
import { PRESENCE_MS } from "../../packages/core/src/runtime/sessions/presence.ts";
import type { DatabasePlan } from "./host/plan.ts";
import { openDatabase } from "./world/databases.ts";
import { ANA, type KeptPhones, openKeptPhones, type PhoneKeeper } from "./world/phone-keepers.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";
import { SEED, seeded } from "./world/seeded.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const TIMES = Number(process.env.WADESK_TIMES ?? 1);
/** Deaths of the owner, each before so many messages went each way. */
const KILLS = 2 * TIMES;
const MESSAGES = 12;

/** Words out and words in, each with its answer on the other side. One that has only just logged in may not be told yet that it has. */
async function speaks({ ana, shop, handled }: KeptPhones, keeper: PhoneKeeper, words: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const said = `${words}, out ${attempt}`;
    keeper.tell({ order: "send", to: ANA, words: said });
    const refused = keeper.hears("refused", ({ order }) => order.order === "send" && order.words === said);
    const answer = await Promise.race([keeper.hears("sent", (told) => told.words === said), refused]);
    if (answer.news === "refused" && /^session_(opening|elsewhere)$/.test(answer.code)) continue;
    expect(answer).toMatchObject({ news: "sent" });
    await ana.received(({ content }) => content.extendedTextMessage?.text === said);
    break;
  }
  ana.send(shop, `${words}, in`);
  await handled(`${words}, in`);
}

/** Waits for a login; what a killed process held lapses after nine seconds, and a wait lasts for ten. */
async function comesBack(client: LinkedClient): Promise<void> {
  await client.disconnected();
  await client.connected().catch(() => client.connected());
}

/** A login that met one of the same device. */
const isReplaced = (stanzas: string): boolean => stanzas.includes("<conflict");

/** What every test of this file ends with: still the same device, never asked for a QR again, and nobody logged in beside anybody. */
async function provesOneOwner({ web, shop, stanzas }: KeptPhones, client: LinkedClient, others: readonly PhoneKeeper[]): Promise<void> {
  expect(others.flatMap(({ told }) => told.filter(({ news }) => news === "qr"))).toEqual([]);
  expect(shop.clients.map(({ id }) => id)).toEqual([client.id]);
  expect(isReplaced(await stanzas())).toBe(false);
  web.assertClean();
}

/** The owner dies somewhere in a conversation, again and again; another process has its session each time. */
async function endureDeaths(kind: DatabasePlan["kind"], random: () => number): Promise<void> {
  const phones = await openKeptPhones((await openDatabase(kind)).plan);
  let owner = await phones.keeper();
  const client = await phones.link(owner);
  const others: PhoneKeeper[] = [];
  for (let death = 1; death <= KILLS; death += 1) {
    const other = await phones.keeper();
    others.push(other);
    await speaks(phones, owner, `before death ${death}`);
    // it dies with a message in hand, now one that goes out and now one that comes in
    const last = `${death}.${Math.floor(random() * MESSAGES)}`;
    const dying = owner;
    const talk = async (): Promise<void> => {
      for (let turn = 0; ; turn += 1) await speaks(phones, dying, `${death}.${turn}`);
    };
    // it ends with its process
    talk().catch(() => {});
    await (random() < 0.5 ? owner.hears("sent", ({ words }) => words.startsWith(`${last},`)) : phones.handled(`${last}, in`));
    await owner.kill();
    await comesBack(client);
    await speaks(phones, other, `after death ${death}`);
    owner = other;
  }
  await provesOneOwner(phones, client, others);
}

describe(`a linked phone and two processes on one database (WADESK_SEED=${SEED})${WHY_SKIPPED}`, () => {
  // side by side: nearly all of it is waiting for what a killed process held
  it(`on ${DATABASES.join(" and ")}: when the owner is killed in a conversation the other has its session, with keys that work`, {
    timeout: 240_000 * (1 + KILLS),
  }, async () => {
    const random = seeded(SEED);
    await Promise.all(DATABASES.map((kind) => endureDeaths(kind, random)));
  });

  it.each(DATABASES)("on %s: when the owner stops the other has its session, long before a lease would lapse", async (kind) => {
    const phones = await openKeptPhones((await openDatabase(kind)).plan);
    const owner = await phones.keeper();
    const client = await phones.link(owner);
    const other = await phones.keeper();
    other.tell({ order: "send", to: ANA, words: "not mine" });
    expect(await other.hears("refused")).toMatchObject({ code: "session_elsewhere" });
    owner.tell({ order: "stop" });
    await client.disconnected();
    const began = performance.now();
    await client.connected();
    // a second by the clock of `standing-by.test.ts`, and what a busy machine adds: had it waited for the lease, it had waited for the whole of it
    expect(performance.now() - began).toBeLessThan(PRESENCE_MS);
    await owner.hears("stopped");
    await speaks(phones, other, "after the stop");
    await provesOneOwner(phones, client, [other]);
  });
});
