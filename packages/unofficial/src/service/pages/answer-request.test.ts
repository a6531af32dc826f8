import { describe, expect, it } from "vitest";
import { answerRequest, type Pages } from "./answer-request.ts";

const TOKEN = "a token for the measures";

function open(over: Partial<Pages> = {}) {
  const called: string[] = [];
  const pages: Pages = {
    bridge: {
      handle: async ({ url }) => {
        called.push(new URL(url).pathname);
        return Response.json({});
      },
    },
    name: "<eu>",
    app: "https://chat.example.com/base",
    metricsToken: undefined,
    state: () => "runs",
    readiness: async () => ({ ready: true, sessions: { kept: 2, free: 0 } }),
    metrics: async () => ({ text: "wadesk_bridge_numbers 1\n", type: "text/plain; version=0.0.4" }),
    ...over,
  };
  const ask = (path: string, { isLocal = true, ...init }: RequestInit & { isLocal?: boolean } = {}): Promise<Response> =>
    answerRequest(pages, { request: new Request(`http://127.0.0.1:8888${path}`, init), isLocal });
  return { ask, called };
}

describe("the pages of a bridge", () => {
  it("say in a browser that it runs, and for which host", async () => {
    const response = await open().ask("/");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const page = await response.text();
    expect(page).toContain("This WaDesk bridge runs");
    expect(page).toContain("<b>chat.example.com</b>");
    expect(page).not.toContain("<eu>");
  });

  it.each(["starting", "stopping"] as const)("say that it is alive and not ready while it is %s, and no call is done", async (state) => {
    const { ask, called } = open({ state: () => state });
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/readyz")).status).toBe(503);
    const refused = await ask("/v1/send", { method: "POST" });
    expect([refused.status, await refused.json()]).toEqual([
      503,
      { error: { code: "bridge_unreachable", message: expect.stringMatching(/nothing was done/) } },
    ]);
    expect(called).toEqual([]);
  });

  it("say whether it is ready, and hand calls over", async () => {
    const { ask, called } = open();
    const ready = await ask("/readyz");
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, sessions: { kept: 2, free: 0 } }]);
    const waiting = open({ readiness: async () => ({ ready: false, reason: "the database does not answer" }) });
    expect((await waiting.ask("/readyz")).status).toBe(503);
    await ask("/v1/list", { method: "POST" });
    expect(called).toEqual(["/v1/list"]);
  });

  it("refuse what is no page, and what is sent to one", async () => {
    const { ask } = open();
    expect([(await ask("/admin")).status, (await ask("/", { method: "POST" })).status]).toEqual([404, 405]);
  });
});

describe("the measures", () => {
  it("are for this machine alone where there is no token", async () => {
    const { ask } = open();
    const response = await ask("/metrics");
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "text/plain; version=0.0.4",
      "wadesk_bridge_numbers 1\n",
    ]);
    const elsewhere = await ask("/metrics", { isLocal: false });
    expect([elsewhere.status, await elsewhere.text()]).toEqual([403, expect.stringContaining("Set METRICS_TOKEN")]);
  });

  it.each([
    [TOKEN, 200],
    [`${TOKEN}x`, 401],
    ["", 401],
  ])("are for whoever sends the token where there is one, from wherever: %j, %i", async (token, status) => {
    const { ask } = open({ metricsToken: TOKEN });
    const headers = { authorization: `Bearer ${token}` };
    expect([(await ask("/metrics", { headers })).status, (await ask("/metrics", { headers, isLocal: false })).status]).toEqual([
      status,
      status,
    ]);
    expect((await ask("/metrics")).status).toBe(401);
  });
});
