import { manualClock, signMeta, signTwilio } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { createWebhookHandler, type WebhookHandlerOptions } from "./handler.ts";
import { type EchoOptions, echoInbound, echoSource, SECRET } from "./testing/echo-inbound.ts";

const CALLED = "https://chat.example.com/webhooks/whatsapp/inbound";
const HOUR = 60 * 60 * 1000;
const FORGED = { "x-hub-signature-256": signMeta("", "a guess") };

function served(options: EchoOptions = {}, how: WebhookHandlerOptions = {}) {
  const { clock, advance } = manualClock(1_800_000_000_000);
  const { wadesk, received, lines } = echoInbound({ clock, ...options });
  const handler = createWebhookHandler(wadesk, how);
  const post = async (headers: Record<string, string>, body: BodyInit = "{}", url = CALLED): Promise<[number, unknown]> => {
    const answer = await handler(new Request(url, { method: "POST", headers, body, duplex: "half" } as RequestInit));
    const text = await answer.text();
    return [answer.status, text.startsWith("{") ? JSON.parse(text).error.code : undefined];
  };
  return { handler, post, advance, received, lines, levels: () => lines.map(({ level }) => level) };
}

function unread(): { readonly body: ReadableStream<Uint8Array>; readonly pulls: () => number } {
  let pulls = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    pulls += 1;
    controller.enqueue(new Uint8Array(1024));
  };
  return { body: new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 }), pulls: () => pulls };
}

describe("a request before it is believed", () => {
  it("is answered before the first read of its body where it carries no signature, or one that no channel checks", async () => {
    const { post } = served();
    for (const [headers, answer] of [
      [{}, [401, "signature_missing"]],
      [{ "x-twilio-signature": "A".repeat(28) }, [400, "provider_unknown"]],
    ] as const) {
      const { body, pulls } = unread();
      expect(await post(headers, body)).toEqual(answer);
      expect(pulls()).toBe(0);
    }
    const { body, pulls } = unread();
    expect(await post(FORGED, body)).toEqual([413, "body_too_large"]);
    expect(pulls()).toBeGreaterThan(4096);
  });

  it("warns of a refused signature once an hour, tells the rest at debug, and counts each", async () => {
    const { handler, post, advance, lines, levels } = served();
    for (let knock = 0; knock < 50; knock += 1) expect(await post(FORGED)).toEqual([401, "signature_invalid"]);
    await post({});
    expect(levels()).toEqual(["warn", ...Array.from({ length: 50 }, () => "debug")]);
    expect(lines[0]?.data).toMatchObject({ code: "signature_invalid", likelyCauses: expect.any(Array) });
    expect(handler.counts()).toEqual({ refused: { signature_invalid: 50, signature_missing: 1 }, expired: 0 });
    await advance(HOUR);
    await post(FORGED);
    expect(lines.at(-1)).toMatchObject({ level: "warn", data: { repeated: 49 } });
  });

  it("is no failure of ours where its account is nobody's: 401 at debug, and the same answer as for an account that is here", async () => {
    const accounts = { [`AC${"a".repeat(32)}`]: SECRET };
    const source = echoSource({
      scheme: "twilio",
      secretsFor: async (account) => [{ secret: accounts[account ?? ""] ?? "", speaker: `echo:${account}` }],
      normalize: () => [],
    });
    const { handler, post, levels } = served({ sources: [{ kind: "echo", source }] });
    const signed = (account: string, authToken: string): [Record<string, string>, string] => {
      const parameters = { AccountSid: account };
      return [{ "x-twilio-signature": signTwilio({ url: CALLED, parameters, authToken }) }, new URLSearchParams(parameters).toString()];
    };
    expect((await post(...signed(`AC${"a".repeat(32)}`, SECRET)))[0]).toBe(200);
    for (const account of [`AC${"b".repeat(32)}`, "nobody", ""])
      expect(await post(...signed(account, SECRET))).toEqual([401, "signature_invalid"]);
    expect(levels()).toEqual(["debug", "debug", "debug"]);
    expect(await post(...signed(`AC${"a".repeat(32)}`, "a guess"))).toEqual([401, "signature_invalid"]);
    expect(handler.counts().refused).toEqual({ signature_invalid: 4 });
  });

  it("fills no log, whatever it makes fail: one line an hour for each channel and code", async () => {
    const thrower = async (): Promise<never> => {
      throw new TypeError("the database said something else");
    };
    const broken = served({ sources: [{ kind: "echo", source: echoSource({ secretsFor: thrower }) }] });
    const bare = served({ settings: { secrets: [] } });
    for (let knock = 0; knock < 20; knock += 1) {
      expect((await broken.post(FORGED))[0]).toBe(500);
      expect(await bare.post(FORGED)).toEqual([503, "secret_missing"]);
    }
    for (const { levels } of [broken, bare]) expect(levels().filter((level) => level !== "debug")).toEqual(["error"]);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ["warn", "provider_unknown", { "x-twilio-signature": "A".repeat(28) }, "{}"],
    ["warn", "body_too_large", FORGED, "x".repeat(100)],
    ["debug", "signature_missing", {}, "{}"],
  ])("is told of at %s, once an hour above debug, where nothing else tells: %s", async (level, code, headers, body) => {
    const { post, lines } = served({}, { bodyLimit: 50 });
    for (let knock = 0; knock < 3; knock += 1) expect(await post(headers, body)).toEqual([expect.any(Number), code]);
    expect(lines).toMatchObject([level, "debug", "debug"].map((each) => ({ level: each, data: { code } })));
  });

  it("is logged with no more than the beginning of its URL", async () => {
    const { post, lines } = served();
    await post(FORGED, "{}", `${CALLED}?${"a&".repeat(60_000)}`);
    expect(JSON.stringify(lines).length).toBeLessThan(2000);
  });

  it("is given a minute for its body, or as long as is said, however it dribbles", async () => {
    const { handler, advance } = served({}, { bodyWithinMs: 5000 });
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        cancelled = true;
      },
    });
    const answer = handler(new Request(CALLED, { method: "POST", headers: FORGED, body, duplex: "half" } as RequestInit));
    await advance(4999);
    expect(cancelled).toBe(false);
    await advance(1);
    expect([(await answer).status, cancelled]).toEqual([400, true]);
  });
});

