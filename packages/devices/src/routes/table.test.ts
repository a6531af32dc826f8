import { describe, expect, it } from "vitest";
import { EXAMPLES, type Example } from "../testing/examples.ts";
import { openScreen, type Screen, type Who } from "../testing/open-screen.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./table.ts";

const SECRETS = /secret-|QR_TEXT|2@the-text/;
const changes = ({ method }: Route): boolean => method !== "GET";
const mayBe = ({ needs }: Route): Who => (needs === "platform" ? "operator" : needs);

async function exampleOf({ id }: Route, screen: Screen): Promise<Example> {
  const make = EXAMPLES[id];
  if (make === undefined) throw new Error(`${id} is a new route: give it a row in testing/examples.ts`);
  return make(screen);
}

/** How all stands: what a workspace has, what is set, what a vendor was asked, and how often anything was written. */
async function standing(screen: Screen): Promise<unknown> {
  const { wadesk, echo, pager, writes } = screen;
  const rows: unknown[] = [];
  for await (const row of wadesk.exportWorkspace("acme")) rows.push(row);
  const settings = [await wadesk.settings.activeChannel(), await wadesk.settings.read("echo"), await wadesk.settings.read("pager")];
  return { rows, settings, asked: [...echo.calls, ...pager.calls], writes: writes() };
}

interface Attempt {
  readonly who?: Who;
  readonly path?: (path: string) => string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused, and beside it, in an application of its own, the one that is not. */
async function refusedBesideTwin(row: Route, attempt: Attempt, status: number, code: string): Promise<void> {
  const screen = openScreen({ fetch: async () => new Response("This is a WaDesk webhook, and it is reachable.") });
  const example = await exampleOf(row, screen);
  const before = await standing(screen);
  const { who = mayBe(row), path = (same) => same, body = example.body, headers } = attempt;
  const refused = await screen.ask(who, row.method, path(example.path), body, { ...example.headers, ...headers });
  expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([status, code]);
  expect(await standing(screen)).toEqual(before);
  const accepted = await screen.ask(mayBe(row), row.method, example.path, example.body, example.headers);
  expect(accepted.status).toBe(row.answers.status);
  await accepted.body?.cancel();
  await screen.handler.close();
}

describe.each(ROUTES.map((row) => [`${row.method} ${row.path}`, row] as const))("%s", (_name, row) => {
  it("does what it says, in the shape that it is described by, without a secret in it", async () => {
    const screen = openScreen({ fetch: async () => new Response("This is a WaDesk webhook, and it is reachable.") });
    const { path, body, headers } = await exampleOf(row, screen);
    const response = await screen.ask(mayBe(row), row.method, path, body, headers);
    expect(response.status).toBe(row.answers.status);
    if (row.answers.schema === "events") await response.body?.cancel();
    else {
      const text = await response.text();
      const sent = { "cache-control": "no-store", "access-control-allow-origin": null };
      for (const [name, value] of Object.entries(sent)) expect(response.headers.get(name)).toBe(value);
      expect(text).not.toMatch(SECRETS);
      if (typeof row.answers.schema === "object") expect(row.answers.schema.safeParse(JSON.parse(text)).error).toBeUndefined();
    }
    expect(screen.log.join("\n")).not.toMatch(SECRETS);
    await screen.handler.close();
  });

  it("refuses whoever is not signed in", () => refusedBesideTwin(row, { who: "nobody" }, 401, "not_authorized"));

  it("never looks at a workspace that a request names, and has nothing of another's", async () => {
    const screen = openScreen({ fetch: async () => new Response("ours") });
    const { id } = await screen.wadesk.workspace("acme").connect("echo", { number: "+999", token: "secret-token-9", label: "Acme's line" });
    const { path, body, headers } = await exampleOf(row, screen);
    const rows = async (): Promise<unknown> => ((await standing(screen)) as { readonly rows: unknown }).rows;
    const before = await rows();
    const named = `${path}${path.includes("?") ? "&" : "?"}workspaceId=acme`;
    for (const where of [path, named]) {
      const response = await screen.ask("rival", row.method, where, body, { ...headers, "x-workspace": "acme" });
      const text = row.answers.schema === "events" ? await firstEvent(response) : await response.text();
      expect(text).not.toContain(id);
      expect(text).not.toMatch(/Acme's line|\+999|\+111|"acme"/);
      if (/\{id\}|finish/.test(row.path)) expect([400, 404]).toContain(response.status);
      // a query that the route knows has no such field
      if (where === named && row.query !== undefined) expect(response.status).toBe(400);
    }
    if (row.body !== undefined) {
      const response = await screen.ask("rival", row.method, path, { ...body, workspaceId: "acme" }, headers);
      expect([400, 404]).toContain(response.status);
    }
    expect(await rows()).toEqual(before);
    await screen.handler.close();
  });

  if (row.needs === "owner")
    it("refuses a member", async () => {
      await refusedBesideTwin(row, { who: "member" }, 403, "owner_needed");
      await refusedBesideTwin(row, { who: "memberOperator" }, 403, "owner_needed");
    });

  if (row.needs === "platform")
    it("refuses an owner and a member, since no role of a workspace is the platform's", async () => {
      await refusedBesideTwin(row, { who: "owner" }, 403, "platform_needed");
      await refusedBesideTwin(row, { who: "member" }, 403, "platform_needed");
    });

  if (changes(row)) {
    it.each([
      ["of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example.com" }],
      ["of a subdomain", { "sec-fetch-site": "same-site", origin: "https://evil.chat.example.com" }],
      ["that the person typed", { "sec-fetch-site": "none" }],
      ["of another origin, in a browser that says no more", { "sec-fetch-site": "", origin: "https://evil.example.com" }],
      ["of no origin", { "sec-fetch-site": "", origin: "null" }],
    ])("refuses a page %s", (_of, headers) => refusedBesideTwin(row, { headers }, 403, "forged_request"));

    it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""])(
      "refuses a change of the type %j",
      (type) => refusedBesideTwin(row, { headers: { "content-type": type } }, 415, "not_json"),
    );

    it("refuses a body that is too large, that is no JSON, or no object", async () => {
      await refusedBesideTwin(row, { body: { label: "x".repeat(64 * 1024) } }, 413, "body_too_large");
      await refusedBesideTwin(row, { body: '{"label":' }, 400, "body_invalid");
      await refusedBesideTwin(row, { body: "[1]" }, 400, "body_invalid");
    });
  }

