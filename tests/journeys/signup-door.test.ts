import { createSignupHandler } from "@wadesk/cloud-api/signup";
import type { Authorized } from "@wadesk/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doorBrowser, JSON_TYPE } from "./world/door-browser.ts";
import { openSignup, RETURN_ADDRESS, type SignupWorld } from "./world/signup-world.ts";

let world: SignupWorld;
beforeEach(() => {
  world = openSignup();
});
afterEach(() => world.meta.close());

const ANA: Authorized = { workspaceId: "acme", userId: "ana", role: "admin" };
const browser = (who: Authorized | "nobody" = ANA) => doorBrowser(world, () => (who === "nobody" ? undefined : who));

function account(): string {
  const { id } = world.meta.addWaba();
  world.meta.addNumber({ wabaId: id });
  return id;
}

const exchanges = (): number => world.meta.exchanges.filter(({ operation }) => operation.endsWith("access_token")).length;
const connected = async (workspaceId = "acme"): Promise<number> => (await world.wadesk.workspace(workspaceId).list()).counts.all;

describe("the way back from the dialog", () => {
  it("ends at the host's page with the attempt's id, and neither code nor state is in the address or the cookie", async () => {
    const ana = browser();
    const { id, state, url } = await ana.begin();
    expect(ana.cookie.value).toMatch(/^__Host-wadesk_signup=/);
    expect(ana.cookie.value).not.toContain(state);
    const back = await world.press(url, [account()]);
    expect(await ana.comeBack(back)).toEqual({ signup: id });
    expect([await connected(), ana.cookie.value]).toEqual([1, ""]);
  });

  it("of a person who said no forgets the attempt; a made-up one leaves an attempt with its code alone", async () => {
    const ana = browser();
    const { id, url } = await ana.begin();
    expect(await ana.comeBack(await world.press(url, "cancel"))).toEqual({ problem: "signup_declined" });
    await expect(world.signup().read(id)).rejects.toMatchObject({ code: "signup_not_found" });
    const again = await ana.begin();
    await world.signup().finish(again.state, (await world.press(again.url, [account()])).searchParams.get("code") ?? "");
    expect(await ana.comeBack(`${RETURN_ADDRESS}?error=access_denied&state=${again.state}`)).toEqual({ signup: again.id });
    expect((await world.signup().read(again.id)).at).toBe("done");
  });

  it("with a code that does not count says so, and the same dialog can be gone through again", async () => {
    const ana = browser();
    const { id, state, url } = await ana.begin();
    expect(await ana.comeBack(`${RETURN_ADDRESS}?state=${state}&code=AQ00`)).toEqual({ signup: id, problem: "input_invalid" });
    expect(await ana.comeBack(await world.press(url, [account()]))).toEqual({ signup: id });
  });

  it("by a link that somebody made up leaves the dialog that is open in the browser as it is", async () => {
    const ana = browser();
    const { id, url } = await ana.begin();
    for (const made of ["state=sgn_1.0&code=AQ00", "state=sgn_1.0&error=access_denied", ""])
      expect(await ana.comeBack(`${RETURN_ADDRESS}?${made}`)).toEqual({ problem: "signup_not_found" });
    expect(await ana.comeBack(await world.press(url, [account()]))).toEqual({ signup: id });
  });

  it.each(["error=server_error", "error_code=1349126&error_message=App+not+active"])(
    "with an error of the dialog's own, %s, is told apart from a no, and the dialog can be opened again",
    async (query) => {
      const ana = browser();
      const { id, state, url } = await ana.begin();
      expect(await ana.comeBack(`${RETURN_ADDRESS}?${query}&state=${state}`)).toEqual({ signup: id, problem: "dialog_failed" });
      expect(await ana.comeBack(await world.press(url, [account()]))).toEqual({ signup: id });
    },
  );

  it("at which a step fails can be gone on from", async () => {
    const ana = browser();
    const again = await ana.begin();
    world.meta.fault({ kind: "server_error", operation: "GET /debug_token", times: 9 });
    expect(await ana.comeBack(await world.press(again.url, [account()]))).toEqual({ signup: again.id, problem: "provider_unavailable" });
    expect((await world.signup().read(again.id)).at).toBe("working");
  });
});

