import { inspect } from "node:util";
import type { SignupAttempt } from "@wadesk/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerTo, openSignup, RETURN_ADDRESS, type SignupWorld } from "./world/signup-world.ts";

let world: SignupWorld;
beforeEach(() => {
  world = openSignup();
});
afterEach(() => world.meta.close());

async function dialogOf(wish = {}): Promise<{ readonly url: string; readonly id: string; readonly state: string }> {
  const { id, opening, state } = await world.signup().begin(wish);
  if (opening.type !== "url") throw new Error("it is opened by an address");
  return { id, state, url: opening.url };
}

async function codeOf(wabaIds: readonly string[], wish = {}) {
  const { id, state, url } = await dialogOf(wish);
  const back = await world.press(url, wabaIds);
  return { id, state, code: back.searchParams.get("code") ?? "", back };
}

const calls = (part: string): number => world.meta.exchanges.filter(({ operation }) => operation.includes(part)).length;

/** An account with a number of each kind, which asks for everything that can be asked for. */
function account() {
  const { id: wabaId } = world.meta.addWaba();
  const ready = world.meta.addNumber({ wabaId, verifiedName: "Ready" });
  const locked = world.meta.addNumber({ wabaId, verifiedName: "Locked", registered: false, pin: "123456" });
  const fresh = world.meta.addNumber({ wabaId, verifiedName: "Fresh", registered: false, codeVerificationStatus: "NOT_VERIFIED" });
  return { wabaId, ready, locked, fresh };
}

const ends = (attempt: SignupAttempt): readonly string[] =>
  attempt.numbers.map(({ label, state, failure }) => `${label.split(",")[0]} ${failure?.code ?? state}`);

describe("Embedded Signup by an address", () => {
  it("opens the dialog, exchanges its code, asks for numbers, code and PIN, and connects each chosen number", async () => {
    const { wabaId, ready, locked, fresh } = account();
    const { id, state, code, back } = await codeOf([wabaId]);
    expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([RETURN_ADDRESS, state]);
    const asked = await world.signup().finish(state, code);
    expect(asked.checks.map((check) => `${check.name} ${check.state}`)).toEqual([
      "code passed",
      "access_token passed",
      "webhooks passed",
      "numbers passed",
    ]);
    const offered = asked.question?.type === "choose_numbers" ? asked.question.numbers : [];
    expect(offered.map((number) => number.id).sort()).toEqual([ready.id, locked.id, fresh.id].sort());
    const done = await world.answerAll(asked);
    expect([done.id, done.at, ends(done).toSorted()]).toEqual([id, "done", ["Fresh connected", "Locked connected", "Ready connected"]]);
    // one that was registered is left as it is; one without a PIN got one
    expect([calls("/register"), calls("/request_code"), calls("smb_app_data")]).toEqual([2, 1, 0]);
    const { items } = await world.wadesk.workspace("acme").list();
    expect(items.every(({ facts }) => facts?.tokenExpiresAt !== "never")).toBe(true);
    expect(items.map(({ phone }) => phone).sort()).toEqual([ready.phone, locked.phone, fresh.phone].sort());
  });

  it("takes an account's only number without asking, and the number that the helper names where Meta has it", async () => {
    const { id: wabaId } = world.meta.addWaba();
    world.meta.addNumber({ wabaId, verifiedName: "Only" });
    const only = await codeOf([wabaId]);
    expect(ends(await world.signup().finish(only.state, only.code))).toEqual(["Only connected"]);
    const other = account();
    const named = await codeOf([other.wabaId]);
    const told = { phoneNumberId: other.ready.id, wabaId: other.wabaId };
    expect(ends(await world.signup().finish(named.state, named.code, told))).toEqual(["Ready connected"]);
    const forged = await codeOf([other.wabaId]);
    const { question } = await world.signup().finish(forged.state, forged.code, { phoneNumberId: "77", wabaId });
    expect(question).toMatchObject({
      type: "choose_numbers",
      numbers: expect.arrayContaining([expect.objectContaining({ id: other.ready.id, connected: "here" })]),
    });
  });

  it("opened by a script has no return address, at the dialog and at the exchange", async () => {
    const { opening } = await world.signup().begin({ door: "helper" });
    const { graphVersion: version } = await world.wadesk.settings.read("cloud-api");
    expect(opening).toMatchObject({ type: "helper", values: { appId: world.app.id, version, extras: "{}" } });
    const { id: wabaId } = world.meta.addWaba();
    const { state, code } = await codeOf([wabaId]);
    const begun = await world.signup().begin({ door: "helper" });
    // a code of the other door
    await expect(world.signup().finish(begun.state, code)).rejects.toMatchObject({
      code: "input_invalid",
      issues: [{ field: "code", code: "unusable" }],
    });
    expect((await world.signup().read(begun.id)).at).toBe("code");
    expect(state).not.toBe(begun.state);
  });

  it("of a number in the WhatsApp Business app never registers it, and asks for contacts and history once each when it is connected", async () => {
    const { id: wabaId } = world.meta.addWaba();
    const { id: numberId } = world.meta.addNumber({ wabaId, registered: false, fields: { is_on_biz_app: true } });
    const { state, code, id } = await codeOf([wabaId], { features: ["coexistence"] });
    world.meta.fault({ kind: "answer_lost", operation: "POST /{Phone-Number-ID}/smb_app_data" });
    const done = await world.signup().finish(state, code);
    expect(done.numbers).toMatchObject([{ id: numberId, state: "connected", failure: { code: "provider_unavailable" } }]);
    expect(done.checks.at(-1)).toMatchObject({ name: "sync_contacts", state: "failed" });
    const again = await world.signup().resume(id);
    expect([again.numbers[0]?.failure, again.checks.slice(-2).map(({ name, state }) => `${name} ${state}`)]).toEqual([
      undefined,
      ["sync_contacts passed", "sync_history passed"],
    ]);
    await world.signup().resume(id);
    expect([calls("/register"), calls("smb_app_data")]).toEqual([0, 3]);
    const onApp = await world.meta.fetch(
      new Request(`https://graph.facebook.com/v23.0/${numberId}?fields=is_on_biz_app`, {
        headers: { authorization: `Bearer ${world.meta.addToken({ appId: world.app.id })}` },
      }),
    );
    expect(await onApp.json()).toMatchObject({ is_on_biz_app: true });
  });

  it("says who must do what where the admin has not set it up, and where a wish is unknown", async () => {
    await expect(world.signup().begin({ features: ["telepathy"] })).rejects.toMatchObject({
      code: "input_invalid",
      issues: [{ field: "features" }],
    });
    await world.wadesk.settings.change("cloud-api", { configId: undefined } as never).catch(() => undefined);
  });
});