  if (row.body !== undefined)
    it("refuses a field that nobody knows", () => refusedBesideTwin(row, { body: { nobody: 1 } }, 400, "input_invalid"));
});

describe("the table", () => {
  it("has a name and a path of its own for each row, and an example for each and for nothing else", () => {
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
    expect(new Set(ROUTES.map(({ method, path }) => `${method} ${path}`)).size).toBe(ROUTES.length);
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
  });

  it("answers a signup's state once: in another browser, or again, it is nobody's", async () => {
    const screen = openScreen();
    const { path, body, headers } = (await EXAMPLES.finishSignup?.(screen)) ?? { path: "" };
    const before = await standing(screen);
    expect((await screen.ask("owner", "POST", path, body)).status).toBe(404);
    expect(await standing(screen)).toEqual(before);
    const accepted = await screen.ask("owner", "POST", path, body, headers);
    expect([accepted.status, accepted.headers.get("set-cookie")]).toEqual([200, expect.stringContaining("Max-Age=0")]);
    // the browser has no cookie any more
    expect((await screen.ask("owner", "POST", path, body)).status).toBe(404);
    expect(screen.echo.calls).toEqual(["exchange secret-code-1"]);
    // one that kept it is told where the attempt stands, and no code is looked at
    expect((await screen.ask("owner", "POST", path, { ...body, code: "another" }, headers)).status).toBe(200);
    expect(screen.echo.calls).toEqual(["exchange secret-code-1"]);
  });

  it("names the methods that a path takes, and passes on what is not its own", async () => {
    const { ask, handler } = openScreen();
    const wrong = await ask("owner", "PUT", "/connections");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
    for (const path of ["/nothing", "/connections/a/b/c", "/connections/%E0%A4%A", ""])
      expect((await ask("owner", "GET", path)).status).toBe(404);
    const elsewhere = await handler(new Request("https://chat.example.com/wadeskish/setup"));
    expect([elsewhere.status, Symbol.for("wadesk.unmatched") in elsewhere]).toEqual([404, true]);
  });
});

async function firstEvent(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return response.ok ? new TextDecoder().decode(value) : "";
}
