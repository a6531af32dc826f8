import type { EventType, WadeskEvent } from "@wadesk/core";
import { metaBatch, metaJson, metaStatus, metaText, signMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { addAccount, openWorld, type World } from "./world/open-world.ts";

const text = (body: string) => ({ type: "text", text: { body } });

function completedBy({ wadesk }: World): WadeskEvent[] {
  const completed: WadeskEvent[] = [];
  wadesk.on("event.completed", (event) => void completed.push(event));
  return completed;
}

const summary = ({ type, workspaceId, data }: WadeskEvent): [EventType, string, string] => [type, workspaceId, data.connection.route];

describe("a batch of several webhooks in one request", () => {
  it("answers 200 and processes the siblings of an item whose number nobody connected, and says so once", async () => {
    const world = await openWorld();
    const { meta, wadesk, account, lines } = world;
    const completed = completedBy(world);
    const handled: string[] = [];
    wadesk.process("message.received", ({ data }) => void handled.push(data.content.kind === "text" ? data.content.text : ""));
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    // the account has another number, which only another tool uses
    const elsewhere = meta.addNumber({ wabaId: account.wabaId });
    meta.fault({ kind: "webhooks_batched", count: 3 });
    meta.addContact().send(account.numberId, text("first"));
    meta.addContact().send(elsewhere.id, text("for the other tool"));
    meta.addContact().send(account.numberId, text("second"));
    await meta.settled();
    expect(meta.deliveries).toMatchObject([{ status: 200, attempt: 1 }]);
    expect(handled.sort()).toEqual(["first", "second"]);
    expect(completed.map(summary)).toEqual(Array.from({ length: 2 }, () => ["message.received", "acme", `cloud-api:${account.numberId}`]));
    const warnings = lines.filter(({ level }) => level === "warn");
    expect(warnings).toMatchObject([{ data: { count: 1, routes: [`cloud-api:${elsewhere.id}`] } }]);
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("processes every entry, every change, every message and every status, of every workspace", async () => {
    const world = await openWorld();
    const { meta, app, wadesk, account } = world;
    const other = addAccount(meta, app);
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    await wadesk.workspace("rival").connect("cloud-api", other.input);
    const completed = completedBy(world);
    const here = { wabaId: account.wabaId, phoneNumberId: account.numberId };
    const there = { wabaId: other.wabaId, phoneNumberId: other.numberId };
    const batch = metaBatch(
      metaText({ ...here, id: "wamid.A1", from: { phone: "5511999990001" } }),
      metaText({ ...there, id: "wamid.B1", from: { phone: "5511999990002" } }),
      metaStatus({ ...here, id: "wamid.S1", status: "delivered" }),
      metaText({ ...here, id: "wamid.A2", from: { phone: "5511999990003" } }),
      metaStatus({ ...there, id: "wamid.S2", status: "failed", error: { code: 131026 } }),
    );
    const review = { field: "account_review_update", value: { decision: "APPROVED" } };
    const novelty = { field: "a_field_of_tomorrow", value: { anything: true, of: { phone_number_id: account.numberId } } };
    // one that names nobody is nobody's
    const nameless = { field: "a_field_of_tomorrow", value: { anything: true } };
    const [first, ...rest] = batch.entry;
    const entry = [{ id: first?.id, time: 1_780_000_000, changes: [...(first?.changes ?? []), review, novelty, nameless] }, ...rest];
    const body = metaJson({ object: batch.object, entry });
    const answer = await fetch(world.callback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, app.secret) } });
    expect(answer.status).toBe(200);
    const [a, b] = [`cloud-api:${account.numberId}`, `cloud-api:${other.numberId}`];
    expect(completed.map(summary).sort()).toEqual(
      [
        ["message.received", "acme", a],
        ["message.received", "acme", a],
        ["message.status", "acme", a],
        ["account.changed", "acme", a],
        ["event.unknown", "acme", a],
        ["message.received", "rival", b],
        ["message.status", "rival", b],
      ].sort(),
    );
    const unknown = completed.find(({ type }) => type === "event.unknown");
    expect(unknown?.data).toMatchObject({ field: "a_field_of_tomorrow", raw: { anything: true } });
  });
});
