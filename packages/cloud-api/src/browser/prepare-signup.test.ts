import { describe, expect, it } from "vitest";
import { type FacebookSdk, type PrepareSignupOptions, prepareSignup, type SignupPage } from "./index.ts";

const FINISH = JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event: "FINISH", data: { waba_id: "11", phone_number_id: "22" } });
const BEGUN = {
  id: "sgn_1",
  state: "sgn_1.secret",
  opening: { type: "helper", values: { appId: "1", configId: "2", version: "v26.0", extras: "{}" } },
};

/** A page with a script of Meta's that does as it is told, and a server that answers so many times. */
function openPage(change: { readonly values?: object; readonly hostname?: string; readonly answers?: readonly (object | "lost")[] } = {}) {
  const listeners = new Set<(event: MessageEvent) => void>();
  const posted: { readonly url: string; readonly body: Record<string, unknown> }[] = [];
  const scripts: string[] = [];
  const answers = [...(change.answers ?? [{ id: "sgn_1", at: "done" }])];
  let answer: Parameters<FacebookSdk["login"]>[0] = () => undefined;
  let asked: unknown;
  const hostname = change.hostname ?? "chat.example.com";
  const begun = { ...BEGUN, opening: { type: "helper", values: { ...BEGUN.opening.values, ...change.values } } };
  const page = {
    location: { href: `https://${hostname}/settings`, origin: `https://${hostname}`, hostname },
    document: {
      createElement: () => ({}),
      head: {
        append(script: { readonly src: string; readonly onload: () => void }) {
          scripts.push(script.src);
          page.FB = {
            init: () => undefined,
            login: (callback, options) => {
              answer = callback;
              asked = options;
              page.open("about:blank");
            },
          };
          script.onload();
        },
      },
    },
    fetch: async (url: string, init: RequestInit) => {
      posted.push({ url, body: JSON.parse(String(init.body)) as Record<string, unknown> });
      const said = url.endsWith("/begin") ? begun : (answers.shift() ?? "lost");
      if (said === "lost") throw new TypeError(`failed to fetch ${url} with ${String(init.body)}`);
      return Response.json(said, { status: "error" in said ? 400 : 200 });
    },
    // what waits is over at once, but for the attempt's life
    setTimeout: (work: () => void, milliseconds: number) => (milliseconds < 60_000 ? queueMicrotask(work) : undefined),
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.delete(listener),
    open: () => ({}),
  } as unknown as SignupPage;
  return {
    page,
    posted,
    scripts,
    listeners,
    asked: () => asked,
    say: (data: unknown, origin = "https://www.facebook.com") => {
      for (const listener of listeners) listener({ data, origin } as MessageEvent);
    },
    answer: (code?: unknown) => answer(code === undefined ? { authResponse: null } : { authResponse: { code } }),
    async ready(options: PrepareSignupOptions = {}) {
      const signup = await prepareSignup({ ...options, page });
      if (signup.outcome !== "ready") throw new Error(signup.text);
      return signup;
    },
  };
}

describe("who is heard", () => {
  it.each(["https://www.facebook.com", "https://web.facebook.com"])("is %s", async (origin) => {
    const world = openPage();
    const ended = (await world.ready()).open();
    world.say(FINISH, origin);
    world.answer("AQ1");
    expect(await ended).toMatchObject({ outcome: "finished", message: "with_code", told: { wabaId: "11", phoneNumberId: "22" } });
    expect(world.posted.at(-1)).toEqual({
      url: "https://chat.example.com/connect/wa-store/waba",
      body: { state: "sgn_1.secret", code: "AQ1", wabaId: "11", phoneNumberId: "22" },
    });
    expect(world.listeners.size).toBe(0);
  });

  it.each([
    "https://evilfacebook.com",
    "https://www.facebook.com.evil.example",
    "http://www.facebook.com",
    "https://m.facebook.com",
    "https://www.facebook.com:8443",
    "https://chat.example.com",
    "null",
    "",
  ])("is not %s", async (origin) => {
    const world = openPage();
    const ended = (await world.ready()).open();
    world.say(FINISH, origin);
    world.answer("AQ1");
    expect(await ended).toMatchObject({ outcome: "finished", message: "missing", told: {} });
  });

  it("is Meta on a page that people reach, whatever address the server names for its dialog", async () => {
    for (const dialogUrl of ["https://evil.example", "http://127.0.0.1:4000"]) {
      const world = openPage({ values: { dialogUrl } });
      const ended = (await world.ready()).open();
      world.say(FINISH, dialogUrl);
      world.answer("AQ1");
      expect([world.scripts, (await ended).outcome]).toEqual([["https://connect.facebook.net/en_US/sdk.js"], "finished"]);
      expect(await ended).toMatchObject({ message: "missing" });
    }
  });

  it("is a fake on a page of this machine alone, and on this machine alone, and then nobody else", async () => {
    const far = openPage({ hostname: "localhost", values: { dialogUrl: "https://evil.example" } });
    await far.ready();
    expect(far.scripts).toEqual(["https://connect.facebook.net/en_US/sdk.js"]);
    const near = openPage({ hostname: "localhost", values: { dialogUrl: "http://127.0.0.1:4000" } });
    const ended = (await near.ready()).open();
    near.say(FINISH);
    near.answer("AQ1");
    expect([near.scripts, await ended]).toEqual([["http://127.0.0.1:4000/en_US/sdk.js"], expect.objectContaining({ message: "missing" })]);
  });
});

