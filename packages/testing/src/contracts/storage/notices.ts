import type { ChangeTopic } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { connectionOf, eventOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

const INBOX: ChangeTopic = { topic: "inbox" };
const SETTINGS: ChangeTopic = { topic: "settings" };
const ACME: ChangeTopic = { topic: "connections", workspaceId: "acme" };
const RIVAL: ChangeTopic = { topic: "connections", workspaceId: "rival" };

/** What a storage promises about notices, if it sends any. */
export function noticePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("notices", () => {
    it("wake those who listen for the inbox when events are added or replayed, until they stop", async ({ skip }) => {
      const { storage, now } = await begin();
      const { changes, inbox } = storage;
      if (changes === undefined) return skip("this storage sends no notices");
      let former = 0;
      const stop = await changes.subscribe(INBOX, () => {
        former += 1;
      });
      await stop();
      let heard = (): void => {};
      const end = await changes.subscribe(INBOX, () => heard());
      const heardAfter = async (act: () => Promise<unknown>): Promise<void> => {
        const notice = new Promise<void>((resolve) => {
          heard = resolve;
        });
        await act();
        await expect(Promise.race([notice.then(() => "heard"), within(3000)])).resolves.toBe("heard");
      };
      await heardAfter(() => inbox.add([eventOf({ id: "1" })]));
      for (const claim of await inbox.claim({ owner: "p1", limit: 9, leaseMs: 1000, now: now() }))
        await inbox.fail(claim, "dead", "x", now());
      await heardAfter(() => inbox.replay([eventOf({ id: "1" }).key]));
      await end();
      expect(former).toBe(0);
    });

    it("tell each listener of what it named, and of nothing else", async ({ skip }) => {
      const { storage } = await begin();
      const { changes, connections, inbox, records } = storage;
      if (changes === undefined) return skip("this storage sends no notices");
      const heard: string[] = [];
      let wake = (): void => {};
      const listen = (name: string, topic: ChangeTopic): Promise<() => Promise<void>> =>
        changes.subscribe(topic, () => {
          heard.push(name);
          wake();
        });
      const ends = [
        await listen("inbox", INBOX),
        await listen("settings", SETTINGS),
        await listen("acme", ACME),
        await listen("rival", RIVAL),
      ];
      // notices come in order, so that whoever was woken wrongly was so before the next one's notice
      const toldOf = async (name: string, act: () => Promise<unknown>): Promise<void> => {
        heard.length = 0;
        const notice = new Promise<void>((resolve) => {
          wake = () => heard.includes(name) && resolve();
        });
        await act();
        await expect(Promise.race([notice.then(() => "heard"), within(3000)]), name).resolves.toBe("heard");
        expect(new Set(heard)).toEqual(new Set([name]));
      };
      const written = { value: new Uint8Array([1]) };
      await toldOf("acme", () => connections.insert(connectionOf({ id: "con_1" })));
      await toldOf("rival", () => connections.insert(connectionOf({ id: "con_2", workspaceId: "rival" })));
      await toldOf("acme", () => connections.update("acme", "con_1", 0, { label: "One" }));
      await toldOf("settings", () => records.set("settings/", new Map([["platform", written]])));
      await connections.touch([{ id: "con_2", epoch: 1, at: 9_000_000_000_000 }]);
      await records.set("other/", new Map([["platform", written]]));
      await toldOf("inbox", () => inbox.add([eventOf({ id: "1" })]));
      await toldOf("acme", () => connections.setPrimary("acme", "echo", "con_1"));
      await toldOf("settings", () => records.set("settings/", new Map([["platform", { value: new Uint8Array([2]) }]])));
      await toldOf("rival", () => connections.delete("rival", "con_2"));
      for (const end of ends) await end();
    });
  });
}

/** The bound of a wait. Does not keep the process. */
function within(milliseconds: number): Promise<"nothing heard"> {
  return new Promise((resolve) => {
    setTimeout(() => resolve("nothing heard"), milliseconds).unref();
  });
}
