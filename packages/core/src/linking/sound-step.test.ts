import { expect, it } from "vitest";
import type { LinkStep } from "../ports/context.ts";
import { soundStep } from "./sound-step.ts";

const syncing = { type: "step", step: "syncing" } as const;
const qr = { type: "qr", text: "2@a", expiresAt: 1 } as const;

it.each<[given: LinkStep, shown: LinkStep]>([
  [
    { ...syncing, percent: 41.6 },
    { ...syncing, percent: 42 },
  ],
  [
    { ...syncing, percent: -3 },
    { ...syncing, percent: 0 },
  ],
  [
    { ...syncing, percent: 250 },
    { ...syncing, percent: 100 },
  ],
  [{ ...syncing, percent: Number.NaN }, syncing],
  [
    { ...qr, number: 2, of: 6 },
    { ...qr, number: 2, of: 6 },
  ],
  [
    { ...qr, number: 7, of: 6 },
    { ...qr, number: 7 },
  ],
  [{ ...qr, number: 0, of: 6 }, qr],
  [{ type: "ready" }, { type: "ready" }],
])("a step shows figures that can be: %j", (given, shown) => {
  expect(soundStep(given)).toEqual(shown);
});