describe("an interrupted signup", () => {
  // each call to Meta in turn fails, or loses its answer; whoever goes on comes to the same end
  const FAULTS = ["server_error", "answer_lost", "connection_dropped"] as const;
  it.each(FAULTS)("comes to the same end after every %s, by another process, with one code", async (kind) => {
    const walk = async (failing: number): Promise<{ readonly calls: number; readonly outcome: readonly string[] }> => {
      world = openSignup();
      const { wabaId } = account();
      const { id, state, code } = await codeOf([wabaId]);
      const before = world.meta.exchanges.length;
      let count = 0;
      const strike = (): void => {
        count = world.meta.exchanges.length - before;
        // the exchange itself is another test's
        if (count === failing && count > 0) world.meta.fault({ kind, times: 3 });
      };
      const watch = world.meta.exchanges as unknown as { push: (...items: unknown[]) => number };
      const { push } = watch;
      watch.push = (...items) => {
        const length = push.apply(world.meta.exchanges, items);
        strike();
        return length;
      };
      let attempt = await world
        .signup()
        .finish(state, code)
        .catch(() => undefined);
      for (let turn = 0; turn < 12 && attempt?.at !== "done"; turn += 1) {
        const wadesk = world.process();
        attempt = await world.signup(wadesk).read(id);
        const answer = attempt.question && answerTo(world.meta, attempt.question);
        attempt = await world
          .signup(wadesk)
          .resume(id, answer)
          .catch(() => attempt);
      }
      attempt = await world.signup().resume(id);
      return { calls: world.meta.exchanges.length - before, outcome: ends(attempt).toSorted() };
    };
    const whole = await walk(Number.POSITIVE_INFINITY);
    expect(whole.outcome).toEqual(["Fresh connected", "Locked connected", "Ready connected"]);
    expect(whole.calls).toBeGreaterThan(25);
    for (let call = 1; call < whole.calls; call += 1) {
      const { outcome } = await walk(call);
      expect(outcome, `call ${call}`).toEqual(whole.outcome);
      expect(calls("oauth/access_token")).toBe(1);
      await world.meta.close();
    }
  });
});

