import { memoryStorage, type Storage } from "@wadesk/core";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openScreen } from "../testing/open-screen.ts";

const WORKSPACES = Array.from({ length: 10 }, (_, index) => `workspace-${index}`);
const BROWSERS = 20;
const MINUTE_S = 60;

/** A storage that notes each call of its stores by name. */
function noting(storage: Storage, called: string[]): Storage {
  const noted = <Store extends object>(name: string, store: Store): Store =>
    new Proxy(store, {
      get(target, method, receiver) {
        const value: unknown = Reflect.get(target, method, receiver);
        if (typeof value !== "function") return value;
        return (...given: readonly unknown[]): unknown => {
          called.push(`${name}.${String(method)}`);
          return Reflect.apply(value, target, given);
        };
      },
    });
  const { connections, records, inbox, messages } = storage;
  return {
    ...storage,
    connections: noted("connections", connections),
    records: noted("records", records),
    inbox: noted("inbox", inbox),
    messages: noted("messages", messages),
  };
}

/** Twenty browsers in each of ten workspaces, which have their snapshots; `tells` is whether the storage tells of changes, or must be asked. */
async function openMany({ tells }: { readonly tells: boolean }) {
  const clock = manualClock();
  const called: string[] = [];
  // one that tells, and of which nobody changes anything
  const changes: NonNullable<Storage["changes"]> = { subscribe: async () => async () => undefined };
  const storage = { ...noting(memoryStorage({ now: () => clock.now() }), called), ...(tells && { changes }) };
  const { handler, wadesk } = openScreen({
    beside: { clock, storage },
    authorize: (request) => ({ workspaceId: request.headers.get("x-session") ?? "", userId: "ana", role: "owner" }),
  });
  const ask = (workspaceId: string): Promise<Response> =>
    handler(new Request("https://chat.example.com/wadesk/events", { headers: { "x-session": workspaceId } }));
  const told: string[] = [];
  for (const workspaceId of WORKSPACES.flatMap((each) => Array<string>(BROWSERS).fill(each))) {
    const { body } = await ask(workspaceId);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = async (): Promise<void> => {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
        for (const [, type = ""] of part.value.matchAll(/^event: (\w+)/gm)) told.push(`${workspaceId} ${type}`);
    };
    void read().catch(() => undefined);
  }
  await expect.poll(() => told).toHaveLength(WORKSPACES.length * BROWSERS);
  told.length = 0;
  called.length = 0;
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) await clock.advance(1000);
  };
  return { called, told, handler, wadesk, ask, pass };
}

const count = (names: readonly string[], name: string): number => names.filter((each) => each === name).length;

describe("200 browsers of ten workspaces", () => {
  it("ask nothing of a storage that tells, and of one that does not a look at each workspace and at the settings a second", async () => {
    const told = await openMany({ tells: true });
    await told.pass(MINUTE_S);
    expect(told.called).toEqual([]);
    await told.handler.close();

    const asked = await openMany({ tells: false });
    await asked.pass(MINUTE_S);
    expect(count(asked.called, "connections.counts")).toBe(WORKSPACES.length * MINUTE_S);
    expect(asked.called.filter((name) => name !== "connections.counts" && name !== "records.get")).toEqual([]);
    expect(count(asked.called, "records.get")).toBe(MINUTE_S);
    await asked.handler.close();
  });

  it("are told what changes in their own workspace, which is read once for all of them", async () => {
    const { called, told, handler, wadesk, pass } = await openMany({ tells: false });
    await wadesk.workspace("workspace-3").connect("echo", { number: "+111", token: "t" });
    called.length = 0;
    await pass(3);
    await expect.poll(() => count(told, "workspace-3 counts")).toBe(BROWSERS);
    expect(count(told, "workspace-3 changed")).toBe(BROWSERS);
    expect(told.filter((each) => !each.startsWith("workspace-3 "))).toEqual([]);
    expect(["connections.changedSince", "connections.list"].map((name) => count(called, name))).toEqual([1, 1]);
    await handler.close();
  });

  it("are as many as there may be: one more is told to come back in half a minute, until one has left", async () => {
    const { handler, ask } = await openMany({ tells: false });
    for (const workspaceId of WORKSPACES) {
      const { status, headers } = await ask(workspaceId);
      expect([status, headers.get("retry-after")]).toEqual([429, "30"]);
    }
    await handler.close();
    expect((await ask("workspace-0")).status).not.toBe(429);
    await handler.close();
  });
});
