import { metaJson, metaText, signMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld, VERIFY_TOKEN, type World, type WorldOptions } from "./world/open-world.ts";

interface Connected extends World {
  /** The keys of completed events. */
  readonly completed: string[];
  body(id: string): string;
  post(body: BodyInit, signature?: string): Promise<Response>;
}

async function openConnected(options: WorldOptions = {}): Promise<Connected> {
  const world = await openWorld(options);
  const { wadesk, account, callback } = world;
  const completed: string[] = [];
  wadesk.on("event.completed", ({ key }) => void completed.push(key));
  await wadesk.workspace("acme").connect("cloud-api", account.input);
  return {
    ...world,
    completed,
    body: (id) => metaJson(metaText({ wabaId: account.wabaId, phoneNumberId: account.numberId, id })),
    post: (body, signature) =>
      fetch(callback, { method: "POST", body, headers: signature === undefined ? {} : { "x-hub-signature-256": signature } }),
  };
}

const codeOf = async (answer: Response): Promise<[number, unknown]> => [answer.status, (await answer.json()).error?.code];

/** Nothing but the accepted twin was taken in, and nothing waits. */
async function expectOnlyTwin({ completed, storage }: Connected): Promise<void> {
  expect(completed).toEqual([expect.stringContaining("wamid.TWIN")]);
  expect(await storage.inbox.nextDue()).toBeUndefined();
  const [twin = ""] = completed;
  const other = twin.replace("wamid.TWIN", "wamid.OTHER");
  expect(await storage.inbox.states([twin, other])).toEqual(
    new Map([
      [twin, "done"],
      [other, "absent"],
    ]),
  );
}

const FORGERIES: readonly [string, number, string, (world: Connected) => Promise<Response>][] = [
  ["no signature", 401, "signature_missing", ({ post, body }) => post(body("wamid.OTHER"))],
  [
    "a signature of another secret",
    401,
    "signature_invalid",
    ({ post, body }) => post(body("wamid.OTHER"), signMeta(body("wamid.OTHER"), "guess")),
  ],
  [
    "a signature of the empty secret",
    401,
    "signature_invalid",
    ({ post, body }) => post(body("wamid.OTHER"), signMeta(body("wamid.OTHER"), "")),
  ],
  [
    "a signature of another body",
    401,
    "signature_invalid",
    ({ post, body, app }) => post(body("wamid.OTHER"), signMeta(body("wamid.TWIN"), app.secret)),
  ],
  [
    "one byte changed after signing",
    401,
    "signature_invalid",
    ({ post, body, app }) => post(body("wamid.OTHER").replace("Hello", "Jello"), signMeta(body("wamid.OTHER"), app.secret)),
  ],
  [
    "the same JSON in other bytes",
    401,
    "signature_invalid",
    ({ post, body, app }) => post(JSON.stringify(JSON.parse(body("wamid.OTHER")), null, 1), signMeta(body("wamid.OTHER"), app.secret)),
  ],
  ["invalid JSON under a valid signature", 400, "body_invalid", ({ post, app }) => post('{"object":', signMeta('{"object":', app.secret))],
  ["no body at all under a valid signature", 400, "body_invalid", ({ post, app }) => post("", signMeta("", app.secret))],
];

describe("a webhook with", () => {
  it.each(FORGERIES)("%s is refused with %i %s, and nothing is stored", async (_what, status, code, forge) => {
    const world = await openConnected();
    const { post, body, app } = world;
    expect((await post(body("wamid.TWIN"), signMeta(body("wamid.TWIN"), app.secret))).status).toBe(200);
    expect(await codeOf(await forge(world))).toEqual([status, code]);
    await expectOnlyTwin(world);
  });

  it("a body over 4 MiB is refused with 413 body_too_large, one just under it is taken", async () => {
    const world = await openConnected();
    const { post, app, account } = world;
    const sized = (id: string, bytes: number): string => {
      const place = { wabaId: account.wabaId, phoneNumberId: account.numberId, id };
      const empty = metaJson(metaText({ ...place, body: "" }));
      return metaJson(metaText({ ...place, body: "x".repeat(bytes - empty.length) }));
    };
    const limit = 4 * 1024 * 1024;
    const [fits, over] = [sized("wamid.TWIN", limit), sized("wamid.OTHER", limit + 1)];
    expect((await post(fits, signMeta(fits, app.secret))).status).toBe(200);
    expect(await codeOf(await post(over, signMeta(over, app.secret)))).toEqual([413, "body_too_large"]);
    await expectOnlyTwin(world);
  });

  it("a genuine signature is refused with 503 secret_missing once the channel has no secret, so that Meta delivers it again", async () => {
    const world = await openConnected();
    const { post, body, app, wadesk, lines } = world;
    expect((await post(body("wamid.TWIN"), signMeta(body("wamid.TWIN"), app.secret))).status).toBe(200);
    const { notes } = await wadesk.settings.change("cloud-api", { appSecret: { retire: "option-1" } });
    expect(notes).toMatchObject([{ code: "secret_missing", text: expect.stringContaining("appSecret has no value left") }]);
    expect(await codeOf(await post(body("wamid.OTHER"), signMeta(body("wamid.OTHER"), app.secret)))).toEqual([503, "secret_missing"]);
    expect(lines.filter(({ level }) => level === "error")).toMatchObject([{ data: { code: "secret_missing" } }]);
    await expectOnlyTwin(world);
  });

  it.each([
    ["empty", ""],
    ["blank", " \n"],
    ["missing", undefined],
  ])("any signature is refused with 503 where the secret is %s, and the start says so", async (_how, appSecret) => {
    const world = await openConnected({ channel: { appSecret } });
    const { post, body, wadesk, lines } = world;
    await wadesk.start();
    expect(lines.map(({ message }) => message).join()).toContain("cloud-api has no appSecret, so every webhook is refused");
    for (const secret of ["", " \n", "undefined"]) {
      expect(await codeOf(await post(body("wamid.OTHER"), signMeta(body("wamid.OTHER"), secret)))).toEqual([503, "secret_missing"]);
    }
    expect(world.completed).toEqual([]);
    // the twin: with a secret it is taken
    await wadesk.settings.change("cloud-api", { appSecret: { add: world.app.secret } });
    expect((await post(body("wamid.TWIN"), signMeta(body("wamid.TWIN"), world.app.secret))).status).toBe(200);
    await expectOnlyTwin(world);
  });
});

