import { EventEmitter } from "node:events";
import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import type { Socket } from "../baileys/baileys.ts";
import { machineTurns } from "./machine-turns.ts";
import { watchSilence } from "./watch-silence.ts";

function watched(isOpen = true) {
  const { clock, advance, now: steady } = manualClock();
  let setByMs = 0;
  const now = (): number => steady() + setByMs;
  const ws = new EventEmitter();
  const began = steady();
  const pings: number[] = [];
  const deaf = Promise.withResolvers<number>();
  let isDeaf = false;
  const sendNode = async (): Promise<void> => void pings.push((steady() - began) / 1000);
  const socket = { ws, sendNode, generateMessageTag: () => "1" } as unknown as Socket;
  const over = (): void => {
    isDeaf = true;
    deaf.resolve((steady() - began) / 1000);
  };
  const stop = watchSilence({ socket, after: clock.after, now, isOpen: () => isOpen, deaf: over });
  /** Whether it is deaf after so many seconds more. */
  const pass = async (seconds: number): Promise<boolean> => {
    await advance(seconds * 1000);
    await machineTurns();
    return isDeaf;
  };
  /** Somebody sets the clock, by so many seconds. */
  const setClock = (seconds: number): void => {
    setByMs += seconds * 1000;
  };
  return { deaf: deaf.promise, setClock, ws, pings, pass, advance, stop, hear: () => ws.emit("frame") };
}

it("a client that hears nothing pings after 25 seconds and again, and is deaf after a minute", async () => {
  const { pass, pings, ws, deaf } = watched();
  expect([await pass(59), pings]).toEqual([false, [25, 50]]);
  await pass(1);
  expect(await deaf).toBe(60);
  await pass(600);
  expect([pings, ws.listenerCount("frame")]).toEqual([[25, 50], 0]);
});

it("one that hears anything is not, and pings only where it hears nothing for 25 seconds", async () => {
  const { pass, pings, hear } = watched();
  for (let times = 0; times < 20; times += 1) {
    hear();
    await pass(20);
  }
  expect(pings).toEqual([]);
  expect([await pass(39), pings.length]).toEqual([false, 2]);
});

it("one that is not logged in yet sends nothing, and is deaf after the same time", async () => {
  const { pass, pings, deaf } = watched(false);
  expect(await pass(59)).toBe(false);
  await pass(1);
  expect([await deaf, pings]).toEqual([60, []]);
});

it("one whose process stood still hears first what came meanwhile", async () => {
  const { advance, pass, hear } = watched();
  await advance(60_000);
  setImmediate(hear);
  expect(await pass(20)).toBe(false);
});

it.each([3600, 120, -120, -3600])("one whose clock is set by %s seconds pings, and is deaf, when it would have been", async (seconds) => {
  const { pass, pings, setClock, deaf } = watched();
  await pass(10);
  setClock(seconds);
  expect([await pass(49), pings]).toEqual([false, [25, 50]]);
  await pass(1);
  expect(await deaf).toBe(60);
});

it.each([3600, 120, -120, -3600])(
  "one whose clock is set by %s seconds and that hears WhatsApp after that is not deaf while pings are answered",
  async (seconds) => {
    const { pass, pings, setClock, hear, ws } = watched();
    await pass(10);
    hear();
    await pass(5);
    setClock(seconds);
    hear();
    for (let second = 0; second < 200; second += 1) {
      const before = pings.length;
      expect(await pass(1)).toBe(false);
      if (pings.length > before) hear();
    }
    expect(pings.length).toBeGreaterThan(5);
    expect(pings.length).toBeLessThan(11);
    expect(ws.listenerCount("frame")).toBe(1);
  },
);

it("one that has ended is watched no longer", async () => {
  const { pass, pings, stop, ws } = watched();
  stop();
  expect([await pass(600), pings, ws.listenerCount("frame")]).toEqual([false, [], 0]);
});
