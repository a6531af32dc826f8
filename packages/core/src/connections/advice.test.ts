import { describe, expect, it } from "vitest";
import { ERROR_TABLE } from "../errors/error-table.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { LinkStep } from "../ports/context.ts";
import type { ConnectionStatus } from "../status/connection-status.ts";
import { openEcho } from "../testing/open-echo.ts";

const sentences = { number_mismatch: "another phone scanned the QR", silent: "the helper does not answer" };

async function openOne(options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho(options);
  const acme = world.wadesk.workspace("acme");
  const { id, advice } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  const put = async (status: ConnectionStatus) => {
    const row = await world.storage.connections.get("acme", id);
    await world.storage.connections.update("acme", id, row?.version ?? 0, { status });
    return acme.get(id);
  };
  return { ...world, acme, id, advice, put };
}

const WAITING = ["awaiting_scan", "awaiting_code", "passkey_required", "restarting", "syncing", "verifying", "needs_repair"] as const;
const ENDED = ["unlinked", "replaced", "silent", "requested", "connection_lost", "phone_inactive"] as const;
const FAILED = [
  "credentials_rejected",
  "scope_missing",
  "token_expired",
  "number_mismatch",
  "banned",
  "locked",
  "bridge_unreachable",
] as const;
const STATES: readonly ConnectionStatus[] = [
  ...WAITING.map((reason) => ({ state: "pending", reason, since: 1 }) as const),
  ...ENDED.map((reason) => ({ state: "disconnected", reason, since: 1 }) as const),
  ...FAILED.map((reason) => ({ state: "failed", reason, since: 1 }) as const),
];

describe("what a person is told of a connection", () => {
  it("is nothing while it is connected and nothing limits it, also where a view with advice was written back", async () => {
    const { acme, id, advice, storage, put } = await openOne();
    expect(advice).toBeUndefined();
    const failed = await put({ state: "failed", reason: "banned", since: 1 });
    await storage.connections.delete("acme", id);
    await storage.connections.insert({ ...failed, status: { state: "connected", since: 2 } });
    expect(await acme.get(id)).not.toHaveProperty("advice");
  });

  it.each(STATES)("is a sentence and what can be done, for every reason: %j", async (status) => {
    const { put } = await openOne();
    const { advice } = await put(status);
    expect(advice?.text).toMatch(/^\S.{14,}[^.]$/);
    if (status.state === "failed")
      expect(advice).toEqual({ remedy: ERROR_TABLE[status.reason].remedy, text: ERROR_TABLE[status.reason].text });
    expect(advice?.remedy).toMatch(/^(retry|reconnect|pair-again|change-request|wait|none)$/);
  });

  it("is told of a first connect from the moment that its row is there", async () => {
    const { wadesk, vendor } = openEcho();
    const told: unknown[] = [];
    wadesk.on("connection.changed", ({ connection }) => void told.push(connection.advice?.text));
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    expect([told, vendor.calls]).toEqual([["the credentials are being checked", undefined], ["subscribe +111"]]);
  });

  it("is nothing for a reason that only a later version knows", async () => {
    const { put } = await openOne();
    expect(await put({ state: "failed", reason: "of_tomorrow" as "banned", since: 1 })).not.toHaveProperty("advice");
  });

  it("is what limits it while it is connected, until when, and nothing once that is over", async () => {
    const { put, clock, acme, id } = await openOne();
    const until = clock.now() + 1000;
    const limited = await put({ state: "connected", since: 1, restriction: { reason: "flagged", until } });
    expect(limited.advice).toMatchObject({ remedy: "wait", text: expect.stringMatching(/limits .* until \d{4}-\d\d-\d\d .* UTC$/) });
    await clock.advance(1000);
    expect(await acme.get(id)).not.toHaveProperty("advice");
    const open = await put({ state: "connected", since: 1, restriction: { reason: "flagged" } });
    expect(open.advice?.text).toMatch(/names no end$/);
  });

  it("is said in the channel's own sentence where it has one, with core's remedy, also when silence is derived", async () => {
    const { acme, id, clock, put } = await openOne({ sentences, silenceLimitMs: 1000 });
    await clock.advance(1001);
    expect((await acme.get(id)).advice).toEqual({ remedy: "wait", text: sentences.silent });
    const { items } = await acme.list();
    expect(items[0]?.advice?.text).toBe(sentences.silent);
    const failed = await put({ state: "failed", reason: "number_mismatch", since: 1 });
    expect(failed.advice).toEqual({ remedy: "change-request", text: sentences.number_mismatch });
  });
});

describe("a channel's own sentence", () => {
  it("is in the error of a link that failed and in its failed check, and the detail stays", async () => {
    const { acme, vendor } = await openOne({ sentences });
    vendor.onConnect = () => Promise.reject(new WadeskError("number_mismatch", { detail: "ends with 22" }));
    const linking = acme.connect("echo", { number: "+222", token: "tok-2" });
    await expect(linking).rejects.toMatchObject({ code: "number_mismatch", message: `${sentences.number_mismatch} (ends with 22)` });
  });

  it("is in the error of a reconnect that brought another number, which core itself refuses", async () => {
    const { acme, id } = await openOne({ sentences });
    const again = acme.reconnect(id, "echo", { number: "+222", token: "tok-2" });
    await expect(again).rejects.toMatchObject({ code: "number_mismatch", message: expect.stringMatching(`^${sentences.number_mismatch}`) });
  });

  it("is in the detail of a check that its channel shows as failed", async () => {
    const { acme, vendor, wadesk } = await openOne({ sentences });
    const shown: LinkStep[] = [];
    wadesk.on("connection.step", ({ step }) => void shown.push(step));
    const { channel } = vendor;
    channel.connect = async (_input, { show }) => {
      const error = new WadeskError("number_mismatch", { detail: "ends with 22" });
      await show({ type: "check", name: "number", state: "failed", detail: error.message });
      throw error;
    };
    await expect(acme.connect("echo", { number: "+222", token: "tok-2" })).rejects.toThrow(sentences.number_mismatch);
    expect(shown).toMatchObject([{ detail: `${sentences.number_mismatch} (ends with 22)` }]);
  });

  it("is in the error of a send that the vendor refuses for that reason", async () => {
    const { acme, vendor, id } = await openOne({ sentences });
    vendor.onSend = () => Promise.reject(new WadeskError("number_mismatch"));
    const sending = acme.send({ to: "+4915100000001", content: { kind: "text", text: "Hi" } });
    await expect(sending).rejects.toMatchObject({ message: sentences.number_mismatch });
    expect((await acme.get(id)).advice?.text).toBe(sentences.number_mismatch);
  });
});
