import { describe, expect, it, vi } from "vitest";
import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";
import type { NumberChoice } from "../ports/number-rule.ts";
import { steadyNumbers } from "./steady-numbers.ts";

const number = (id: string, status: object = { state: "connected", since: 0 }): Connection => ({ id, status }) as Connection;
const restricted = (id: string): Connection => number(id, { state: "connected", since: 0, restriction: { reason: "new_chats_locked" } });
const contacts = Array.from({ length: 3000 }, (_unused, index) => ({ phone: `+4915${1_000_000 + index}` }));

async function order(connected: readonly Connection[], to: Contact, last?: Connection): Promise<readonly string[]> {
  const choice: NumberChoice = { workspaceId: "acme", to, last, connected: async () => connected };
  const ids: string[] = [];
  for await (const { id } of steadyNumbers(choice)) ids.push(id);
  return ids;
}
const first = async (numbers: readonly Connection[]): Promise<readonly (string | undefined)[]> =>
  Promise.all(contacts.map(async (to) => (await order(numbers, to))[0]));

describe("steady numbers", () => {
  it("keep the number that a contact last spoke with, without looking for others, also where it is restricted", async () => {
    const connected = vi.fn(async () => []);
    for await (const { id } of steadyNumbers({ workspaceId: "acme", to: { phone: "+491" }, last: restricted("b"), connected })) {
      expect(id).toBe("b");
      break;
    }
    expect(connected).not.toHaveBeenCalled();
    expect(await order([number("a"), restricted("b")], { phone: "+491" }, restricted("b"))).toEqual(["b", "a"]);
  });

  it("give a contact of a number that is not connected to another, and to it again once that is its last", async () => {
    const gone = number("b", { state: "failed", reason: "banned", since: 0 });
    expect(await order([number("a")], { phone: "+491" }, gone)).toEqual(["a"]);
  });

  it("spread people evenly, each the same way every time and in whichever spelling", async () => {
    const numbers = ["a", "b", "c"].map((id) => number(id));
    const given = await first(numbers);
    for (const { id } of numbers) expect(given.filter((each) => each === id).length / contacts.length).toBeCloseTo(1 / 3, 1);
    expect(await first(numbers.toReversed())).toEqual(given);
    const spelled = await Promise.all(["+5511988887777", "+551188887777"].map((phone) => order(numbers, { phone, name: "Ana" })));
    expect(spelled[0]).toEqual(spelled[1]);
  });

  it("move as few as can be where a number comes or goes", async () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => number(id)) as [Connection, Connection, Connection, Connection];
    const [three, four, without] = await Promise.all(
      [
        [a, b, c],
        [a, b, c, d],
        [a, c],
      ].map(first),
    );
    const moved = contacts.map((_contact, index) => [three?.[index], four?.[index], without?.[index]]);
    expect(moved.every(([before, after]) => after === before || after === "d")).toBe(true);
    expect(moved.filter(([, after]) => after === "d").length / contacts.length).toBeCloseTo(1 / 4, 1);
    expect(moved.every(([before, , after]) => after === before || before === "b")).toBe(true);
  });

  it("begin no chat with a restricted one, and none at all where every one is restricted", async () => {
    expect(await order([restricted("a"), number("b"), restricted("c")], { phone: "+491" })).toEqual(["b"]);
    await expect(order([restricted("a"), restricted("c")], { phone: "+491" })).rejects.toMatchObject({
      code: "spam_limited",
      remedy: "wait",
    });
    expect(await order([], { phone: "+491" })).toEqual([]);
  });
});
