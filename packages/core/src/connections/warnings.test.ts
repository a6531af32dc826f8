import { describe, expect, it } from "vitest";
import type { ConnectionFacts } from "../model/connection.ts";
import { openEcho } from "../testing/open-echo.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

async function openWith(facts: (now: number) => ConnectionFacts, options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho(options);
  const { channel } = world.vendor;
  const connect = channel.connect.bind(channel);
  channel.connect = async (...call) => ({ ...(await connect(...call)), facts: facts(world.clock.now()) });
  const acme = world.wadesk.workspace("acme");
  const connection = await acme.connect("echo", { number: "+111", token: "tok-1" });
  const codes = async (): Promise<string[]> => (await acme.get(connection.id)).warnings.map(({ code }) => code);
  return { ...world, acme, connection, codes };
}

describe("the end of a token", () => {
  it("is warned of from a week before, as a time, on whatever is read, and nothing of it is stored", async () => {
    const { acme, clock, codes, connection, storage } = await openWith((now) => ({ tokenExpiresAt: now + 8 * DAY }));
    const at = clock.now() + 8 * DAY;
    const { changes } = await acme.list();
    expect([connection.warnings, await codes()]).toEqual([[], []]);
    await clock.advance(DAY);
    const text = `The access token expires on ${new Date(at).toISOString().slice(0, 10)} ${new Date(at).toISOString().slice(11, 16)} UTC, and sending stops then: reconnect with one that does not expire.`;
    const warnings = [{ code: "token_expires", values: { at }, text }];
    expect((await acme.get(connection.id)).warnings).toEqual(warnings);
    expect((await acme.list()).items[0]?.warnings).toEqual(warnings);
    expect((await acme.changedSince(changes)).changed).toEqual([]);
    const renamed = await acme.rename(connection.id, "Till");
    expect(renamed.warnings).toEqual(warnings);
    expect((await acme.changedSince(changes)).changed).toMatchObject([{ label: "Till", warnings }]);
    expect((await storage.connections.get("acme", connection.id))?.warnings).toEqual([]);
  });

  it("is said to be over once it is, and no more while the connection is not connected", async () => {
    const { acme, clock, codes, connection } = await openWith((now) => ({ tokenExpiresAt: now + HOUR }));
    expect(await codes()).toEqual(["token_expires"]);
    await clock.advance(HOUR);
    expect(await codes()).toEqual(["token_expired"]);
    await acme.disconnect(connection.id);
    expect(await codes()).toEqual([]);
  });

  it.each([{ tokenExpiresAt: "never" as const }, { tokenExpiresAt: Number.NaN }, {}])(
    "is never warned of where there is none: %j",
    async (facts) => {
      const { codes, clock } = await openWith(() => facts);
      await clock.advance(400 * DAY);
      expect(await codes()).toEqual([]);
    },
  );
});

describe("a phone that is not opened", () => {
  const seen = (now: number): ConnectionFacts => ({ phoneSeenAt: now });

  it("is asked for four days before its channel's limit, by when, and said to be overdue after it", async () => {
    const { acme, clock, codes, connection } = await openWith(seen, { phoneLimitMs: 14 * DAY });
    const seenAt = connection.facts?.phoneSeenAt ?? 0;
    await clock.advance(10 * DAY - 1);
    expect(await codes()).toEqual([]);
    await clock.advance(1);
    const [warning] = (await acme.get(connection.id)).warnings;
    expect(warning).toMatchObject({ code: "phone_unseen", values: { by: seenAt + 14 * DAY, seenAt } });
    expect(warning?.text).toMatch(/^Open WhatsApp on this phone by \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    await clock.advance(4 * DAY);
    expect(await codes()).toEqual(["phone_overdue"]);
  });

  it("is no matter on a channel that names no limit", async () => {
    const { clock, codes } = await openWith(seen);
    await clock.advance(90 * DAY);
    expect(await codes()).toEqual([]);
  });
});

describe("warnings of a connection", () => {
  it("begin with what its facts make of it, so that a webhook's low quality is warned of at once", async () => {
    const { acme, connection, wadesk, clock, vendor } = await openWith(() => ({ quality: "high" }));
    const { line } = vendor.channel;
    const warnings = [{ code: "own_one", values: { name: "n" }, text: "Mind this." }];
    const told: typeof line = (row, context) => {
      const found = line(row, context);
      return { ...found, check: async () => ({ ...(await found.check()), warnings }) };
    };
    Object.assign(vendor.channel, { line: told });
    expect((await acme.check(connection.id)).warnings).toEqual(warnings);
    await clock.advance(5000);
    const at = clock.now();
    const place = { key: "q", route: "echo:+111", orderKey: "echo:+111", at, scope: "number" } as const;
    await wadesk.inbound.receive("echo", [
      { ...place, type: "number.changed", facts: { quality: "low" }, data: { change: "quality", raw: {} } } as never,
    ]);
    expect((await acme.get(connection.id)).warnings.map(({ code }) => code)).toEqual(["quality_low", "own_one"]);
  });

  it("are read where rows and views of other times hold them: texts as such, and what is derived never twice", async () => {
    const { acme, connection, codes, clock, storage } = await openWith((now) => ({ tokenExpiresAt: now + HOUR }));
    const row = await storage.connections.get("acme", connection.id);
    const view = await acme.get(connection.id);
    const former = [...view.warnings, "An old sentence.", null, 7] as never;
    await storage.connections.update("acme", connection.id, row?.version ?? 0, { warnings: former });
    expect(await codes()).toEqual(["token_expires", "text"]);
    expect((await acme.get(connection.id)).warnings[1]).toEqual({ code: "text", text: "An old sentence." });
    await clock.advance(2 * HOUR);
    expect(await codes()).toEqual(["token_expired", "text"]);
  });
});
