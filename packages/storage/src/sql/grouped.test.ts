import { WadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { GROUP_LIMIT, grouped } from "./grouped.ts";

const away = new WadeskError("storage_unavailable", { detail: "away" });
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Groups texts; a text's length is its size. What `write` does with a group is the test's to say. */
function groupedTexts(write: (calls: readonly string[]) => void | Promise<void> = () => {}) {
  const groups: (readonly string[])[] = [];
  const call = grouped<string, string>({
    async write(calls) {
      groups.push(calls);
      await write(calls);
      return calls.map((text) => text.toUpperCase());
    },
    weigh: (text) => ({ rows: 1, size: text.length }),
    subjectOf: (text) => (text.startsWith("@") ? (text.split(" ")[0] ?? text) : text),
  });
  const outcomes = (texts: readonly string[]): Promise<string[]> =>
    Promise.all(texts.map((text) => call(text).catch((error: Error) => error.message)));
  return { groups, call, outcomes };
}
const textsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);

describe("a group of calls", () => {
  it("is written in the turn after that in which a lone call came, with no timer", async () => {
    const { groups, call } = groupedTexts();
    const answer = call("a");
    await turn();
    await turn();
    expect(groups).toEqual([["a"]]);
    expect(await answer).toBe("A");
  });

  it("holds what came in one turn, and each call gets its own answer", async () => {
    const { groups, outcomes } = groupedTexts();
    expect(await outcomes(["a", "b", "c"])).toEqual(["A", "B", "C"]);
    expect(groups).toEqual([["a", "b", "c"]]);
  });

  it("holds what came in the turn after its first call, as a burst's other requests do", async () => {
    const { groups, call } = groupedTexts();
    const first = call("a");
    await turn();
    expect([await call("b"), await first]).toEqual(["B", "A"]);
    expect(groups).toEqual([["a", "b"]]);
  });

  it("waits while each turn brings one, four turns at most", async () => {
    const { groups, call } = groupedTexts();
    const answers: Promise<string>[] = [];
    for (const text of ["a", "b", "c", "d", "e", "f", "g"]) {
      answers.push(call(text));
      await turn();
    }
    await Promise.all(answers);
    expect(groups.slice(0, 1)).toEqual([["a", "b", "c", "d"]]);
    expect(groups.flat().join("")).toBe("abcdefg");
  });

  it("holds what came while another was written", async () => {
    const gate = Promise.withResolvers<void>();
    const { groups, call, outcomes } = groupedTexts((calls) => (calls[0] === "a" ? gate.promise : undefined));
    const first = call("a");
    await turn();
    await turn();
    const later = outcomes(["b", "c"]);
    await turn();
    expect(groups).toEqual([["a"]]);
    gate.resolve();
    expect([await first, ...(await later)]).toEqual(["A", "B", "C"]);
    expect(groups).toEqual([["a"], ["b", "c"]]);
  });

  it("is bounded by rows in a burst of five thousand, which keeps its order", async () => {
    const { groups, outcomes } = groupedTexts();
    const texts = textsOf(5000);
    expect(await outcomes(texts)).toEqual(texts.map((text) => text.toUpperCase()));
    expect(groups.map((group) => group.length)).toEqual(Array.from({ length: 5000 / GROUP_LIMIT.rows }, () => GROUP_LIMIT.rows));
    expect(groups.flat()).toEqual(texts);
  });

  it("is bounded by size, but for a call that is too large by itself", async () => {
    const { groups, outcomes } = groupedTexts();
    const [half, huge] = [GROUP_LIMIT.size / 2, GROUP_LIMIT.size * 2];
    await outcomes(["a".repeat(half), "b".repeat(half), "c", "d".repeat(huge), "e"]);
    expect(groups.map((group) => group.map((text) => text[0]).join(""))).toEqual(["ab", "c", "d", "e"]);
  });

  it("lets others have their turn before the next", async () => {
    const order: string[] = [];
    const { outcomes } = groupedTexts((calls) => void order.push(`group of ${calls.length}`));
    const all = outcomes(textsOf(GROUP_LIMIT.rows * 2));
    await turn();
    await turn();
    order.push("another");
    await all;
    expect(order).toEqual([`group of ${GROUP_LIMIT.rows}`, "another", `group of ${GROUP_LIMIT.rows}`]);
  });

  it("never holds two calls that concern the same thing", async () => {
    const { groups, outcomes } = groupedTexts();
    await outcomes(["@ana renew", "@bob done", "@ana done", "@ana renew"]);
    expect(groups).toEqual([["@ana renew", "@bob done"], ["@ana done"], ["@ana renew"]]);
  });
});

describe("a group that fails", () => {
  it("is tried again call by call, so that a bad one fails alone", async () => {
    const { groups, outcomes } = groupedTexts((calls) => {
      if (calls.includes("bad")) throw new Error("too bad");
    });
    expect(await outcomes(["a", "bad", "c"])).toEqual(["A", "too bad", "C"]);
    expect(groups).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it("is not tried again when the storage is away, and everything that waits is rejected with it", async () => {
    const { groups, outcomes } = groupedTexts(() => Promise.reject(away));
    const answers = await outcomes(textsOf(GROUP_LIMIT.rows * 3));
    expect(new Set(answers)).toEqual(new Set([away.message]));
    expect(groups).toHaveLength(1);
  });

  it("rejects the rest when the storage goes away while its calls are tried alone", async () => {
    const { groups, outcomes } = groupedTexts((calls) => {
      if (calls.length > 1) throw new Error("too bad");
      if (calls[0] === "b") throw away;
    });
    expect(await outcomes(["a", "b", "c"])).toEqual(["A", away.message, away.message]);
    expect(groups).toEqual([["a", "b", "c"], ["a"], ["b"]]);
  });

  it("leaves the calls that come afterwards as they are", async () => {
    let fails = true;
    const { outcomes } = groupedTexts(() => {
      if (fails) throw away;
    });
    expect(await outcomes(["a"])).toEqual([away.message]);
    fails = false;
    expect(await outcomes(["a", "b"])).toEqual(["A", "B"]);
  });
});

it("a group that fails for the moment is rejected, and those that wait behind it try for themselves", async () => {
  const gate = Promise.withResolvers<void>();
  const call = grouped<string, string>({
    async write(calls) {
      if (!calls.includes("a")) return calls;
      await gate.promise;
      throw new Error("busy");
    },
    weigh: () => ({ rows: 1, size: 0 }),
    faultOf: () => "moment",
  });
  const first = Promise.allSettled([call("a"), call("b")]);
  await turn();
  await turn();
  const later = call("c");
  gate.resolve();
  expect((await first).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await later).toBe("c");
});