describe("the exchange", () => {
  it.each(["answer_lost", "server_error"] as const)(
    "is not repeated after an %s: the dialog is opened again, and nothing was made",
    async (kind) => {
      const { wabaId } = account();
      const { id, state, code } = await codeOf([wabaId]);
      world.meta.fault({ kind, operation: "GET /oauth/access_token", ...(kind === "server_error" && { envelope: false }) });
      const refusal = world.signup().finish(state, code);
      await expect(refusal).rejects.toMatchObject({ code: "input_invalid", issues: [{ field: "code", code: "unusable" }] });
      await expect(refusal).rejects.toThrow(/may be spent.*open the dialog once more/);
      expect([calls("oauth/access_token"), (await world.signup().read(id)).at]).toEqual([1, "code"]);
      expect((await world.wadesk.workspace("acme").list()).counts.all).toBe(0);
      const again = await codeOf([wabaId]);
      expect((await world.signup().finish(again.state, again.code)).at).toBe("question");
    },
  );

  it.each([
    ["a code that has ended", async () => world.time.advance(30_000), "lives for 30 seconds"],
    ["a code that was used", async (code: string) => exchangeElsewhere(code), "was used already"],
  ] as const)("refuses %s as a person would see it, and shows neither code nor secret", async (_what, spoil, said) => {
    const { wabaId } = account();
    const { id, state, code } = await codeOf([wabaId]);
    await spoil(code);
    const error: unknown = await world
      .signup()
      .finish(state, code)
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "input_invalid", message: expect.stringContaining(said) });
    const { checks } = await world.signup().read(id);
    expect(checks).toMatchObject([{ name: "code", state: "failed", detail: expect.stringContaining("open the dialog once more") }]);
    expect(inspect([error, checks, world.lines], { depth: 12, showHidden: true })).not.toMatch(new RegExp(`${code}|${world.app.secret}`));
  });

  it("shows neither code nor secret, also where Meta's own words repeat them", async () => {
    const { wabaId } = account();
    const { id, state, code } = await codeOf([wabaId]);
    const details = `bad request: code=${code}&client_secret=${world.app.secret}`;
    world.meta.fault({ kind: "refused", code: 100, details, operation: "GET /oauth/access_token" });
    const error: unknown = await world
      .signup()
      .finish(state, code)
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "input_invalid", vendor: { message: expect.stringContaining("bad request") } });
    const seen = [error, await world.signup().read(id), world.lines];
    expect(inspect(seen, { depth: 12, showHidden: true })).not.toMatch(new RegExp(`${code}|${world.app.secret}`));
  });

  it("with an App Secret that Meta refuses is told as the app's fault", async () => {
    const { wabaId } = account();
    const { state, code } = await codeOf([wabaId]);
    const secret = world.app.secret;
    world.app.resetSecret();
    const error: unknown = await world
      .signup()
      .finish(state, code)
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "credentials_rejected", message: expect.stringContaining("App Secret that is set") });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch(new RegExp(`${code}|${secret}`));
  });
});

describe("registering", () => {
  it("with another PIN than the number's asks again, and says so", async () => {
    const { wabaId, locked } = account();
    const { id, state, code } = await codeOf([wabaId]);
    await world.signup().finish(state, code);
    await world.signup().resume(id, { type: "choose_numbers", numbers: [locked.id] });
    const wrong = world.signup().resume(id, { type: "pin", pin: "000000" });
    await expect(wrong).rejects.toMatchObject({ code: "input_invalid", issues: [{ field: "answer.pin", code: "wrong_pin" }] });
    expect(ends(await world.answerAll(await world.signup().read(id)))).toEqual(["Locked connected"]);
  });

  it.each([
    [133000, "deregister"],
    [133004, "try again"],
    [133006, "verify the number"],
    [133008, "guessed too often"],
    [133009, "too fast"],
    [133015, "deleted a moment ago"],
    [133016, "72 hours"],
  ])("that Meta refuses with %i is explained, names its step, and can be gone on from", async (code, said) => {
    const { wabaId, locked } = account();
    const begun = await codeOf([wabaId]);
    await world.signup().finish(begun.state, begun.code);
    await world.signup().resume(begun.id, { type: "choose_numbers", numbers: [locked.id] });
    world.meta.fault({
      kind: "refused",
      code,
      operation: "POST /{Phone-Number-ID}/register",
      times: code === 133004 ? 3 : 1,
      details: "wait 7 minutes",
    });
    const error: unknown = await world
      .signup()
      .resume(begun.id, { type: "pin", pin: "123456" })
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ message: expect.stringContaining(said) });
    const stands = await world.signup().read(begun.id);
    expect(stands.checks.find(({ name }) => name === "register")).toMatchObject({ state: "failed", detail: expect.stringContaining(said) });
    expect(ends(await world.answerAll(stands))).toEqual(["Locked connected"]);
  });

  it("with another code than was sent asks again", async () => {
    const { wabaId, fresh } = account();
    const { id, state, code } = await codeOf([wabaId]);
    await world.signup().finish(state, code);
    await world.signup().resume(id, { type: "choose_numbers", numbers: [fresh.id] });
    await expect(world.signup().resume(id, { type: "verification_code", code: "000000" })).rejects.toMatchObject({
      issues: [{ field: "answer.code", code: "wrong_code" }],
    });
    expect(ends(await world.answerAll(await world.signup().read(id)))).toEqual(["Fresh connected"]);
  });
});

/** Somebody else was faster. */
async function exchangeElsewhere(code: string): Promise<void> {
  const query = { client_id: world.app.id, client_secret: world.app.secret, code, redirect_uri: RETURN_ADDRESS };
  const answer = await world.meta.fetch(new Request(`https://graph.facebook.com/v23.0/oauth/access_token?${new URLSearchParams(query)}`));
  expect(answer.status).toBe(200);
}
