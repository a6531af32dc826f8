import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { laneOf } from "./lane.ts";
import { goOn, type Round, shareOut } from "./share-out.ts";

const lines = (...pairs: readonly (readonly [lane: number, line: number])[]) => pairs.map(([lane, line]) => ({ lane, line }));

describe("a claim that is shared out", () => {
  it("gives all to one connection that is alone, and no more than the limit", () => {
    expect(shareOut(lines([1, 1]), 32)).toEqual([{ lane: 1, line: 1, count: 32, lanePlace: 0, linePlace: 0 }]);
  });

  it("gives each workspace the same, and within one the same to each connection", () => {
    const shares = shareOut(lines([1, 1], [1, 2], [2, 1]), 8);
    expect(shares.map(({ lane, line, count }) => [lane, line, count])).toEqual([
      [1, 1, 4],
      [1, 2, 4],
      [2, 1, 8],
    ]);
  });

  it("has room for the whole limit, and is never more than four times as much, whoever is there", () => {
    const list = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 64 }), (pairs, limit) => {
        const known = new Map(pairs.map(([lane, line]) => [`${lane} ${line}`, { lane, line }]));
        const sorted = [...known.values()].sort((left, right) => left.lane - right.lane || left.line - right.line);
        const total = shareOut(sorted, limit).reduce((sum, { count }) => sum + count, 0);
        expect(total).toBeGreaterThanOrEqual(limit);
        expect(total).toBeLessThanOrEqual(limit * 4);
      }),
    );
  });
});

describe("a round", () => {
  it("goes on behind what was last, and remembers the connections of two hundred workspaces at most", () => {
    let round: Round = { lane: 5, lines: new Map() };
    for (let lane = 0; lane < 300; lane += 1) round = goOn(round, lines([lane, 0], [lane, lane + 1]), lines([lane, lane + 1]), true);
    expect([round.lane, round.lines.size, round.lines.get(299), round.lines.get(99)]).toEqual([299, 200, 300, undefined]);
  });

  it("begins anew for all connections when everybody had a turn", () => {
    const round = goOn({ lane: 5, lines: new Map([[5, 1]]) }, lines([7, 1]), lines([7, 1]), false);
    expect(round).toEqual({ lane: 7, lines: new Map() });
    expect(goOn(round, [], [], false)).toEqual(round);
  });

  it("remembers nothing of a workspace that has one connection", () => {
    const round = goOn({ lane: 5, lines: new Map([[7, 1]]) }, lines([7, 1], [8, 1], [8, 2]), lines([7, 1], [8, 2]), true);
    expect(round).toEqual({ lane: 8, lines: new Map([[8, 2]]) });
  });
});

describe("the number of a workspace", () => {
  it("never changes between versions, since it is stored", () => {
    expect(["", "acme", "ws-0001"].map(laneOf)).toEqual([1_000_463_817_093_859, 1_925_337_861_749_746, 168_955_213_723_136]);
  });

  it("is spread evenly, and differs for texts that are alike", () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => laneOf(`workspace-${index}`));
    expect(new Set(numbers).size).toBe(20_000);
    expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0 && number < 2 ** 52)).toBe(true);
    const tenths = Map.groupBy(numbers, (number) => Math.floor((number / 2 ** 52) * 10));
    for (const [, all] of tenths) expect(all.length).toBeGreaterThan(1700);
  });
});