describe("Meta's challenge", () => {
  const ask = ({ callback }: World, token: string | undefined): Promise<Response> => {
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "1158201444" });
    if (token !== undefined) query.set("hub.verify_token", token);
    return fetch(`${callback}?${query}`);
  };

  it("is echoed for the right token, and refused for a wrong, an empty and an absent one", async () => {
    const world = await openWorld();
    const granted = await ask(world, VERIFY_TOKEN);
    expect([granted.status, await granted.text()]).toEqual([200, "1158201444"]);
    for (const token of [`${VERIFY_TOKEN}x`, VERIFY_TOKEN.slice(0, -1), VERIFY_TOKEN.toUpperCase(), "", undefined]) {
      const refused = await ask(world, token);
      expect(refused.headers.get("content-type")).toContain("json");
      expect(await codeOf(refused)).toEqual([403, "verify_token_invalid"]);
    }
  });

  it.each([
    ["empty", ""],
    ["missing", undefined],
  ])("always fails where the configured token is %s, also for the empty token", async (_how, verifyToken) => {
    const world = await openWorld({ channel: { verifyToken }, webhook: false });
    for (const token of ["", undefined, VERIFY_TOKEN]) expect(await codeOf(await ask(world, token))).toEqual([403, "verify_token_missing"]);
    await expect(world.app.setWebhook({ url: world.callback, verifyToken: "anything" })).rejects.toThrow("HTTP Status Code = 403");
    await world.wadesk.settings.change("cloud-api", { verifyToken: { add: VERIFY_TOKEN } });
    expect((await ask(world, VERIFY_TOKEN)).status).toBe(200);
  });
});

describe("white space around what was pasted", () => {
  it("is removed from secrets when they are saved, said so, and the secret verifies", async () => {
    const world = await openConnected({ channel: { appSecret: undefined, verifyToken: undefined }, webhook: false });
    const { wadesk, app, post, body, callback } = world;
    const { notes, settings } = await wadesk.settings.change("cloud-api", {
      appSecret: { add: ` ${app.secret}\n` },
      verifyToken: { add: `\t${VERIFY_TOKEN} ` },
    });
    expect(notes.map(({ code, values }) => [code, values?.field])).toEqual([
      ["space_removed", "appSecret"],
      ["space_removed", "verifyToken"],
    ]);
    expect(JSON.stringify(settings)).not.toMatch(new RegExp(`${app.secret}|${VERIFY_TOKEN}`));
    await app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN });
    expect((await post(body("wamid.TWIN"), signMeta(body("wamid.TWIN"), app.secret))).status).toBe(200);
    await expectOnlyTwin(world);
  });

  it("is removed from ids and token when a number is connected, and said on the connection", async () => {
    const { wadesk, account, meta } = await openWorld();
    const { phoneNumberId, wabaId, accessToken } = account.input;
    const pasted = { phoneNumberId: ` ${phoneNumberId}`, wabaId: `${wabaId}\n`, accessToken: ` ${accessToken}\r\n` };
    const connection = await wadesk.workspace("acme").connect("cloud-api", pasted);
    expect(connection.warnings).toEqual(
      ["phoneNumberId", "wabaId", "accessToken"].map((field) => expect.objectContaining({ code: "space_removed", values: { field } })),
    );
    expect(meta.exchanges.at(-1)?.request.headers.authorization).toBe(`Bearer ${accessToken}`);
  });
});
