import { describe, expect, it } from "vitest";
import { askBridge } from "./ask-bridge.ts";
import { healthOf } from "../health-of.ts";

const SECRET = "correct horse battery staple, 32+";
const ROUTE = "unofficial:acme:15550001111";

/** Asks a bridge that answers so, one answer an attempt; `undefined` is an answer that was lost. */
function asked(...answers: readonly (Response | undefined)[]) {
  const ids: (string | null)[] = [];
  const pauses: number[] = [];
  const fetch = async (_address: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = answers[ids.length];
    ids.push(new Headers(init?.headers).get("webhook-id"));
    if (answer === undefined) throw new TypeError("fetch failed", { cause: Object.assign(new Error("read"), { code: "ECONNRESET" }) });
    return answer;
  };
  const asking = {
    bridge: "default",
    timeoutMs: 1000,
    settings: async () => ({
      bridges: { default: { url: "http://127.0.0.1:8888/", secrets: [SECRET] }, bare: { url: "http://x", secrets: [] } },
    }),
    fetch,
    now: () => 1,
    pause: async (delayMs: number) => void pauses.push(delayMs),
    signal: new AbortController().signal,
  };
  return { asking, ids, pauses };
}

const send = { route: ROUTE, id: "msg_1", to: { phone: "+15550002222" }, content: { kind: "text", text: "Hello" } } as const;

describe("a call of the app", () => {
  it("is made again under the same id where its answer was lost, unless it is a message", async () => {
    const again = asked(undefined, new Response("<html>", { status: 502 }), Response.json({}));
    expect(await askBridge(again.asking, "read", { route: ROUTE, messageId: "1" })).toEqual({});
    expect([new Set(again.ids).size, again.ids.length, again.pauses]).toEqual([1, 3, [250, 1000]]);
    const lost = asked(undefined, undefined, undefined);
    await expect(askBridge(lost.asking, "check", { route: ROUTE })).rejects.toMatchObject({ code: "bridge_unreachable" });
    const once = asked(undefined, Response.json({}));
    await expect(askBridge(once.asking, "send", send)).rejects.toMatchObject({ code: "outcome_unknown" });
    expect(once.ids).toHaveLength(1);
  });

  it("fails with what the bridge's client failed with, as it was", async () => {
    const error = { code: "pace_limited", remedy: "wait", message: "over the limit of this number", retryAfterMs: 5000 };
    const { asking } = asked(Response.json({ error }, { status: 429 }));
    await expect(askBridge(asking, "send", send)).rejects.toMatchObject({ code: "pace_limited", retryAfterMs: 5000 });
    const other = asked(Response.json({ error: { code: "of_tomorrow", remedy: "none", message: "new" } }, { status: 400 }));
    await expect(askBridge(other.asking, "send", send)).rejects.toMatchObject({
      code: "provider_refused",
      message: expect.stringContaining("of_tomorrow: new"),
    });
  });

  it.each([
    [
      "refuses this app",
      Response.json({ error: { code: "signature_invalid", message: "Compare the two." } }, { status: 401 }),
      "Compare the two.",
    ],
    ["is none", new Response("<html>nothing here</html>", { status: 404 }), "no bridge (status 404). Check the Server URL"],
    ["answers something else", new Response("ok"), "no bridge (status 200)"],
  ])("to what %s is bridge_unreachable, and says what to do", async (_what, answer, words) => {
    await expect(askBridge(asked(answer).asking, "send", send)).rejects.toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ["eu", "no such bridge is configured"],
    ["toString", "no such bridge is configured"],
    ["bare", "its shared secret is not set"],
  ])("to the bridge %s asks nobody", async (bridge, words) => {
    const { asking, ids } = asked();
    await expect(askBridge({ ...asking, bridge }, "check", { route: ROUTE })).rejects.toMatchObject({
      code: "bridge_unreachable",
      message: expect.stringContaining(words),
    });
    expect(ids).toEqual([]);
  });
});

describe("how a number is at its bridge", () => {
  it("is told by this side's clock, and nothing is said of one that is silent there", () => {
    const status = { state: "connected", since: 5 } as const;
    expect(healthOf({ status, seenMsAgo: 2000 }, 10_000)).toEqual([
      { type: "alive", at: 8000 },
      { type: "unrestricted", at: 10_000 },
    ]);
    expect(healthOf({ status: { state: "disconnected", reason: "silent", since: 5 }, seenMsAgo: 95_000 }, 10_000)).toEqual([]);
    expect(healthOf({ status: { state: "disconnected", reason: "requested", since: 5 }, seenMsAgo: 0 }, 10)).toMatchObject([
      { type: "closed", reason: "unlinked" },
    ]);
    const restricted = { ...status, restriction: { reason: "reach_out", until: 99 } };
    expect(healthOf({ status: restricted, seenMsAgo: 0 }, 10)[1]).toEqual({ type: "restricted", reason: "reach_out", until: 99, at: 10 });
    expect(healthOf({ status: { state: "of tomorrow" } as never, seenMsAgo: 0 }, 10)).toEqual([]);
  });
});