describe("refused, before any code is exchanged, is a state that", () => {
  const FORGED: readonly (readonly [string, (ana: ReturnType<typeof browser>) => Promise<Record<string, string>>])[] = [
    [
      "is replayed",
      async (ana) => {
        const { url } = await ana.begin();
        const back = await world.press(url, [account()]);
        await ana.comeBack(back);
        return ana.comeBack(back);
      },
    ],
    [
      "is forged",
      async (ana) => {
        const { id } = await ana.begin();
        return ana.comeBack(`${RETURN_ADDRESS}?state=${id}.0000&code=AQ00`);
      },
    ],
    [
      "has ended",
      async (ana) => {
        const { url } = await ana.begin();
        await world.time.advance(15 * 60_000);
        return ana.comeBack(await world.press(url, [account()]));
      },
    ],
    [
      "is another browser's of the same user",
      async (ana) => {
        const { url } = await ana.begin();
        return browser().comeBack(await world.press(url, [account()]));
      },
    ],
    [
      "is another browser's of the same user, where this one has begun a dialog too",
      async (ana) => {
        const { url } = await ana.begin();
        const elsewhere = browser();
        await elsewhere.begin();
        return elsewhere.comeBack(await world.press(url, [account()]));
      },
    ],
    [
      "is an attacker's, whose dialog a victim went through",
      async (ana) => {
        const attacker = browser({ ...ANA, workspaceId: "evil", userId: "eve" });
        const { url } = await attacker.begin();
        await ana.begin();
        return ana.comeBack(await world.press(url, [account()]));
      },
    ],
  ];
  it.each(FORGED)("%s", async (what, attack) => {
    const problem = await attack(browser());
    expect(problem).toEqual({ problem: "signup_not_found" });
    const made = what === "is replayed" ? 1 : 0;
    expect([exchanges(), await connected(), await connected("evil")]).toEqual([made, made, 0]);
  });

  it.each([
    ["another user's", { ...ANA, userId: "bob" }],
    ["another workspace's", { ...ANA, workspaceId: "beta" }],
  ])("is %s, though the browser is the same", async (_whose, who) => {
    let signedIn = ANA;
    const handler = createSignupHandler(world.wadesk, { authorize: () => signedIn, page: "/p" });
    const begun = await handler(new Request(`${RETURN_ADDRESS}/begin`, { method: "POST", body: "{}", headers: JSON_TYPE }));
    const { opening } = (await begun.json()) as { opening: { url: string } };
    const cookie = (begun.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    signedIn = who;
    const back = await world.press(opening.url, [account()]);
    const answer = await handler(new Request(back, { headers: { cookie } }));
    expect([answer.headers.get("location"), exchanges()]).toEqual(["/p?problem=signup_not_found", 0]);
  });
});

describe("the helper's requests", () => {
  it("take the code by the attempt's own token and the cookie, and answer where it stands", async () => {
    const ana = browser();
    const { state } = await ana.begin({ door: "helper" });
    const refused = await ana.post(RETURN_ADDRESS, { state, code: "AQ00", wabaId: "1" });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: expect.objectContaining({ code: "input_invalid", issues: [expect.objectContaining({ field: "code" })] }) },
    ]);
    const stranger = await browser().post(RETURN_ADDRESS, { state, code: "AQ00" });
    expect([stranger.status, exchanges()]).toEqual([404, 1]);
  });

  it("that hold what nobody can mean are told so, and are no failure of ours", async () => {
    for (const wish of [{ features: "coexistence" }, { features: [7] }, { features: { 0: "coexistence" } }, { door: null }]) {
      const answer = await browser().post(`${RETURN_ADDRESS}/begin`, wish);
      expect([answer.status, (await answer.json()).error.code], JSON.stringify(wish)).toEqual([400, "input_invalid"]);
    }
    // a parser of the application's was there first
    const handler = createSignupHandler(world.wadesk, { authorize: () => ANA, page: "/p" });
    const eaten = new Request(`${RETURN_ADDRESS}/begin`, { method: "POST", body: "{}", headers: JSON_TYPE });
    await eaten.text();
    const answer = await handler(eaten);
    expect([answer.status, (await answer.json()).error.message]).toEqual([400, expect.stringContaining("before express.json()")]);
  });

  it("that Meta refuses are not taken for those of somebody who is signed out", async () => {
    const ana = browser();
    const { id: wabaId } = world.meta.addWaba();
    world.meta.addNumber({ wabaId });
    const { state, url } = await ana.begin();
    const code = (await world.press(url, [wabaId])).searchParams.get("code");
    world.meta.fault({ kind: "refused", operation: "GET /oauth/access_token", times: 9, code: 101 });
    const answer = await ana.post(RETURN_ADDRESS, { state, code });
    expect([answer.status, (await answer.json()).error.code]).toEqual([422, "credentials_rejected"]);
  });

  it("are refused for nobody, from another site's page, and as a form", async () => {
    const body = {};
    const answers = [
      await browser("nobody").post(`${RETURN_ADDRESS}/begin`, body),
      await browser().post(`${RETURN_ADDRESS}/begin`, body, { ...JSON_TYPE, "sec-fetch-site": "cross-site" }),
      await browser().post(`${RETURN_ADDRESS}/begin`, body, { "content-type": "text/plain" }),
      await browser().post(`${RETURN_ADDRESS}/begin`, "no object"),
      await browser().call("https://chat.example.com/connect/elsewhere"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 400, 404]);
  });
});

