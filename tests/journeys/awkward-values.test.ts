import { sqliteStorage } from "@wadesk/storage/sqlite";
import { metaBatch, metaJson, metaText, signMeta } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "./world/open-world.ts";

const DEEP = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;

describe.each([
  ["memory", undefined],
  ["SQLite", () => sqliteStorage(":memory:")],
] as const)("a webhook whose form answer is nested 5,000 deep, on %s", (_name, open) => {
  it("is answered 200 at once, and every event of it is handled", async () => {
    const own = open?.();
    const world = await openWorld({ ...(own && { watch: () => own }) });
    onTestFinished(() => own?.close());
    const { app, wadesk, account, callback } = world;
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    const seen = new Map<string, unknown>();
    wadesk.process("message.received", ({ data }) => void seen.set(data.messageId, data.content));
    await wadesk.start();
    onTestFinished(() => wadesk.stop());
    const here = { wabaId: account.wabaId, phoneNumberId: account.numberId };
    const batch = metaBatch(
      metaText({ ...here, id: "wamid.1", from: { phone: "5511999990001" } }),
      metaText({ ...here, id: "wamid.2", from: { phone: "5511999990002" } }),
      metaText({ ...here, id: "wamid.3", from: { phone: "5511999990003" } }),
      metaText({ ...here, id: "wamid.4", from: { phone: "5511999990004" } }),
    );
    // one in the form's own text, one in the vendor's item itself, which is all in `raw`
    const form = `"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","response_json":${JSON.stringify(DEEP)}}}`;
    const body = metaJson(batch)
      .replace(/("id":"wamid\.2".*?)"type":"text","text":\{.*?\}/, (_all, before: string) => `${before}${form}`)
      .replace(/("id":"wamid\.3".*?)"type":"text"/, (_all, before: string) => `${before}"new_field":${DEEP},"type":"text"`);
    expect(body.length).toBeGreaterThan(2 * DEEP.length);
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, app.secret) };
    expect((await fetch(callback, { method: "POST", body, headers })).status).toBe(200);
    await expect.poll(() => seen.size).toBe(4);
    expect(seen.get("wamid.2")).toEqual({ kind: "flow_reply", name: "flow", response: DEEP });
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });
});
