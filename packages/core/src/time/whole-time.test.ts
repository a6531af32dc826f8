import { expect, it } from "vitest";
import { readTime, wholeTime } from "./whole-time.ts";

/** Numbers out of all bits that a number may have: every exponent, both signs, no number and infinity too; the same each time. */
function* anyNumbers(count: number): Generator<number> {
  const view = new DataView(new ArrayBuffer(8));
  for (let index = 1; index <= count; index += 1) {
    view.setUint32(0, Math.imul(index, 0x9e3779b1) >>> 0);
    view.setUint32(4, Math.imul(index, 0x85ebca6b) >>> 0);
    yield view.getFloat64(0);
  }
}

const isWhole = (time: number): boolean => Number.isSafeInteger(time) && time >= 0;

it("whatever number it is given, a storage's time is whole and exact, and a whole one stays as it is", () => {
  const wrong = [...anyNumbers(50_000)].filter(
    (number) => !isWhole(wholeTime(number)) || (isWhole(number) && wholeTime(number) !== number),
  );
  expect(wrong).toEqual([]);
  expect([-0.5, 1.9, 2 ** 53, Number.NaN].map(wholeTime)).toEqual([0, 1, Number.MAX_SAFE_INTEGER, 0]);
});

it("whatever it is given, a vendor's time can be shown as a date or is none", () => {
  const read = [...anyNumbers(50_000)].flatMap((number) => [readTime(number), readTime(String(number))]);
  const times = read.filter((time) => time !== undefined);
  expect(times.length).toBeGreaterThan(1000);
  expect(times.filter((time) => !isWhole(time) || Number.isNaN(new Date(time).getTime()))).toEqual([]);
  for (const value of [null, undefined, "", " ", "soon", true, [], {}, 5n, Symbol("time")]) expect(readTime(value)).toBeUndefined();
});