describe("the helper's requests are refused before anybody is asked who they are from", () => {
  const HERE = "https://chat.example.com";
  const asked = async (headers: HeadersInit, body = "{}"): Promise<readonly [status: number, asked: number]> => {
    let count = 0;
    const authorize = () => {
      count += 1;
      return ANA;
    };
    const handler = createSignupHandler(world.wadesk, { authorize, page: "/p" });
    const answer = await handler(new Request(`${RETURN_ADDRESS}/begin`, { method: "POST", headers, body }));
    return [answer.status, count];
  };
  it.each([
    ["from another site", { ...JSON_TYPE, "sec-fetch-site": "cross-site" }],
    ["from a subdomain", { ...JSON_TYPE, "sec-fetch-site": "same-site" }],
    ["typed into an address bar", { ...JSON_TYPE, "sec-fetch-site": "none" }],
    ["from another origin, by an old browser", { ...JSON_TYPE, origin: "https://evil.example" }],
    ["from a page without an origin", { ...JSON_TYPE, origin: "null" }],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["as something like JSON", { "content-type": "application/json-seq" }],
  ])("%s", async (_how, headers) => {
    expect(await asked(headers as HeadersInit)).toEqual([401, 0]);
  });

  it.each([
    ["by a browser of today", { "content-type": "application/json; charset=utf-8", "sec-fetch-site": "same-origin", origin: HERE }],
    ["behind a proxy that names another host inside", { ...JSON_TYPE, "sec-fetch-site": "same-origin", origin: "https://outside.example" }],
    ["by an old browser", { ...JSON_TYPE, origin: HERE }],
  ])("but not %s", async (_how, headers) => {
    expect(await asked(headers as HeadersInit)).toEqual([200, 1]);
  });

  it("and a body of more than 16 KiB is not read, whatever length it claims", async () => {
    const large = JSON.stringify({ features: ["x".repeat(16_384)] });
    expect((await asked(JSON_TYPE, large))[0]).toBe(400);
    expect((await asked({ ...JSON_TYPE, "content-length": "999999" }))[0]).toBe(400);
    expect((await asked(JSON_TYPE, JSON.stringify({ features: [] })))[0]).toBe(200);
  });
});

it.each([
  ["authorize", { page: "/" }],
  ["page", { authorize: () => ANA }],
  // would lead to a page below the handler's own path, or to another site
  ["page", { authorize: () => ANA, page: "settings" }],
  ["page", { authorize: () => ANA, page: "//evil.example" }],
  // would be called by nobody
  ["basePath", { authorize: () => ANA, page: "/p", basePath: "app" }],
])("a handler without a %s that can work is not made", (field, options) => {
  expect(() => createSignupHandler(world.wadesk, options as never)).toThrow(field);
});

it("a handler that is mounted elsewhere than the dialog comes back to says where it answers", async () => {
  const handler = createSignupHandler(world.wadesk, { authorize: () => ANA, page: "/p", basePath: "/app/" });
  const answer = await handler(new Request(`${RETURN_ADDRESS}?state=x&code=AQ00`));
  expect([answer.status, await answer.text()]).toEqual([
    404,
    expect.stringMatching(/GET and POST \/app\/connect\/wa-store\/waba,.*set basePath/),
  ]);
});
