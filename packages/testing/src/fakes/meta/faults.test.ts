import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../testing/open-world.ts";
import type { MetaFault } from "./faults.ts";

const TEMPLATE = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
const MESSAGES = "POST /{Phone-Number-ID}/messages";

const struck = async (fault: MetaFault, rest: object = TEMPLATE): Promise<World & { readonly handle: { readonly spent: boolean } }> => {
  const world = await openWorld();
  expect((await world.send({ ...rest })).status).toBe(200);
  await world.meta.settled();
  return { ...world, handle: world.meta.fault(fault) };
};

describe("faults of calls", () => {
  it.each<[string, MetaFault, number, object]>([
    ["an expired token", { kind: "expired_token" }, 401, { code: 190, error_subcode: 463 }],
    ["a missing scope", { kind: "missing_scope" }, 403, { code: 10 }],
    ["the pair rate", { kind: "refused", code: 131056 }, 400, { code: 131056 }],
    ["the app's limit", { kind: "refused", code: 4 }, 400, { code: 4 }],
    ["the spam limit", { kind: "refused", code: 131048 }, 400, { code: 131048 }],
    ["a misfiled template", { kind: "refused", code: 131064 }, 400, { code: 131064 }],
    ["the limit of group operations", { kind: "refused", code: 131208 }, 429, { code: 131208 }],
    ["a suspended group", { kind: "refused", code: 131207 }, 403, { code: 131207 }],
    ["a country that is closed", { kind: "refused", code: 130497 }, 403, { code: 130497 }],
    ["a busy registration", { kind: "refused", code: 133004 }, 503, { code: 133004 }],
    ["a locked account", { kind: "refused", code: 131031 }, 403, { code: 131031 }],
    ["a server that fails", { kind: "server_error" }, 500, { code: 2, is_transient: true }],
  ])("answer as %s, once", async (_, fault, status, error) => {
    const world = await struck(fault);
    expect(await world.send(TEMPLATE)).toMatchObject({ status, body: { error } });
    expect(world.handle.spent).toBe(true);
    expect((await world.send(TEMPLATE)).status).toBe(200);
    expect(world.meta.sent).toHaveLength(2);
  });

  it("tell how long to wait, with the 400 that Meta gives of its limits", async () => {
    const world = await struck({ kind: "rate_limited", waitMs: 180_000 });
    const answer = await world.send(TEMPLATE);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 80007 } } });
    expect(answer.headers.get("retry-after")).toBe("180");
    const usage = JSON.parse(answer.headers.get("x-business-use-case-usage") ?? "");
    expect(usage[world.wabaId][0]).toMatchObject({ estimated_time_to_regain_access: 3 });
    world.meta.fault({ kind: "rate_limited", code: 130429 });
    expect(await world.send(TEMPLATE)).toMatchObject({ status: 400, body: { error: { code: 130429 } } });
  });

  it("strike as often as asked, and only the operation that is named", async () => {
    const world = await struck({ kind: "server_error", status: 503, envelope: false, times: 2, operation: MESSAGES });
    expect((await world.call(world.wabaId)).status).toBe(200);
    expect(await world.send(TEMPLATE)).toMatchObject({ status: 503, body: expect.stringContaining("<html>") });
    expect((await world.send(TEMPLATE)).status).toBe(503);
    expect((await world.send(TEMPLATE)).status).toBe(200);
  });

  it("lose the answer of a message that was accepted", async () => {
    const world = await struck({ kind: "answer_lost" });
    await expect(world.send(TEMPLATE)).rejects.toThrow("fetch failed");
    await world.meta.settled();
    expect(world.meta.sent.map(({ status }) => status)).toEqual(["read", "read"]);
    expect(world.meta.exchanges.at(-1)).toMatchObject({ operation: MESSAGES, answered: false, response: { status: 200 } });
  });

  it("drop the connection before the message is accepted", async () => {
    const world = await struck({ kind: "connection_dropped" });
    await expect(world.send(TEMPLATE)).rejects.toThrow(TypeError);
    expect(world.meta.sent).toHaveLength(1);
    expect(world.meta.exchanges.at(-1)).toMatchObject({ operation: MESSAGES, answered: false, response: { status: 0 } });
  });

  it("hold an answer back by the clock", async () => {
    const world = await struck({ kind: "slow_answer", byMs: 30_000 });
    let answered = false;
    const answer = world.send(TEMPLATE).finally(() => (answered = true));
    await world.time.advance(29_999);
    expect(answered).toBe(false);
    await world.time.advance(1);
    expect((await answer).status).toBe(200);
  });
});

describe("faults of messages", () => {
  it.each([131047, 131026, 131053, 130472])("let an accepted message fail with %d", async (code) => {
    const world = await struck({ kind: "failed_status", code, details: "On request." });
    expect((await world.send(TEMPLATE)).status).toBe(200);
    await world.meta.settled();
    expect(JSON.parse(world.heard.at(-1)?.body ?? "").entry[0].changes[0].value.statuses[0]).toMatchObject({
      status: "failed",
      errors: [{ code, error_data: { details: "On request." } }],
    });
  });

  it("let the statuses arrive before the answer", async () => {
    const world = await struck({ kind: "status_before_answer" });
    const before = world.heard.length;
    const arrived = await world.send(TEMPLATE).then(() => world.heard.length - before);
    expect(arrived).toBe(3);
  });
});
