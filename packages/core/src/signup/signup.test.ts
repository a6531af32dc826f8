import { beforeEach, describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { echoVendor } from "../testing/echo-channel.ts";
import { type EchoWorld, openEcho, TEST_KEYS } from "../testing/open-echo.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ANA = { userId: "ana" };

const signupOf = ({ wadesk }: EchoWorld, workspace = "acme", user = ANA) => wadesk.workspace(workspace).signup("echo", user);
const choose = (...numbers: string[]) => ({ type: "choose_numbers", numbers }) as const;
const storedText = async ({ storage }: EchoWorld) => {
  const { items } = await storage.records.scan("signup/");
  const values = await Promise.all(items.map(({ namespace, key }) => storage.records.get(namespace, [key])));
  return values.flatMap((each) => [...each.values()].map((value) => new TextDecoder().decode(value))).join("\n");
};

describe("a signup", () => {
  let here: EchoWorld;
  beforeEach(() => {
    here = openEcho();
  });
  const asked = async () => {
    const { id, state } = await signupOf(here).begin();
    await signupOf(here).finish(state, "code-1");
    return id;
  };

  it("begins with an address that brings its state back, and waits for the code", async () => {
    const begun = await signupOf(here).begin();
    expect(begun).toMatchObject({ kind: "echo", at: "code", opening: { type: "url" }, numbers: [] });
    expect(begun.opening).toMatchObject({ url: expect.stringContaining(begun.state) });
    expect(begun.expiresAt - begun.createdAt).toBe(DAY_MS);
  });

  it("goes on in another process from question to question, and connects each chosen number", async () => {
    const { id, state } = await signupOf(here).begin();
    const second = openEcho({ beside: here });
    const question = await signupOf(second).finish(state, " code-1 ");
    expect(question).toMatchObject({ at: "question", question: { type: "choose_numbers" }, checks: [{ name: "code", state: "passed" }] });
    expect(await signupOf(here).read(id)).toEqual(question);
    expect(await signupOf(here).resume(id)).toEqual(question);
    const pin = await signupOf(here).resume(id, choose("n1", "n3"));
    expect(pin.question).toMatchObject({ type: "pin", number: { id: "n3" } });
    const done = await signupOf(second).resume(id, { type: "pin", pin: "123456" });
    expect(done).toMatchObject({
      at: "done",
      numbers: [
        { id: "n1", state: "connected" },
        { id: "n3", state: "connected" },
      ],
    });
    const { items } = await here.wadesk.workspace("acme").list();
    expect(items.map(({ id, phone }) => [id, phone])).toEqual(done.numbers.map(({ connectionId, phone }) => [connectionId, phone]));
  });

  it("takes one code: a repeat answers where it stands and asks the vendor nothing", async () => {
    const { state } = await signupOf(here).begin();
    const [first, second] = await Promise.all([signupOf(here).finish(state, "code-1"), signupOf(here).finish(state, "code-2")]);
    expect(second).toEqual(first);
    // which of two at once comes first is nobody's promise
    expect(here.vendor.calls).toEqual([expect.stringMatching(/^exchange code-[12]$/)]);
  });

  it("stays where it stood when the vendor refuses, with the checks that it made", async () => {
    const { id, state } = await signupOf(here).begin();
    await expect(signupOf(here).finish(state, "refused")).rejects.toMatchObject({ code: "credentials_rejected" });
    expect(await signupOf(here).read(id)).toMatchObject({ at: "code", checks: [{ name: "code", state: "failed" }] });
    await signupOf(here).finish(state, "code-1");
    await signupOf(here).resume(id, choose("n3"));
    await expect(signupOf(here).resume(id, { type: "pin", pin: "000000" })).rejects.toMatchObject({ code: "pair_failed" });
    expect(await signupOf(here).read(id)).toMatchObject({ at: "question", question: { type: "pin" } });
  });

  it("is nobody else's: another user, workspace, channel or state is answered as if it had never been", async () => {
    const { id, state } = await signupOf(here).begin();
    const never = { code: "signup_not_found" };
    await expect(signupOf(here, "acme", { userId: "bob" }).read(id)).rejects.toMatchObject(never);
    await expect(signupOf(here, "rival").read(id)).rejects.toMatchObject(never);
    await expect(signupOf(here, "acme", { userId: "bob" }).finish(state, "c")).rejects.toMatchObject(never);
    await expect(signupOf(here, "rival").cancel(id)).rejects.toMatchObject(never);
    await expect(signupOf(here).finish(`${id}.guess`, "c")).rejects.toMatchObject(never);
    await expect(signupOf(here).finish("nothing", "c")).rejects.toMatchObject(never);
    await expect(signupOf(here).read("sgn_other")).rejects.toMatchObject(never);
    expect(here.vendor.calls).toEqual([]);
  });

  it("ends after 24 hours", async () => {
    const id = await asked();
    await here.clock.advance(DAY_MS - 1);
    expect(await signupOf(here).read(id)).toMatchObject({ at: "question" });
    await here.clock.advance(1);
    await expect(signupOf(here).resume(id, choose("n1"))).rejects.toMatchObject({ code: "signup_not_found" });
  });

  it("is sealed: neither its token nor its state, user or numbers stand in the storage", async () => {
    const { id, state } = await signupOf(here).begin();
    await signupOf(here).finish(state, "code-1");
    const text = await storedText(here);
    expect(text.length).toBeGreaterThan(100);
    for (const secret of ["token-of-code-1", state, "ana", "+111", id]) expect(text).not.toContain(secret);
    expect(JSON.stringify(await signupOf(here).read(id))).not.toMatch(/token-of|ana/);
  });

  it("is sealed with the new key by rotateKeys", async () => {
    const id = await asked();
    const channels = [echoVendor().channel];
    const k2 = `k2:${Buffer.alloc(32, 9).toString("base64url")}`;
    const open = (encryptionKeys: string) => createWadesk({ channels, storage: here.storage, clock: here.clock, encryptionKeys });
    expect(await open(`${k2},${TEST_KEYS}`).rotateKeys()).toBe(1);
    expect(await open(k2).workspace("acme").signup("echo", ANA).read(id)).toMatchObject({ at: "question" });
  });

  it("connects the others when one number fails, says so of each, and tries those that failed again", async () => {
    await here.wadesk.workspace("rival").connect("echo", { number: "+111", token: "theirs" });
    const id = await asked();
    const done = await signupOf(here).resume(id, choose("n1", "n2"));
    expect(done).toMatchObject({ at: "done", numbers: [{ state: "failed", failure: { code: "number_in_use" } }, { state: "connected" }] });
    const [theirs] = (await here.wadesk.workspace("rival").list()).items;
    await here.wadesk.workspace("rival").remove(theirs?.id ?? "");
    const again = await signupOf(here).resume(id);
    expect(again.numbers.map(({ state }) => state)).toEqual(["connected", "connected"]);
    expect(again.numbers[1]).toEqual(done.numbers[1]);
    expect(here.vendor.calls.filter((call) => call.startsWith("subscribe"))).toEqual([
      "subscribe +111",
      "subscribe +222",
      "subscribe +111",
    ]);
  });

  it("holds to how many connections a workspace may have", async () => {
    here = openEcho({ maxPerWorkspace: 1 });
    const done = await signupOf(here).resume(await asked(), choose("n1", "n2"));
    expect(done.numbers.map(({ state, failure }) => failure?.code ?? state)).toEqual(["connected", "limit_reached"]);
  });

  it("connects no number twice, whichever call of the storage fails on the way", async () => {
    const counted = await asked();
    here.faulty.failAt(Number.POSITIVE_INFINITY, "before");
    await signupOf(here).resume(counted, choose("n1", "n2"));
    const calls = here.faulty.calls();
    expect(calls).toBeGreaterThan(20);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ["before", "after"] as const) {
        here = openEcho();
        const id = await asked();
        here.faulty.failAt(call, when);
        await signupOf(here)
          .resume(id, choose("n1", "n2"))
          .catch(() => undefined);
        here.faulty.failAt(0, "before");
        // what another process left locked ends by itself
        await here.clock.advance(20_000);
        const { at } = await signupOf(here).read(id);
        await signupOf(here).resume(id, at === "question" ? choose("n1", "n2") : undefined);
        const after = await signupOf(here).resume(id);
        const states = after.numbers.map(({ state }) => state);
        expect(states, `call ${call} failed ${when}`).toEqual(["connected", "connected"]);
        const { items } = await here.wadesk.workspace("acme").list();
        expect(items.map(({ phone }) => phone).toSorted()).toEqual(["+111", "+222"]);
      }
    }
  });

  it("is forgotten by cancel, with what it holds at the vendor; what it connected stays", async () => {
    const first = await asked();
    await signupOf(here).resume(first, choose("n2"));
    await signupOf(here).cancel(first);
    await signupOf(here).cancel(await asked());
    expect(here.vendor.calls.filter((call) => call.startsWith("revoke"))).toEqual(["revoke token-of-code-1"]);
    await expect(signupOf(here).read(first)).rejects.toMatchObject({ code: "signup_not_found" });
    expect((await here.wadesk.workspace("acme").list()).counts.all).toBe(1);
    expect((await here.storage.records.scan("signup/")).items).toEqual([]);
  });

  it("goes with its workspace, and no other does", async () => {
    const id = await asked();
    const other = await signupOf(here, "acme 2").begin();
    await here.wadesk.deleteWorkspace("acme");
    await expect(signupOf(here).read(id)).rejects.toMatchObject({ code: "signup_not_found" });
    expect(await signupOf(here, "acme 2").read(other.id)).toMatchObject({ at: "code" });
  });

  it.each([
    ["input_invalid", "answer.numbers", choose()],
    ["input_invalid", "answer.numbers.1", choose("n1", "n9")],
    ["input_invalid", "answer.numbers", { type: "choose_numbers", numbers: "n1" }],
    ["input_invalid", "nombers", { type: "choose_numbers", nombers: ["n1"] }],
    ["signup_out_of_turn", "choose_numbers", { type: "pin", pin: "123456" }],
  ])("refuses with %s, naming %s, what does not answer the question, and stands as before", async (code, named, answer) => {
    const id = await asked();
    const before = await signupOf(here).read(id);
    const refusal = signupOf(here).resume(id, answer as never);
    await expect(refusal).rejects.toMatchObject({ code });
    await expect(refusal).rejects.toThrow(named);
    expect(await signupOf(here).read(id)).toEqual(before);
  });

  it.each(["12345", "1234567", "abcdef", 123456])("refuses the PIN %s", async (pin) => {
    const id = await asked();
    await signupOf(here).resume(id, choose("n3"));
    await expect(signupOf(here).resume(id, { type: "pin", pin } as never)).rejects.toMatchObject({ code: "input_invalid" });
  });

  it("asks for a user, a code and a channel that has one", async () => {
    expect(() => signupOf(here, "acme", { userId: " " })).toThrow("userId");
    const { state } = await signupOf(here).begin();
    await expect(signupOf(here).finish(state, " ")).rejects.toThrow("code");
    const { signup: _none, ...channel } = echoVendor().channel;
    const plain = createWadesk({ channels: [channel], encryptionKeys: TEST_KEYS });
    expect(() => plain.workspace("acme").signup("echo", ANA)).toThrow("echo has no signup; use connect()");
  });
});