describe("a genuine webhook that is older than what is remembered", () => {
  const DAY = 24 * HOUR;
  const NOW = 1_800_000_000_000;
  const aged = (how: WebhookHandlerOptions, at: readonly number[], madeAt?: number) => {
    const normalize = () =>
      at.map((each, index) => ({
        key: `echo:1|${index}`,
        route: "echo:1",
        orderKey: "echo:1",
        type: "event.unknown" as const,
        at: each,
        data: { raw: {} },
      }));
    const source = echoSource({ normalize, redelivery: { forMs: 7 * DAY, madeAt: () => madeAt } });
    return served({ sources: [{ kind: "echo", source }] }, how);
  };
  const genuine = { "x-hub-signature-256": signMeta("{}", SECRET) };

  it("is taken, counted and told of once, or refused where the host says so", async () => {
    const taken = aged({}, [NOW - 9 * DAY]);
    for (let replay = 0; replay < 3; replay += 1) expect((await taken.post(genuine))[0]).toBe(200);
    expect([taken.received.length, taken.handler.counts(), taken.levels()]).toEqual([
      3,
      { refused: {}, expired: 3 },
      ["warn", "debug", "debug"],
    ]);
    const refused = aged({ expired: "refuse" }, [NOW - 9 * DAY]);
    expect(await refused.post(genuine)).toEqual([400, "webhook_expired"]);
    expect([refused.received, refused.handler.counts().refused]).toEqual([[], { webhook_expired: 1 }]);
  });

  it.each<[string, readonly number[], number?]>([
    ["redelivered after seven days", [NOW - 7 * DAY]],
    ["of which one item is recent", [NOW - 100 * DAY, NOW]],
    ["of which one item has no time", [NOW - 100 * DAY, 0]],
    ["that was made now and tells of long ago", [NOW - 100 * DAY], NOW],
    ["without events", []],
  ])("is none %s", async (_what, at, madeAt) => {
    const { post, handler } = aged({ expired: "refuse" }, at, madeAt);
    expect((await post(genuine))[0]).toBe(200);
    expect(handler.counts()).toEqual({ refused: {}, expired: 0 });
  });
});
