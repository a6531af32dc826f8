import { describe, expect, it } from "vitest";
import type { GroupMetadata } from "../baileys/baileys.ts";
import { askGroups, groupCache } from "./group-cache.ts";

const HOUR_MS = 60 * 60 * 1000;
const group = (id: string): GroupMetadata => ({
  id,
  subject: "Team",
  participants: [{ id: "1@lid", phoneNumber: "15550002222@s.whatsapp.net" }],
  owner: undefined,
});

function open() {
  let time = 0;
  const learnt: unknown[] = [];
  const asked: string[] = [];
  const cache = groupCache(
    () => time,
    (person) => learnt.push(person),
  );
  const socket = {
    groupMetadata: async (id: string) => {
      asked.push(id);
      return group(id);
    },
  };
  return { cache, socket, asked, learnt, pass: (ms: number) => (time += ms) };
}

describe("what is known of groups", () => {
  it("is believed for an hour, and tells who is who", async () => {
    const { cache, socket, asked, learnt, pass } = open();
    await cache.get(socket, "1@g.us");
    pass(HOUR_MS - 1);
    await cache.get(socket, "1@g.us");
    expect([asked.length, learnt]).toEqual([1, [{ phone: "+15550002222", lid: "1" }]]);
    pass(1);
    expect(cache.peek("1@g.us")).toBeUndefined();
    await cache.get(socket, "1@g.us");
    expect(asked).toHaveLength(2);
  });

  it("is asked for once by two that ask together, and again where a notice came meanwhile", async () => {
    const { cache, socket, asked } = open();
    await Promise.all([cache.get(socket, "1@g.us"), cache.get(socket, "1@g.us")]);
    expect(asked).toHaveLength(1);
    cache.forget("1@g.us");
    const answer = cache.get(socket, "1@g.us");
    cache.forget("1@g.us");
    await answer;
    // what was under way may be of before
    expect(cache.peek("1@g.us")).toBeUndefined();
  });

  it("is kept of a thousand, those that were asked for last", async () => {
    const { cache, socket } = open();
    for (let index = 0; index <= 1000; index += 1) {
      await cache.get(socket, `${index}@g.us`);
      cache.peek("0@g.us");
    }
    expect([cache.peek("0@g.us"), cache.peek("1@g.us"), cache.peek("1000@g.us")].map(Boolean)).toEqual([true, false, true]);
  });
});

it.each([
  [{ data: 403 }, "provider_refused", { code: 403 }],
  [{ output: { statusCode: 429 } }, "rate_limited", { code: 429 }],
  [{ output: { statusCode: 428 } }, "provider_unavailable", undefined],
  [new Error("timed out"), "provider_unavailable", undefined],
])("what Baileys rejects with about groups, %o, is %s", async (error, code, vendor) => {
  const refused = await askGroups(() => Promise.reject(error)).catch((caught: unknown) => caught);
  expect(refused).toMatchObject({ code, ...(vendor && { vendor }) });
});

it("what was answered to a question from before a notice is not believed", () => {
  const { cache } = open();
  const before = cache.moment();
  cache.forget("1@g.us");
  cache.put(group("1@g.us"), before);
  cache.put(group("2@g.us"), before);
  expect([cache.peek("1@g.us"), cache.peek("2@g.us")?.id]).toEqual([undefined, "2@g.us"]);
  cache.put(group("1@g.us"), cache.moment());
  expect(cache.peek("1@g.us")?.id).toBe("1@g.us");
});
