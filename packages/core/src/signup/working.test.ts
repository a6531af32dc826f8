import { beforeEach, describe, expect, it } from "vitest";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const MINUTE_MS = 60 * 1000;
const ANA = { userId: "ana" };
let here: EchoWorld;
beforeEach(() => {
  here = openEcho();
});
const signup = (workspace = "acme") => here.wadesk.workspace(workspace).signup("echo", ANA);
const choose = (...numbers: string[]) => ({ type: "choose_numbers", numbers }) as const;

describe("a step that fails once something was kept", () => {
  it("is gone on from without a second code, as often as it fails, also by another process", async () => {
    const { id, state } = await signup().begin();
    await expect(signup().finish(state, "code-1", { stumble: "2" })).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(await signup().read(id)).toMatchObject({ at: "working", checks: [{ name: "code", state: "passed" }] });
    // a page that is loaded again looks at no code
    expect(await signup().finish(state, "code-1")).toMatchObject({ at: "working" });
    await expect(signup().resume(id)).rejects.toMatchObject({ code: "provider_unavailable" });
    const beside = openEcho({ beside: here });
    const asked = await beside.wadesk.workspace("acme").signup("echo", ANA).resume(id);
    expect(asked.question?.type).toBe("choose_numbers");
    expect([...here.vendor.calls, ...beside.vendor.calls]).toEqual([
      "exchange code-1",
      "go on with token-of-code-1",
      "go on with token-of-code-1",
    ]);
  });

  it("takes no answer meanwhile, says so, and can be cancelled with what it holds", async () => {
    const { id, state } = await signup().begin();
    await signup()
      .finish(state, "code-1", { stumble: "1" })
      .catch(() => undefined);
    await expect(signup().resume(id, choose("n1"))).rejects.toMatchObject({ code: "signup_out_of_turn" });
    await signup().cancel(id);
    expect(here.vendor.calls.at(-1)).toBe("revoke token-of-code-1");
  });

  it("knows which numbers have a connection already, here or elsewhere", async () => {
    await here.wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    await here.wadesk.workspace("beta").connect("echo", { number: "+222", token: "t" });
    const { id, state } = await signup().begin();
    await signup()
      .finish(state, "code-1", { stumble: "1" })
      .catch(() => undefined);
    const { question } = await signup().resume(id);
    expect(question).toMatchObject({ numbers: [{ connected: "here" }, { connected: "elsewhere" }, {}] });
  });
});

describe("what is left to do for a number that is connected", () => {
  it("is done once its connection stands; one that fails stays connected, says why, and is tried again", async () => {
    const { id, state } = await signup().begin();
    await signup().finish(state, "code-left");
    const done = await signup().resume(id, choose("n1", "n2"));
    expect(done.numbers).toMatchObject([{ state: "connected" }, { state: "connected", failure: { code: "provider_unavailable" } }]);
    const again = await signup().resume(id);
    expect(again.numbers[1]).not.toHaveProperty("failure");
    expect(JSON.stringify(again)).not.toContain("token-of");
    await signup().resume(id);
    const followed = here.vendor.calls.filter((call) => call.startsWith("follow"));
    expect(followed).toEqual([
      "follow n1 with token-of-code-left",
      "follow n2 with token-of-code-left",
      // what it kept of the number is handed back, and shown to nobody
      'follow n2 with token-of-code-left after {"half":"done of token-of-code-left"}',
    ]);
    expect(here.vendor.calls.filter((call) => call.startsWith("subscribe"))).toHaveLength(2);
  });
});

describe("a dialog", () => {
  it("is opened as it is wished for", async () => {
    expect((await signup().begin()).opening).toMatchObject({ type: "url" });
    const { opening, state } = await signup().begin({ door: "helper", features: ["one", "two"] });
    expect(opening).toEqual({ type: "helper", values: { state, features: "one,two" } });
  });

  it.each([
    ["door", { door: "window" }],
    ["doors", { doors: "url" }],
    ["features", { features: 5 }],
  ])("is not opened by a wish that is wrong: %s", async (field, wish) => {
    await expect(signup().begin(wish as never)).rejects.toMatchObject({ code: "input_invalid", issues: [{ field }] });
  });

  it("may take fifteen minutes: then its state is good for nothing, and no code is looked at", async () => {
    const { state } = await signup().begin();
    await here.clock.advance(15 * MINUTE_MS - 1);
    const late = await signup().begin();
    expect(await signup().finish(state, "code-1")).toMatchObject({ at: "question" });
    await here.clock.advance(15 * MINUTE_MS);
    await expect(signup().finish(late.state, "code-2")).rejects.toMatchObject({ code: "signup_not_found" });
    await expect(signup().finish(late.state, "code-2")).rejects.toThrow("longer than 15 minutes");
    expect(here.vendor.calls).toEqual(["exchange code-1"]);
  });

  it.each([
    ["a list of lists", [["x"]]],
    ["a number", { a: 5 }],
    ["much", { a: "x".repeat(2000) }],
  ])("is not ended by what no helper says: %s", async (_what, told) => {
    const { state } = await signup().begin();
    await expect(signup().finish(state, "code-1", told as never)).rejects.toMatchObject({ issues: [{ field: "told" }] });
  });
});
