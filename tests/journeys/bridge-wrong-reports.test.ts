import { createHash, createHmac, randomUUID } from "node:crypto";
import { createWadesk } from "@wadesk/core";
import { manualClock, recordingLogger } from "@wadesk/testing";
import { unofficial } from "@wadesk/unofficial";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const SECRETS = { default: "correct horse battery staple, 32+", eu: "another secret of thirty-two chars" } as const;

interface Report {
  readonly bridge?: string;
  readonly secret?: string;
  readonly version?: string;
  readonly path?: string;
  readonly at?: number;
  readonly body?: string;
  readonly numbers?: readonly unknown[];
  /** What becomes of it after it was signed. */
  readonly change?: (headers: Headers) => void;
  readonly sent?: { readonly path?: string; readonly body?: string };
}

const [OWN, OTHERS] = ["unofficial:acme:15550001111", "unofficial:acme:15550002222"];
const eventBody = (over: object): string => {
  const event = {
    key: `${OWN}|1|ABC`,
    route: OWN,
    orderKey: `${OWN}|1`,
    phoneOrderKey: `${OWN}|+1`,
    at: 1,
    type: "message.received",
    data: {},
  };
  return JSON.stringify({ events: [{ ...event, ...over }] });
};
const numberBody = (over: object): string => {
  // of one that was logged out nothing is asked back
  const status = { state: "disconnected", reason: "requested", since: 1 };
  return JSON.stringify({ numbers: [{ route: OWN, status, seenMsAgo: 0, details: {}, warnings: [], ...over }] });
};

/** Signs as the page of the protocol says, and with nothing of ours. */
function signed(report: Report, now: number): Request {
  const {
    bridge = "default",
    secret = SECRETS.default,
    version = "1",
    path = "/webhooks/wadesk-bridge",
    at = now,
    numbers = [],
    sent,
  } = report;
  const body = report.body ?? JSON.stringify({ numbers });
  const id = `rep_${randomUUID()}`;
  const timestamp = String(Math.floor(at / 1000));
  const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  const text = `${id}.${timestamp}.wadesk-bridge/1 report\nPOST\n${path}\n${bridge}\n${digest}`;
  const headers = new Headers({
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${createHmac("sha256", secret).update(text).digest("base64")}`,
    "wadesk-bridge": bridge,
    "wadesk-bridge-version": version,
    "content-digest": digest,
  });
  report.change?.(headers);
  return new Request(`https://chat.example.com${sent?.path ?? path}`, { method: "POST", headers, body: sent?.body ?? body });
}

function openApp() {
  const time = manualClock();
  const { log, lines } = recordingLogger();
  const bridges = {
    default: { url: "http://localhost:8888", secrets: SECRETS.default },
    eu: { url: "http://localhost:8889", secrets: SECRETS.eu },
  };
  const wadesk = createWadesk({
    channels: [unofficial({ bridges })],
    encryptionKeys: ENCRYPTION_KEYS,
    publicUrl: "https://chat.example.com",
    clock: time.clock,
    log,
  });
  const handler = createWebhookHandler(wadesk);
  const report = async (given: Report): Promise<number> => (await handler(signed(given, time.now()))).status;
  return { wadesk, report, handler, time, lines };
}

describe("a report to the app", () => {
  const accepted: readonly (readonly [what: string, report: Report])[] = [
    ["as it was signed", {}],
    ["of another bridge, with its own secret", { bridge: "eu", secret: SECRETS.eu }],
    ["almost five minutes old", { at: -299_000 }],
    ["with events", { body: JSON.stringify({ events: [] }) }],
    ["with an event", { body: eventBody({}) }],
    ["with a number", { body: numberBody({}) }],
  ];
  const rows: readonly (readonly [what: string, status: number, report: Report])[] = [
    ["without a signature", 401, { change: (headers) => headers.delete("webhook-signature") }],
    ["without a bridge's name", 401, { change: (headers) => headers.delete("wadesk-bridge") }],
    ["with a wrong secret", 401, { secret: "x".repeat(32) }],
    ["with another bridge's secret", 401, { secret: SECRETS.eu }],
    ["in the name of another bridge", 401, { change: (headers) => headers.set("wadesk-bridge", "eu") }],
    ["of a bridge that nobody has", 401, { bridge: "us" }],
    ["of a bridge called as what every object has", 401, { bridge: "constructor" }],
    ["older than five minutes", 401, { at: -301_000 }],
    ["further ahead than five minutes", 401, { at: 301_000 }],
    ["of another version", 401, { version: "2" }],
    ["with another query", 401, { sent: { path: "/webhooks/wadesk-bridge?a=1" } }],
    ["with another body", 401, { sent: { body: '{"numbers":[{}]}' } }],
    ["that is none", 400, { body: '{"hello":"world"}' }],
    ["that is no JSON", 400, { body: "hello" }],
    ["with an event under the name of another number's", 400, { body: eventBody({ key: `${OTHERS}|1|ABC` }) }],
    ["with an event in the order of another number's", 400, { body: eventBody({ orderKey: `${OTHERS}|1` }) }],
    ["with an event in the order of another number's phone", 400, { body: eventBody({ phoneOrderKey: `${OTHERS}|+1` }) }],
    ["with an event of no time", 400, { body: eventBody({}).replace(/"at":\d+/, '"at":1e999') }],
    ["with a number of a state that says no reason", 400, { body: numberBody({ status: { state: "failed" } }) }],
    ["with a number of facts that are none", 400, { body: numberBody({ facts: 5 }) }],
    ["with a number that was seen at no time", 400, { body: numberBody({}).replace('"seenMsAgo":0', '"seenMsAgo":1e999') }],
    ["of more than a hundred events", 400, { body: JSON.stringify({ events: Array.from({ length: 101 }, () => ({})) }) }],
  ];
  const relative = (report: Report, now: number): Report => (report.at === undefined ? report : { ...report, at: now + report.at });

  it.each(accepted)("is taken %s", async (_what, report) => {
    const { report: send, time } = openApp();
    expect(await send(relative(report, time.now()))).toBe(204);
  });

  it.each(rows)("is refused %s: %i", async (_what, status, report) => {
    const { report: send, time } = openApp();
    expect([await send(relative(report, time.now())), await send({})]).toEqual([status, 204]);
  });

  it("that is too old, or of another version, is told what to mend", async () => {
    const { handler, time } = openApp();
    const told = async (report: Report): Promise<string> => (await handler(signed(report, time.now()))).text();
    expect(await told({ at: time.now() - 400_000 })).toContain("Set the clocks of app and bridge by a time server");
    expect(await told({ version: "2" })).toContain("Install the same release of @wadesk/unofficial on both");
  });

  it("of a bridge that an admin has added is taken, and refused once it is removed", async () => {
    const { wadesk, report } = openApp();
    const us = { bridge: "us", secret: "a third secret of thirty-two chars" };
    expect(await report(us)).toBe(401);
    await wadesk.settings.change("unofficial", { bridges: { us: { url: "https://us.example.com", secrets: { add: us.secret } } } });
    expect(await report(us)).toBe(204);
    await wadesk.settings.change("unofficial", { bridges: { us: false } });
    expect(await report(us)).toBe(401);
    const short = wadesk.settings.change("unofficial", { bridges: { us: { url: "us.example.com", secrets: { add: "short" } } } });
    await expect(short).rejects.toMatchObject({ code: "input_invalid" });
  });
});
