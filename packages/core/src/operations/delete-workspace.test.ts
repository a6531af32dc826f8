import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { type EchoWorld, openEcho, receivedText, statusOf } from "../testing/open-echo.ts";

const hello = { to: "+4915100000001", content: { kind: "text", text: "x" } } as const;

/** A workspace with everything that is kept of one: two connections, one removed earlier, messages, a done, a dead and a waiting event. */
async function openFull(): Promise<EchoWorld & { readonly ids: readonly string[] }> {
  const world = openEcho({ inbox: { maxAttempts: 1 } });
  const { wadesk, storage } = world;
  const acme = wadesk.workspace("acme");
  const ids: string[] = [];
  for (const number of ["+111", "+222", "+333"]) {
    const { id } = await acme.connect("echo", { number, token: `tok ${number}`, account: "A" });
    await acme.send({ ...hello, from: id, idempotencyKey: number });
    ids.push(id);
  }
  await acme.remove(ids.pop() ?? "");
  await acme.reconnect(ids[0] ?? "", "echo", { number: "+111", token: "tok new", account: "A" });
  wadesk.process("message.received", () => Promise.reject(new Error("no")));
  await wadesk.inbound.receive("echo", [receivedText({ id: "m1" })]).catch(() => {});
  await wadesk.inbound.receive("echo", [statusOf("echo.1", "read"), statusOf("unknown", "read")]);
  await storage.inbox.add([{ ...receivedText({ id: "m2" }), workspaceId: "acme", connectionId: ids[1] ?? "" }]);
  await wadesk.workspace("rival").connect("echo", { number: "+999", token: "t" });
  await wadesk.workspace("rival").send(hello);
  return { ...world, ids };
}

/** Everything a storage has of a workspace. */
async function leftOf(storage: Storage, workspaceId: string): Promise<object> {
  const { items: rows } = await storage.connections.walk({ limit: 100 });
  const known = new Set(rows.filter((row) => row.workspaceId !== workspaceId).map(({ id }) => id));
  const { items: records } = await storage.records.scan("");
  const counts = await storage.inbox.counts(workspaceId);
  return {
    connections: rows.filter((row) => row.workspaceId === workspaceId).length,
    messages: (await storage.messages.list(workspaceId, { limit: 100 })).items.length,
    events: Object.values(counts).reduce((sum, count) => sum + count, 0),
    records: records.filter(({ namespace }) => !known.has(namespace.split("/")[1] ?? "") && !namespace.startsWith(`spoke/"rival"/`)),
  };
}
const NOTHING = { connections: 0, messages: 0, events: 0, records: [] };

describe("deleting a workspace", () => {
  it("ends its connections with the vendor, leaves nothing of it, and answers what it deleted", async () => {
    const { wadesk, storage, vendor } = await openFull();
    const before = vendor.calls.length;
    expect(await wadesk.deleteWorkspace("acme")).toEqual({ connections: 2, messages: 2, events: 4 });
    expect(vendor.calls.slice(before)).toEqual(["disconnect +111 with tok new, siblings 1", "disconnect +222 with tok +222, siblings 0"]);
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
    expect(await leftOf(storage, "rival")).toMatchObject({ connections: 1, messages: 1 });
    expect(await wadesk.deleteWorkspace("acme")).toEqual({ connections: 0, messages: 0, events: 0 });
  });

  it("leaves nothing when it is repeated after the storage failed once, whenever that was", async () => {
    for (const when of ["before", "after"] as const) {
      const probe = await openFull();
      probe.faulty.failAt(0, when);
      await probe.wadesk.deleteWorkspace("acme");
      const calls = probe.faulty.calls();
      for (let call = 1; call <= calls; call += 3) {
        const { wadesk, storage, faulty, clock } = await openFull();
        faulty.failAt(call, when);
        const first = wadesk.deleteWorkspace("acme").catch(() => {});
        await clock.advance(70_000);
        await first;
        await wadesk.deleteWorkspace("acme");
        expect([when, call, await leftOf(storage, "acme")]).toEqual([when, call, NOTHING]);
      }
    }
  });

  it("rejects with the refusal of a vendor, and goes on past it by force, with a line in the log", async () => {
    const { wadesk, storage, vendor, ids, log } = await openFull();
    vendor.onDisconnect = () => Promise.reject(new WadeskError("rate_limited"));
    await expect(wadesk.deleteWorkspace("acme")).rejects.toMatchObject({ code: "rate_limited" });
    expect(await leftOf(storage, "acme")).toMatchObject({ connections: 2 });
    expect(await wadesk.deleteWorkspace("acme", { force: true })).toMatchObject({ connections: 2 });
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
    for (const id of ids) expect(log.some((line) => line.includes("could not be told") && line.includes(id))).toBe(true);
  });

  it.each(["", " ", undefined])("refuses %j, as exporting and counting do", async (id) => {
    const { wadesk } = await openFull();
    const refusal = expect.objectContaining({ code: "input_invalid" });
    await expect(wadesk.deleteWorkspace(id as string)).rejects.toEqual(refusal);
    expect(() => wadesk.exportWorkspace(id as string)).toThrow(refusal);
    if (id !== undefined) await expect(wadesk.eventCounts({ workspaceId: id })).rejects.toEqual(refusal);
  });
});

