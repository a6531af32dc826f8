import { manualClock, recordingLogger } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import type { Line } from "./database.ts";
import { sqlNotices } from "./notices.ts";

/** Lines that a test opens, loses and refuses. */
function switchboard() {
  const { clock, advance } = manualClock();
  const { log, lines } = recordingLogger();
  const opened: { readonly lose: () => void; readonly wake: () => void; ended: boolean }[] = [];
  const state = { refuses: false, attempts: 0 };
  const open = async (wake: () => void): Promise<Line> => {
    state.attempts += 1;
    if (state.refuses) throw new Error("nobody there");
    const lost = Promise.withResolvers<void>();
    const line = { lose: lost.resolve, wake, ended: false };
    opened.push(line);
    const end = async (): Promise<void> => {
      line.ended = true;
    };
    return { lost: lost.promise, end };
  };
  return { notices: sqlNotices(open, log, clock.after), advance, opened, state, lines };
}

describe("notices of changes", () => {
  it("come over one line, which is open while anybody listens", async () => {
    const { notices, opened } = switchboard();
    const heard: string[] = [];
    const first = await notices.subscribe({ topic: "inbox" }, () => heard.push("first"));
    const second = await notices.subscribe({ topic: "inbox" }, () => heard.push("second"));
    expect(opened).toHaveLength(1);
    opened[0]?.wake();
    expect(heard).toEqual(["first", "second"]);
    await first();
    await first();
    opened[0]?.wake();
    expect(heard).toEqual(["first", "second", "second"]);
    expect(opened[0]?.ended).toBe(false);
    await second();
    expect(opened[0]?.ended).toBe(true);
    await notices.subscribe({ topic: "inbox" }, () => heard.push("third"));
    expect(opened).toHaveLength(2);
    await notices.end();
    expect(opened[1]?.ended).toBe(true);
  });

  it("are listened for again after an outage, in growing pauses, and then wake everybody once", async () => {
    const { notices, opened, state, advance, lines } = switchboard();
    let heard = 0;
    const stop = await notices.subscribe({ topic: "inbox" }, () => {
      heard += 1;
    });
    expect(heard).toBe(0);
    state.refuses = true;
    opened[0]?.lose();
    await advance(0);
    expect(opened[0]?.ended).toBe(true);
    await advance(100);
    expect(state.attempts).toBe(2);
    await advance(100);
    expect(state.attempts).toBe(2);
    await advance(100);
    expect(state.attempts).toBe(3);
    await advance(3_600_000);
    const perHour = state.attempts;
    expect(perHour).toBeGreaterThan(360);
    expect(perHour).toBeLessThan(380);
    expect(lines.every(({ level }) => level === "warn")).toBe(true);
    state.refuses = false;
    await advance(10_000);
    expect([opened.length, heard]).toEqual([2, 1]);
    opened[1]?.wake();
    expect(heard).toBe(2);
    await stop();
  });

  it("are listened for in growing pauses too when each line is lost as soon as it is open, and the log says so", async () => {
    const { notices, opened, state, advance, lines } = switchboard();
    let heard = 0;
    const stop = await notices.subscribe({ topic: "inbox" }, () => {
      heard += 1;
    });
    for (let second = 0; second < 3600; second += 1) {
      opened.at(-1)?.lose();
      await advance(1000);
    }
    expect(state.attempts).toBeGreaterThan(300);
    expect(state.attempts).toBeLessThan(500);
    const told = lines.filter(({ level, message }) => level === "warn" && message.includes("was lost"));
    expect([told.length, heard]).toEqual([state.attempts, state.attempts - 1]);
    // one that lasted is opened again at once
    await advance(120_000);
    opened.at(-1)?.lose();
    const { attempts } = state;
    await advance(100);
    expect(state.attempts).toBe(attempts + 1);
    await stop();
  });

  it("can be asked for while the database is away, and given up while it still is", async () => {
    const { notices, state, opened, advance } = switchboard();
    state.refuses = true;
    let heard = 0;
    const stop = await notices.subscribe({ topic: "inbox" }, () => {
      heard += 1;
    });
    state.refuses = false;
    await advance(100);
    // what came before the line was open was not told
    expect([opened.length, heard]).toEqual([1, 1]);
    await stop();
    state.refuses = true;
    const other = await notices.subscribe({ topic: "inbox" }, () => {});
    const { attempts } = state;
    await other();
    await advance(60_000);
    expect(state.attempts).toBe(attempts);
  });
});