describe("what Meta's dialog says", () => {
  const word = (event: string, data: object) => JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event, data, version: "3" });
  it.each([
    ["FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", { waba_id: "11" }, { wabaId: "11" }],
    ["FINISH_ONLY_WABA", { waba_ids: ["12", "13"], business_id: "7" }, { wabaId: "12", businessId: "7" }],
    ["FINISH_OBO_MIGRATION", { waba_id: 11, phone_number_id: 22 }, { wabaId: "11", phoneNumberId: "22" }],
    ["FINISH_GRANT_ONLY_API_ACCESS", { waba_id: "11", catalog_ids: ["5"] }, { wabaId: "11", catalogId: "5" }],
    ["FINISH_OF_TOMORROW", { waba_id: "<script>", phone_number_id: { id: "1" } }, {}],
  ])("%s is an end", async (event, data, told) => {
    const world = openPage();
    const ended = (await world.ready()).open();
    world.say(word(event, data));
    world.answer("AQ1");
    expect(await ended).toMatchObject({ outcome: "finished" });
    expect((await ended) as { readonly told?: object }).toHaveProperty("told", told);
  });

  it.each([
    ["CANCEL", { current_step: "PERMISSIONS" }, { outcome: "cancelled", step: "PERMISSIONS" }],
    ["CANCEL", {}, { outcome: "cancelled" }],
    [
      "CANCEL",
      { error_message: "The name is taken.", error_code: 524126, session_id: "s1", timestamp: "1" },
      { outcome: "reported", problem: { message: "The name is taken.", code: "524126", sessionId: "s1" } },
    ],
    ["CANCEL", { error_message: "No.", error_id: "9" }, { outcome: "reported", problem: { message: "No.", code: "9" } }],
    ["ERROR", { error_message: "No." }, { outcome: "reported", problem: { message: "No." } }],
  ])("%s with %j is told", async (event, data, outcome) => {
    for (const late of [false, true]) {
      const world = openPage();
      const ended = (await world.ready()).open();
      if (late) world.answer();
      world.say(word(event, data));
      if (!late) world.answer();
      expect(await ended).toEqual({ ...outcome, text: expect.stringContaining("ry again.") });
    }
  });

  it.each(["cb=f1&code=AQ9", "{", "null", "1", 7, null, { type: "WA_EMBEDDED_SIGNUP", event: "FINISH" }, '{"type":"other"}'])(
    "is not %j, and nothing breaks by it",
    async (data) => {
      const world = openPage();
      const ended = (await world.ready()).open();
      world.say(data);
      world.answer();
      expect((await ended).outcome).toBe("closed");
    },
  );

  it("after a cancel may still be an end: the code counts", async () => {
    const world = openPage();
    const ended = (await world.ready()).open();
    world.say(word("CANCEL", { current_step: "PERMISSIONS" }));
    world.answer("AQ1");
    expect(await ended).toMatchObject({ outcome: "finished", message: "missing" });
  });
});

describe("the code", () => {
  it("is asked for as Embedded Signup wants it, by a callback that is no async function", async () => {
    const world = openPage({ values: { extras: '{"featureType":"x"}' } });
    void (await world.ready()).open();
    expect(world.asked()).toEqual({
      config_id: "2",
      response_type: "code",
      override_default_response_type: true,
      extras: { featureType: "x" },
    });
  });

  it.each([
    [["lost", { id: "sgn_1", at: "done" }], "finished", 2],
    [["lost", "lost", { id: "sgn_1", at: "done" }], "finished", 3],
    [["lost", "lost", "lost", { id: "sgn_1" }], "unanswered", 3],
    [["lost", { error: { code: "signup_not_found", message: "no" } }], "unanswered", 2],
    [[{ error: { code: "signup_not_found", message: "no" } }], "refused", 1],
    [["lost", { error: { code: "input_invalid", message: "no" } }], "refused", 2],
  ] as const)("is sent again where no answer came: %j is %s", async (answers, outcome, times) => {
    const world = openPage({ answers });
    const ended = (await world.ready()).open();
    world.answer("AQ1");
    expect((await ended).outcome).toBe(outcome);
    expect(world.posted.slice(1).map(({ body }) => body.code)).toEqual(Array.from({ length: times }, () => "AQ1"));
    expect(JSON.stringify(await ended)).not.toMatch(/AQ1|secret/);
  });

  it.each(["https://evil.example/connect", "//evil.example", "http://chat.example.com/x"])(
    "goes to no other origin: %s is refused",
    async (path) => {
      const { page, posted } = openPage();
      await expect(prepareSignup({ page, path })).rejects.toThrow("own origin");
      expect(posted).toEqual([]);
    },
  );
});

it("a script of Meta's that throws is told as one that is not there, and one dialog is open at a time", async () => {
  const world = openPage();
  const signup = await world.ready();
  expect(signup.open()).toBe(signup.open());
  world.answer();
  const broken = openPage();
  const other = await broken.ready();
  Object.assign(broken.page.FB ?? {}, {
    login: () => {
      throw new Error("https only");
    },
  });
  expect(await other.open()).toMatchObject({ outcome: "no_sdk" });
});
