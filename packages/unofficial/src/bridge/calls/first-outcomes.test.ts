import { memoryStorage } from "@wadesk/core";
import { manualClock, recordingLogger } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { createFirstOutcomes, type FirstOutcomes, type KnownCall, type Outcome } from "./first-outcomes.ts";

const CALL: KnownCall = { bridge: "default", id: "call_1", print: "POST /v1/send sha-256=:a:" };
const MINUTE_MS = 60_000;

function open() {
  const time = manualClock();
  const { records } = memoryStorage({ now: time.now });
  const process = (): FirstOutcomes => createFirstOutcomes({ records, clock: time.clock, now: time.now, log: recordingLogger().log });
  let done = 0;
  const work = async (): Promise<Outcome> => {
    done += 1;
    return { status: 200, body: String(done) };
  };
  return { time, process, work, times: () => done };
}

describe("a call", () => {
  it("is done once, and answered to its repeats as the first time, by whichever process", async () => {
    const { process, work, times } = open();
    const [one, two] = [process(), process()];
    const answers = [await one.once(CALL, work), await one.once(CALL, work), await two.once(CALL, work)];
    expect([answers.map((answer) => "body" in answer && answer.body), times()]).toEqual([["1", "1", "1"], 1]);
    expect(await one.once({ ...CALL, id: "call_2" }, work)).toEqual({ status: 200, body: "2" });
  });

  it("that comes again while it is being done waits for it, in this process and in another", async () => {
    const { time, process, times, work } = open();
    const [one, two] = [process(), process()];
    const gate = Promise.withResolvers<void>();
    const first = one.once(CALL, () => gate.promise.then(work));
    const again = one.once(CALL, work);
    const elsewhere = two.once(CALL, work);
    await time.advance(1000);
    gate.resolve();
    expect(await Promise.all([first, again])).toEqual([
      { status: 200, body: "1" },
      { status: 200, body: "1" },
    ]);
    await time.advance(1000);
    expect([await elsewhere, times()]).toEqual([{ status: 200, body: "1" }, 1]);
  });

  it("whose process died over it has an outcome that nobody knows, and is not done again", async () => {
    const { time, process, work, times } = open();
    void process().once(CALL, () => new Promise(() => {}));
    const again = process().once(CALL, work);
    await time.advance(MINUTE_MS);
    const answer = await again;
    expect("body" in answer && JSON.parse(answer.body)).toMatchObject({ error: { code: "outcome_unknown" } });
    expect(times()).toBe(0);
  });

  it.each([
    ["while the first is under way", false],
    ["when it is through", true],
  ])("under an id that was another call's is refused %s", async (_when, isThrough) => {
    const { process, work } = open();
    const one = process();
    const gate = Promise.withResolvers<void>();
    const first = one.once(CALL, () => gate.promise.then(work));
    if (isThrough) gate.resolve();
    if (isThrough) await first;
    const other = { ...CALL, print: "POST /v1/send sha-256=:b:" };
    expect(await one.once(other, work)).toMatchObject({ code: "id_reused", status: 409 });
    expect(await process().once(other, work)).toMatchObject({ code: "id_reused" });
    gate.resolve();
    expect(await first).toEqual({ status: 200, body: "1" });
  });

  it("is remembered for as long as it could be received again, and not longer", async () => {
    const { time, process, work, times } = open();
    await process().once(CALL, work);
    await time.advance(10 * MINUTE_MS);
    await process().once(CALL, work);
    expect(times()).toBe(1);
    await time.advance(5 * MINUTE_MS + 1);
    await process().once(CALL, work);
    expect(times()).toBe(2);
  });

  it("that was done is answered so though what came of it cannot be kept: a message that went out is not called unsent", async () => {
    const { time, work, times } = open();
    const { records } = memoryStorage({ now: time.now });
    const failing = { ...records, set: () => Promise.reject(new Error("the disk is full")) };
    const { log, lines } = recordingLogger();
    const one = createFirstOutcomes({ records: failing, clock: time.clock, now: time.now, log });
    expect(await one.once(CALL, work)).toEqual({ status: 200, body: "1" });
    expect(lines).toMatchObject([{ level: "error", data: { reason: "the disk is full" } }]);
    const again = createFirstOutcomes({ records, clock: time.clock, now: time.now, log }).once(CALL, work);
    await time.advance(MINUTE_MS);
    const answer = await again;
    expect("body" in answer && JSON.parse(answer.body)).toMatchObject({ error: { code: "outcome_unknown" } });
    expect(times()).toBe(1);
  });

  it("that comes twice at once under an id that another process had for another call is refused both times", async () => {
    const { process, work } = open();
    await process().once(CALL, work);
    const one = process();
    const other = { ...CALL, print: "POST /v1/send sha-256=:b:" };
    const refused = { code: "id_reused", status: 409 };
    expect(await Promise.all([one.once(other, work), one.once(other, work)])).toMatchObject([refused, refused]);
  });

  it("is remembered by the clock of the storage, which forgets, and not by the process's own", async () => {
    const { time, work, times } = open();
    const stored = manualClock(time.now() + 20 * MINUTE_MS);
    const { records } = memoryStorage({ now: stored.now });
    const process = () => createFirstOutcomes({ records, clock: time.clock, now: stored.now, log: recordingLogger().log });
    await process().once(CALL, work);
    await stored.advance(10 * MINUTE_MS);
    await process().once(CALL, work);
    expect(times()).toBe(1);
  });

  it("that is answered by a stream is first once", async () => {
    const { process } = open();
    expect([await process().isFirst(CALL), await process().isFirst(CALL)]).toEqual([true, false]);
    expect(await process().isFirst({ ...CALL, print: "other" })).toMatchObject({ code: "id_reused" });
  });
});
