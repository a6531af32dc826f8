import type { Storage } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { openScreen, type Screen, type Who } from "../testing/open-screen.ts";
import { event, type WireEvent } from "../wire/event.ts";

/** A browser that reads a stream of live events. */
async function listen(screen: Screen, who: Who = "owner", path = "/events", headers: Readonly<Record<string, string>> = {}) {
  const response = await screen.ask(who, "GET", path, undefined, headers);
  const events: WireEvent[] = [];
  const seen = { beats: 0, over: false };
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<void> => {
    let rest = "";
    for (;;) {
      const { done, value = "" } = (await reader?.read()) ?? { done: true };
      if (done) break;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        if (part.startsWith(":")) seen.beats += 1;
        else events.push(event.parse(JSON.parse(part.slice(part.indexOf("data: ") + 6))));
      }
    }
    seen.over = true;
  };
  if (response.ok) void read().catch(() => undefined);
  return { response, events, seen, types: () => events.map(({ type }) => type), hangUp: async () => reader?.cancel() };
}

describe("the stream of live events", () => {
  it("begins with a snapshot of the first page and of the links under way", async () => {
    const screen = openScreen();
    await screen.wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    // a list is by age
    await screen.clock.advance(1);
    await screen.ask("owner", "POST", "/connections", { input: { number: "+222", token: "t", scan: true } });
    const [owner, member] = [await listen(screen), await listen(screen, "member", "/events?limit=1")];
    await expect.poll(() => [owner.types()[0], member.types()[0]]).toEqual(["snapshot", "snapshot"]);
    expect(owner.response.headers.get("content-type")).toContain("text/event-stream");
    expect(owner.events[0]).toMatchObject({ list: { counts: { all: 2, connected: 1, pending: 1 } }, links: [{ state: "running" }] });
    await expect.poll(() => JSON.stringify(owner.events)).toContain('"path"');
    expect(member.events[0]).toMatchObject({ list: { items: [{ phone: "+111" }], next: expect.any(String) } });
    expect(JSON.stringify(member.events)).not.toContain('"path"');
    await screen.handler.close();
    await expect.poll(() => [owner.events.at(-1), owner.seen.over]).toEqual([{ type: "end", reason: "stopped" }, true]);
  });

  it("tells what is made, changed and removed, in whichever process, and its counts every two seconds at most", async () => {
    const screen = openScreen();
    const beside = openScreen({ beside: screen });
    const owner = await listen(screen);
    await expect.poll(owner.types).toEqual(["snapshot"]);
    const { id } = await beside.wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    await screen.clock.advance(1000);
    await expect.poll(() => owner.events.at(-1)).toMatchObject({ type: "changed", connection: { id, status: { state: "connected" } } });
    await beside.wadesk.workspace("acme").rename(id, "Sales");
    await screen.clock.advance(1000);
    await expect.poll(() => owner.events.findLast(({ type }) => type === "changed")).toMatchObject({ connection: { label: "Sales" } });
    await screen.clock.advance(2000);
    await expect
      .poll(() => owner.events.filter(({ type }) => type === "counts").at(-1))
      .toMatchObject({ counts: { all: 1, connected: 1 } });
    await beside.wadesk.workspace("acme").remove(id);
    await screen.clock.advance(1000);
    await expect.poll(() => owner.events.find(({ type }) => type === "removed")).toEqual({ type: "removed", id });
    expect(owner.events.filter(({ type }) => type === "counts").length).toBeLessThanOrEqual(2);
    await screen.handler.close();
  });

  it("tells the steps of a link, of this process at once and of another's within two seconds", async () => {
    const screen = openScreen();
    const beside = openScreen({ beside: screen });
    const [here, there] = [await listen(screen), await listen(beside)];
    await screen.ask("owner", "POST", "/connections", { input: { number: "+111", token: "t", scan: true } });
    await expect.poll(() => here.types()).toContain("step");
    await screen.clock.advance(3000);
    await expect
      .poll(() => there.events.find((each) => each.type === "step" && each.step.type === "qr"))
      .toMatchObject({
        step: { path: expect.stringMatching(/^M/) },
      });
    expect(there.events.filter((each) => each.type === "step" && each.step.type === "qr")).toHaveLength(1);
    await screen.handler.close();
    await beside.handler.close();
  });

  it("begins anew with a snapshot when another channel is in force", async () => {
    const screen = openScreen();
    await screen.wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    const owner = await listen(screen);
    await expect.poll(owner.types).toEqual(["snapshot"]);
    await screen.wadesk.settings.setActiveChannel("pager");
    await screen.clock.advance(1000);
    await expect.poll(() => owner.events.at(-1)).toMatchObject({ type: "snapshot", list: { channel: "pager", items: [] } });
    await screen.handler.close();
  });

  it("asks anew each minute who listens, and ends for whoever may not any more", async () => {
    const screen = openScreen();
    const [owner, member] = [await listen(screen), await listen(screen, "member")];
    await expect.poll(() => [owner.types(), member.types()]).toEqual([["snapshot"], ["snapshot"]]);
    screen.signOut("member");
    await screen.clock.advance(45_000);
    expect([member.seen.over, member.seen.beats]).toEqual([false, 3]);
    await screen.clock.advance(15_000);
    await expect.poll(() => [member.events.at(-1), member.seen.over]).toEqual([{ type: "end", reason: "not_authorized" }, true]);
    expect(owner.seen).toEqual({ beats: 4, over: false });
    await screen.handler.close();
  });

  it("is had twenty times by a workspace; the next is told to refresh every 30 seconds, until one leaves", async () => {
    const screen = openScreen();
    const open = await Promise.all(Array.from({ length: 20 }, () => listen(screen)));
    const more = await listen(screen);
    expect([more.response.status, more.response.headers.get("retry-after")]).toEqual([429, "30"]);
    expect((await listen(screen, "rival")).response.status).toBe(200);
    await open[0]?.hangUp();
    expect((await listen(screen)).response.status).toBe(200);
    await screen.handler.close();
  });

  it("is read from the storage once for all who listen, and not at all when nobody does", async () => {
    const screen = openScreen();
    const { asked } = reads(screen);
    const browsers = await Promise.all(Array.from({ length: 10 }, () => listen(screen)));
    await expect.poll(() => browsers.every(({ events }) => events.length === 1)).toBe(true);
    await screen.wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    await screen.clock.advance(1000);
    await expect.poll(() => browsers.every(({ types }) => types().includes("changed"))).toBe(true);
    expect(asked.changedSince).toBeLessThanOrEqual(2);
    await Promise.all(browsers.map(({ hangUp }) => hangUp()));
    const before = { ...asked };
    await screen.clock.advance(60_000);
    expect(asked).toEqual(before);
  });

  it("asks a storage that cannot tell once a second for each workspace between changes, and nothing else, with 200 browsers of ten workspaces", async () => {
    const many = openScreen({ authorize: ({ headers }) => ({ workspaceId: headers.get("x-of") ?? "", userId: "ana", role: "member" }) });
    const { asked } = reads(many);
    const browsers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => listen(many, "member", "/events?limit=50", { "x-of": `w${index % 10}` })),
    );
    await expect.poll(() => browsers.every(({ events }) => events.length === 1)).toBe(true);
    const before = { ...asked };
    await many.clock.advance(60_000);
    expect(asked).toEqual({ ...before, counts: before.counts + 60 * 10 });
    expect(new Set(browsers.map(({ seen }) => seen.beats))).toEqual(new Set([4]));
    await many.handler.close();
  });
});

/** Counts from now on what is read of the connections. */
function reads({ storage }: { readonly storage: Storage }) {
  const asked = { counts: 0, list: 0, changedSince: 0, get: 0 };
  for (const name of Object.keys(asked) as readonly (keyof typeof asked)[]) {
    const read = storage.connections[name] as (...given: readonly unknown[]) => unknown;
    Object.assign(storage.connections, {
      [name]: (...given: readonly unknown[]) => {
        asked[name] += 1;
        return read(...given);
      },
    });
  }
  return { asked };
}
