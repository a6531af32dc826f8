import type { Wadesk, WadeskEvent } from "@wadesk/core";
import { channelContract, signupContract } from "@wadesk/testing/contracts";
import { createWebhookHandler } from "@wadesk/webhooks";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { addSecret, readApps, removeApp, retireSecret, saveApp, tryApps } from "./admin.ts";
import { createClient } from "./client.ts";
import { type FakeMagpie, fakeMagpie, PIN, postOfMagpie } from "./fake-magpie.ts";
import { type MagpieChannel, magpie } from "./magpie.ts";
import { answer, ask, begin, comeBack, goOn } from "./onboarding.ts";

const EU = "https://eu.magpie.example";
const SECRET = "secret-of-eu-1";
const ana = { workspaceId: "acme", userId: "ana" };

let vendor: FakeMagpie;
let wadesk: Wadesk<MagpieChannel>;
beforeEach(() => {
  vi.stubEnv("WADESK_ENCRYPTION_KEYS", `k1:${Buffer.alloc(32, 7).toString("base64url")}`);
  vendor = fakeMagpie();
  vendor.apps.set(EU, { secret: SECRET, webhook: "https://chat.example.com/webhooks/magpie/eu" });
  wadesk = createClient(vendor.fetch);
  return () => vi.unstubAllEnvs();
});

const withApp = (): MagpieChannel => {
  const channel = magpie();
  return { ...channel, settings: { ...channel.settings, defaults: { apps: { eu: { apiUrl: EU, secrets: [SECRET] } } } } };
};
function vendorOf(): FakeMagpie {
  const made = fakeMagpie();
  made.apps.set(EU, { secret: SECRET, webhook: "" });
  made.tokens.add("tok-good");
  return made;
}

channelContract("magpie", async () => ({
  channel: withApp(),
  fetch: vendorOf().fetch,
  input: { app: "eu", line: "line-1", token: "tok-good" },
  refusedInput: { app: "eu", line: "line-1", token: "tok-of-somebody-else" },
  secrets: ["tok-good", "tok-of-somebody-else", SECRET],
  to: { phone: "+5511999990000" },
  content: { kind: "text", text: "Hello" },
}));

signupContract("magpie", async () => ({
  channel: withApp,
  fetch: vendorOf().fetch,
  code: () => "good",
  refusedCode: "used",
  answer: (question) => {
    if (question.type === "choose_numbers") return { type: question.type, numbers: ["line-1", "line-2"] };
    return question.type === "pin" ? { type: "pin", pin: PIN } : { type: question.type, code: "123456" };
  },
  secrets: ["tok-2-of-magpie", SECRET],
}));

describe("an admin with several apps", () => {
  it("adds them one by one, sees no secret, and is told what is missing and what does not work", async () => {
    expect(await saveApp(wadesk, "eu", ` ${EU}`)).toEqual([
      "White space around apps.eu.apiUrl was removed.",
      "apps.eu.secrets has no value yet: everything it protects is refused until one is added.",
    ]);
    const [bare] = await tryApps(wadesk);
    expect(bare).toMatchObject({
      ok: false,
      code: "secret_missing",
      values: { app: "eu" },
      text: expect.stringMatching(/^eu has no secret yet/),
    });
    await addSecret(wadesk, "eu", SECRET);
    await saveApp(wadesk, "us", "https://us.magpie.example");
    await addSecret(wadesk, "us", "secret-of-us");
    const shown = await readApps(wadesk);
    expect(shown).toEqual([
      expect.stringMatching(/^eu: https:\/\/eu\.magpie\.example \(.+, added 20.+\)$/),
      expect.stringContaining("us: "),
    ]);
    expect(shown.join()).not.toContain("secret-of");

    vendor.apps.set("https://us.magpie.example", { secret: "secret-of-us", webhook: "https://old.example.com/magpie" });
    expect((await tryApps(wadesk)).map(({ ok, code, values }) => [ok, code, values.app])).toEqual([
      [false, "webhook_elsewhere", "us"],
      [true, "app_ready", "eu"],
    ]);
    await addSecret(wadesk, "eu", "secret-of-eu-2");
    expect(
      (await tryApps(wadesk))
        .filter(({ ok }) => !ok)
        .map(({ code, values }) => `${values.app}: ${code}`)
        .toSorted(),
    ).toEqual(["eu: secret_refused", "us: webhook_elsewhere"]);
    await removeApp(wadesk, "us");
    expect((await tryApps(wadesk)).map(({ values }) => values.app)).toEqual(["eu"]);
  });

  it("hears each app at its own address, with its own secret, and both secrets while one is exchanged", async () => {
    await saveApp(wadesk, "eu", EU);
    await addSecret(wadesk, "eu", SECRET);
    vendor.tokens.add("tok");
    await wadesk.workspace("acme").connect("magpie", { app: "eu", line: "line-1", token: "tok" });
    const heard: unknown[] = [];
    wadesk.process("message.received", ({ data }: WadeskEvent<"message.received">) => void heard.push(data.content));
    const handler = createWebhookHandler(wadesk);
    const post = async (app: string, secret: string, id: string): Promise<number> =>
      (await handler(postOfMagpie(app, secret, { line: "line-1", from: "+5511999990000", id, message: id }))).status;

    expect(await post("eu", SECRET, "one")).toBe(204);
    await addSecret(wadesk, "eu", "secret-of-eu-2");
    expect([await post("eu", "secret-of-eu-2", "two"), await post("eu", SECRET, "three")]).toEqual([204, 204]);
    const [first] = (await wadesk.settings.read("magpie")).apps.eu?.secrets ?? [];
    await retireSecret(wadesk, "eu", first?.id ?? "");
    expect([await post("eu", SECRET, "four"), await post("us", SECRET, "five")]).toEqual([401, 401]);
    expect(heard).toEqual(["one", "two", "three"].map((text) => ({ kind: "text", text })));
  });
});

