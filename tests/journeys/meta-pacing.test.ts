import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS, openWorld, VERIFY_TOKEN } from "./world/open-world.ts";

const MINUTE = 60_000;

async function connected(callsPerHour: number, through?: typeof fetch) {
  const time = manualClock();
  const world = await openWorld({ time, ...(through && { fetch: through }) });
  const { meta, wadesk, app } = world;
  const { id: wabaId } = meta.addWaba({ callsPerHour });
  const { id: phoneNumberId } = meta.addNumber({ wabaId });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("cloud-api", { phoneNumberId, wabaId, accessToken });
  const used = (): number => meta.exchanges.filter(({ response }) => JSON.stringify(response.headers).includes("call_count")).length;
  const own = acme.operations("cloud-api", id);
  return { ...world, time, acme, id, wabaId, phoneNumberId, used, own };
}

/** Lets a call go on as far as it can at this moment. */
async function untilItWaits(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Waits for a call, moving the clock for as long as it waits. */
async function byClock<Result>(time: ManualClock, call: Promise<Result>): Promise<Result> {
  let ended = false;
  const done = (): void => {
    ended = true;
  };
  const end = call.then(done, done);
  while (!ended) {
    await untilItWaits();
    await time.advance(500);
  }
  await end;
  return call;
}

it("calls that manage an account wait a little once four fifths of its hour are used, and go on by the clock", async () => {
  const { own, time, used } = await connected(20);
  while (used() < 18) await byClock(time, own.displayName());
  let answered = false;
  const late = own.displayName().then(() => {
    answered = true;
  });
  const before = time.now();
  while (!answered) {
    expect(used()).toBeLessThanOrEqual(time.now() - before < 1000 ? 18 : 19);
    await time.advance(100);
    await untilItWaits();
  }
  await late;
  expect(time.now() - before).toBeGreaterThanOrEqual(1000);
  expect(used()).toBe(19);
});

it("once Meta has told when it takes more, nothing is asked before, and the wait is told; a message goes out all the same", async () => {
  const { own, acme, id, time, used, meta, phoneNumberId, account } = await connected(10);
  const first = time.now();
  while (used() < 10) await byClock(time, own.displayName());
  const wait = await byClock(time, own.displayName()).then(
    () => undefined,
    (error: { code: string; retryAfterMs: number }) => error,
  );
  expect(wait?.code).toBe("rate_limited");
  const before = meta.exchanges.length;
  await expect(own.raw("GET", `/${phoneNumberId}`)).rejects.toMatchObject({
    code: "rate_limited",
    retryAfterMs: expect.any(Number),
    message: expect.stringMatching(/used up; Meta takes more in \d+ minutes/),
  });
  await expect(acme.check(id)).rejects.toMatchObject({ code: "rate_limited" });
  expect(meta.exchanges).toHaveLength(before);
  // what is sent has a limit of its own
  meta.addContact({ phone: "+5511999990000" }).send(phoneNumberId, { type: "text", text: { body: "Oi" } });
  await meta.settled();
  await acme.send({ to: "+5511999990000", content: { kind: "text", text: "Hello" }, from: id });
  const text = { messaging_product: "whatsapp", to: "+5511999990000", type: "text", text: { body: "Hello" } };
  expect(await own.raw("POST", `/${phoneNumberId}/messages`, text)).toMatchObject({ messaging_product: "whatsapp" });
  // another account's hour is its own
  const other = await acme.connect("cloud-api", account.input);
  await acme.operations("cloud-api", other.id).displayName();
  await time.advance(wait?.retryAfterMs ?? 0);
  await own.displayName();
  expect(time.now() - first).toBeLessThanOrEqual(61 * MINUTE);
});

it("calls wait too while Meta tells that the app itself has hardly any left, whatever account they are of", async () => {
  let left = 10;
  const through: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const headers = new Headers(answer.headers);
    headers.set("x-app-usage", JSON.stringify({ call_count: 100 - left, total_time: 1, total_cputime: 1 }));
    return new Response(answer.body, { status: answer.status, headers });
  };
  const { acme, account, own, time } = await connected(1_000, through);
  const other = acme.operations("cloud-api", (await acme.connect("cloud-api", account.input)).id);
  for (const each of [own, other]) {
    const before = time.now();
    await byClock(time, each.displayName());
    expect(time.now() - before).toBeGreaterThanOrEqual(1000);
  }
  left = 90;
  await byClock(time, own.displayName());
  const before = time.now();
  await own.displayName();
  expect(time.now()).toBe(before);
});

it("what one process uses up another learns with the first answer that it is given, and asks no more", async () => {
  const { own, time, used, meta, storage, app, graphUrl, id } = await connected(10);
  const beside = createWadesk({
    channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN, graphUrl, retryDelayMs: 1 })],
    storage,
    encryptionKeys: ENCRYPTION_KEYS,
    clock: time.clock,
    log: recordingLogger().log,
  });
  onTestFinished(() => beside.stop());
  const elsewhere = beside.workspace("acme").operations("cloud-api", id);
  while (used() < 10) await byClock(time, own.displayName());
  const before = meta.exchanges.length;
  for (let turn = 0; turn < 5; turn += 1)
    await expect(byClock(time, elsewhere.displayName())).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
  expect(meta.exchanges.length - before).toBe(1);
});
