import { describe, expect, it } from "vitest";
import { type LinkedShop, linkedShop, logsIn, speaks } from "./world/linked-shop.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
const LOST = "disconnected · connection_lost";
type End = (world: LinkedShop) => void | Promise<void>;
type ClientEnd = Parameters<LinkedShop["client"]["end"]>[0];

/** WhatsApp ends the stream of the client. */
const ended =
  (how: ClientEnd): End =>
  ({ client }) =>
    client.end(how);
/** WhatsApp throws out the client with a failure, and lets it in again when it asks the next time. */
const refused =
  (code: number, attributes?: Readonly<Record<string, string>>): End =>
  ({ shop }) => {
    shop.restrict(code, attributes);
    shop.restrict(undefined);
  };
const deaf: End = async ({ client, time }) => {
  client.goDeaf();
  await time.advance(60 * SECOND_MS);
};
/** Ends the client so, and waits for the status that this is. */
async function ends(world: LinkedShop, end: End, status: string): Promise<void> {
  await end(world);
  await world.one.changes.next((each) => each === status);
  await world.client.disconnected();
}

describe("the client of a linked number that ends with", () => {
  it("515 comes back at once, and its status stays", async () => {
    const world = await linkedShop();
    const { one, client } = world;
    const before = one.changes.all.length;
    client.end({ streamError: 515 });
    await client.disconnected();
    await client.connected();
    await speaks(one, world, "here again");
    expect(one.changes.all.slice(before)).toEqual([]);
  });

  it.each<[what: string, end: End, status: string, pauseMs: number]>([
    ["408, which is silence,", deaf, LOST, 0],
    ["428, since it was cut,", ({ client }) => client.drop(), LOST, 0],
    ["428, since the stream ended,", ended("stream"), LOST, 0],
    ["500", ended({ streamError: 500 }), LOST, 0],
    ["500, an error without a code,", ended({ streamErrorChild: "ack" }), LOST, 0],
    ["500, an error about XML,", ended({ streamErrorChild: "xml-not-well-formed" }), LOST, 0],
    ["503", ended({ streamError: 503 }), LOST, 0],
    ["599, which nobody knows,", ended({ streamError: 599 }), LOST, 0],
    ["429", ended({ streamError: 429 }), LOST, 300 * SECOND_MS],
    ["429 as a failure", refused(429), LOST, 300 * SECOND_MS],
    ["400", refused(400), LOST, 60 * SECOND_MS],
    ["413", refused(413), LOST, 60 * SECOND_MS],
    ["414", refused(414), LOST, 60 * SECOND_MS],
    ["415", refused(415), LOST, 60 * SECOND_MS],
    ["418", refused(418), LOST, 60 * SECOND_MS],
    ["501", refused(501), LOST, 60 * SECOND_MS],
    ["402", refused(402, { code: "101", expire: "7200" }), "failed · temporarily_banned", 2 * HOUR_MS],
    ["402 of no known length", refused(402), "failed · temporarily_banned", HOUR_MS],
    ["403", refused(403), "failed · locked", HOUR_MS],
    ["405", refused(405), "failed · client_outdated", HOUR_MS],
    ["409 as a failure", refused(409), "failed · client_outdated", HOUR_MS],
  ])("%s says so, and is opened again with its keys, no sooner than that may help", async (_what, end, status, pauseMs) => {
    const world = await linkedShop();
    await ends(world, end, status);
    if (pauseMs > 0) await world.time.advance(pauseMs - 1);
    expect(world.client.isConnected).toBe(false);
    await logsIn(world);
    await world.one.changes.next((each) => each === "connected");
    await speaks(world.one, world, "here again");
  });

  it.each<[what: string, end: End, status: string]>([
    ["401, which is the link's end,", ended("removed"), "disconnected · unlinked"],
    ["401 as a failure", refused(401), "disconnected · unlinked"],
    ["516", ended({ streamError: 516 }), "disconnected · unlinked"],
  ])("%s has no keys any more, and is not opened again", async (_what, end, status) => {
    const world = await linkedShop();
    const { time, client, storage, acme, id } = world;
    await ends(world, end, status);
    await time.advance(2 * HOUR_MS);
    expect([client.isConnected, (await storage.records.scan("record/")).items]).toEqual([false, []]);
    expect((await acme.get(id)).advice).toMatchObject({ remedy: "pair-again" });
  });

  it.each<[what: string, end: End, status: string]>([
    ["406", refused(406), "failed · banned"],
    ["411", ended("downgraded"), "failed · pair_failed"],
  ])("%s is not opened again, though its keys stay", async (_what, end, status) => {
    const world = await linkedShop();
    const { time, client, storage } = world;
    await ends(world, end, status);
    await time.advance(2 * HOUR_MS);
    expect(client.isConnected).toBe(false);
    expect((await storage.records.scan("record/")).items).not.toEqual([]);
  });

  it.each<[what: string, end: End]>([
    ["440", ended("replaced")],
    ["409 as the end of a stream", ended({ streamError: 409 })],
  ])("%s keeps its keys, does not fight, and is opened by each check once", async (_what, end) => {
    const world = await linkedShop();
    const { one, time, client, acme, id } = world;
    for (const words of ["asked for", "asked for once more"]) {
      await ends(world, end, "disconnected · replaced");
      await time.advance(HOUR_MS);
      expect(client.isConnected).toBe(false);
      await acme.check(id);
      await logsIn(world);
      await one.changes.next((each) => each === "connected");
      await speaks(one, world, words);
    }
  });
});

it("a check opens a session out of its pause, however long that is", async () => {
  const world = await linkedShop();
  const { one, acme, id } = world;
  await ends(world, refused(402, { expire: "86400" }), "failed · temporarily_banned");
  await acme.check(id);
  await logsIn(world);
  await one.changes.next((each) => each === "connected");
  await speaks(one, world, "here again");
});

it("a number that is banned for a time says until when", async () => {
  const world = await linkedShop();
  const { acme, id, time } = world;
  const until = time.now() + 2 * HOUR_MS;
  await ends(world, refused(402, { code: "101", expire: "7200" }), "failed · temporarily_banned");
  expect((await acme.get(id)).status.restriction).toEqual({ reason: "temporarily_banned", until });
});