describe("a person who signs up", () => {
  beforeEach(async () => {
    await saveApp(wadesk, "eu", EU);
    await addSecret(wadesk, "eu", SECRET);
  });
  const cameBack = async (code = "good") => {
    const { id, url } = await begin(wadesk, ana);
    const query = new URLSearchParams({ state: new URL(url).searchParams.get("state") ?? "", code });
    return { id, attempt: await comeBack(wadesk, ana, id, query) };
  };

  it("goes to the vendor's dialog, chooses numbers, gives the PIN of a locked one, and has both connected", async () => {
    const { id, attempt } = await cameBack();
    expect(attempt && ask(attempt)).toBe("Which numbers? [ ] Counter (line-1) [ ] Kitchen (line-2)");
    const locked = await answer(wadesk, ana, id, { type: "choose_numbers", numbers: ["line-1", "line-2"] });
    expect(ask(locked)).toBe("The PIN of Kitchen?");
    await expect(answer(wadesk, ana, id, { type: "pin", pin: "000000" })).rejects.toMatchObject({
      code: "input_invalid",
      remedy: "change-request",
      issues: [{ field: "answer.pin", code: "wrong_pin" }],
    });
    const done = await answer(wadesk, ana, id, { type: "pin", pin: PIN });
    expect(ask(done)).toBe("Counter: connected\nKitchen: connected");
    expect((await wadesk.workspace("acme").list()).items.map(({ label }) => label)).toEqual(["Counter", "Kitchen"]);
    // the form was sent twice
    expect(await answer(wadesk, ana, id, { type: "pin", pin: PIN })).toEqual(done);
    expect(await goOn(wadesk, ana, id)).toEqual(done);
  });

  it("is told what went wrong with a number, and tries it again", async () => {
    vendor.tokens.add("tok");
    await wadesk.workspace("rival").connect("magpie", { app: "eu", line: "line-1", token: "tok" });
    const { id } = await cameBack();
    const failed = await answer(wadesk, ana, id, { type: "choose_numbers", numbers: ["line-1"] });
    expect(ask(failed)).toContain("Counter: ");
    const [theirs] = (await wadesk.workspace("rival").list()).items;
    await wadesk.workspace("rival").remove(theirs?.id ?? "");
    expect(ask(await goOn(wadesk, ana, id))).toBe("Counter: connected");
  });

  it("whose code the vendor refuses sees why and may come back with another, and one who gives up leaves nothing at the vendor", async () => {
    const { id: refused, url } = await begin(wadesk, ana);
    const back = (code: string) =>
      comeBack(wadesk, ana, refused, new URLSearchParams({ state: new URL(url).searchParams.get("state") ?? "", code }));
    const issues = [{ field: "code", code: "unusable" }];
    await expect(back("used")).rejects.toMatchObject({ code: "input_invalid", remedy: "change-request", issues });
    const seen = await wadesk.workspace("acme").signup("magpie", { userId: "ana" }).read(refused);
    expect(seen).toMatchObject({ at: "code", checks: [{ name: "code", state: "failed" }] });
    expect((await back("good"))?.checks).toEqual([{ name: "code", state: "passed" }]);
    await wadesk.workspace("acme").signup("magpie", { userId: "ana" }).cancel(refused);
    const { id } = await cameBack();
    await wadesk.workspace("acme").signup("magpie", { userId: "ana" }).cancel(id);
    expect(vendor.tokens.size).toBe(0);
  });

  it("who says no in the dialog leaves no attempt, and may begin again", async () => {
    const { id, url } = await begin(wadesk, ana);
    const query = new URLSearchParams({ state: new URL(url).searchParams.get("state") ?? "", error: "access_denied" });
    expect(await comeBack(wadesk, ana, id, query)).toBeUndefined();
    const { read } = wadesk.workspace("acme").signup("magpie", { userId: "ana" });
    await expect(read(id)).rejects.toMatchObject({ code: "signup_not_found" });
    // once the code is there, an address with an error is a link that somebody made up
    const { id: next, attempt } = await cameBack();
    expect(attempt?.at).toBe("question");
    expect(await comeBack(wadesk, ana, next, query)).toEqual(attempt);
    expect(vendor.tokens.size).toBe(1);
  });
});
