import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../wire/event.ts";
import { openLive } from "./live.ts";
import { type Answer, UNREACHABLE } from "./requests.ts";

interface Opened {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly answer: (answer: Answer<Response>) => void;
}

/** A stream against a server that the test plays. */
function world() {
  const time = manualClock();
  const heard: WireEvent["type"][] = [];
  const turns: string[] = [];
  const opened: Opened[] = [];
  const live = openLive({
    requests: {
      read: () => Promise.reject(new Error("nothing is read")),
      change: () => Promise.reject(new Error("nothing is changed")),
      open: (path, signal) => new Promise((answer) => void opened.push({ path, signal, answer })),
    },
    clock: { now: time.now, after: (ms, work) => time.clock.after(ms, work) },
    random: () => 0.5,
    limit: () => 50,
    hear: ({ type }) => void heard.push(type),
    lost: () => void turns.push("lost"),
    refused: () => void turns.push("refused"),
  });
  return { time, heard, turns, opened, live };
}

/** A body that the test writes. */
function body(signal: AbortSignal) {
  let own: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      own = controller;
      signal.addEventListener("abort", () => controller.error(signal.reason));
    },
  });
  const write = (text: string): void => own?.enqueue(new TextEncoder().encode(text));
  return { response: new Response(stream), write, close: () => own?.close() };
}

const REMOVED = 'data: {"type":"removed","id":"a"}\n\n';

describe("the stream of live events", () => {
  it("asks for as many as the list has, tells what comes, and opens anew when it ends", async () => {
    const { time, heard, turns, opened } = world();
    expect(opened[0]?.path).toBe("/events?limit=50");
    const first = body(opened[0]!.signal);
    opened[0]!.answer({ value: first.response });
    first.write(REMOVED);
    await expect.poll(() => heard).toEqual(["removed"]);
    first.close();
    await expect.poll(() => turns).toEqual(["lost"]);
    expect(opened).toHaveLength(1);
    await time.advance(1000);
    expect(opened).toHaveLength(2);
  });

  it("waits longer each time that nobody answers, and no longer once the network is back", async () => {
    const { time, turns, opened, live } = world();
    for (const [index, pause] of [1000, 2000, 4000].entries()) {
      opened[index]!.answer({ failure: UNREACHABLE });
      await expect.poll(() => turns).toHaveLength(index + 1);
      await time.advance(pause - 1);
      expect(opened).toHaveLength(index + 1);
      await time.advance(1);
      expect(opened).toHaveLength(index + 2);
    }
    opened[3]!.answer({ failure: UNREACHABLE });
    await expect.poll(() => turns).toHaveLength(4);
    live.again();
    expect(opened).toHaveLength(5);
  });

  it("takes a stream for dead in which no line came for 40 seconds", async () => {
    const { time, turns, opened } = world();
    const silent = body(opened[0]!.signal);
    opened[0]!.answer({ value: silent.response });
    await time.advance(30_000);
    silent.write(": still here\n\n");
    await time.advance(0);
    await time.advance(30_000);
    expect(turns).toEqual([]);
    await time.advance(40_000);
    await expect.poll(() => turns).toEqual(["lost"]);
  });

  it("ends for whoever is not signed in any more, and waits as long as it is told where there are too many", async () => {
    const { time, turns, opened } = world();
    opened[0]!.answer({ failure: { code: "too_many_streams", remedy: "wait", message: "", retryAfterMs: 30_000 } });
    await expect.poll(() => turns).toEqual(["lost"]);
    await time.advance(29_999);
    expect(opened).toHaveLength(1);
    await time.advance(1);
    opened[1]!.answer({ failure: { code: "not_authorized", remedy: "none", message: "" } });
    await expect.poll(() => turns).toEqual(["lost", "refused"]);
    await time.advance(120_000);
    expect(opened).toHaveLength(2);
  });

  it("is over once it was stopped", async () => {
    const { time, turns, opened, live } = world();
    live.stop();
    expect(opened[0]?.signal.aborted).toBe(true);
    opened[0]!.answer({ failure: UNREACHABLE });
    await time.advance(60_000);
    expect([opened.length, turns]).toEqual([1, []]);
  });
});