describe("what is in flight while a workspace is deleted", () => {
  it("leaves no event of a webhook that had found its owner", async () => {
    const { wadesk, storage, clock } = await openFull();
    const { add } = storage.inbox;
    Object.assign(storage.inbox, {
      add: async (...call: Parameters<typeof add>) => {
        Object.assign(storage.inbox, { add });
        await wadesk.deleteWorkspace("acme");
        return add(...call);
      },
    });
    await wadesk.inbound.receive("echo", [receivedText({ id: "m3" })]);
    await clock.advance(0);
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
  });

  it("leaves no message of a send that had picked its connection, which is refused", async () => {
    const { wadesk, storage, vendor, ids } = await openFull();
    const { insert } = storage.messages;
    Object.assign(storage.messages, {
      insert: async (...call: Parameters<typeof insert>) => {
        await wadesk.deleteWorkspace("acme");
        return insert(...call);
      },
    });
    const before = vendor.sent.length;
    const sending = wadesk.workspace("acme").send({ ...hello, from: ids[1] ?? "" });
    await expect(sending).rejects.toMatchObject({ code: "connection_not_found" });
    expect([vendor.sent.length - before, await leftOf(storage, "acme")]).toEqual([0, NOTHING]);
  });

  it("leaves nothing of an attempt that was running, whose handler ends later", async () => {
    const world = openEcho();
    const { wadesk, storage, clock } = world;
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    const gate = Promise.withResolvers<void>();
    wadesk.process("message.status", () => gate.promise);
    const receiving = wadesk.inbound.receive("echo", [statusOf("echo.9", "read")]);
    await clock.advance(0);
    await wadesk.deleteWorkspace("acme");
    gate.resolve();
    await receiving;
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
  });

  it("leaves nothing of what came in right before the row of a single connection went", async () => {
    const { wadesk, storage, ids } = await openFull();
    const [id = ""] = ids;
    const { delete: forget } = storage.connections;
    const [message] = (await storage.messages.list("acme", { limit: 1 })).items;
    Object.assign(storage.connections, {
      delete: async (...call: Parameters<typeof forget>) => {
        if (message !== undefined) await storage.messages.insert({ ...message, id: "msg_late", connectionId: id, idempotencyKey: "late" });
        await storage.inbox.add([{ ...receivedText({ id: "late" }), workspaceId: "acme", connectionId: id }]);
        await storage.records.insert(`secret/${id}/`, "current", new Uint8Array(1));
        await forget(...call);
      },
    });
    await wadesk.workspace("acme").remove(id);
    expect((await storage.messages.list("acme", { limit: 9 })).items.filter(({ connectionId }) => connectionId === id)).toEqual([]);
    expect((await storage.inbox.list("acme", { limit: 9 })).items.filter(({ event }) => event.connectionId === id)).toEqual([]);
    expect((await storage.records.scan("")).items.filter(({ namespace }) => namespace.includes(id))).toEqual([]);
  });

  it("leaves no credentials that a channel replaces late", async () => {
    const { wadesk, storage, vendor, ids } = await openFull();
    const { line } = vendor.channel;
    Object.assign(vendor.channel, {
      line: (...[connection, context]: Parameters<typeof line>) => ({
        ...line(connection, context),
        async check() {
          await wadesk.deleteWorkspace("acme");
          await context.replaceSecret({ token: "refreshed" });
          return line(connection, context).check();
        },
      }),
    });
    await expect(wadesk.workspace("acme").check(ids[0] ?? "")).rejects.toMatchObject({ code: "connection_not_found" });
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
  });

  it("leaves no steps and no credentials of a reconnect that is under way", async () => {
    const { wadesk, storage, vendor, ids } = await openFull();
    vendor.onConnect = async () => void (await wadesk.deleteWorkspace("acme"));
    const linking = wadesk.workspace("acme").reconnect(ids[0] ?? "", "echo", { number: "+111", token: "later", account: "A" });
    await expect(linking).rejects.toMatchObject({ code: "connection_not_found" });
    expect(await leftOf(storage, "acme")).toEqual(NOTHING);
  });
});
