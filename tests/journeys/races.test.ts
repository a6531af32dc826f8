import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addAccount, openWorld } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";
import { subscribedApps } from "./world/subscribed-apps.ts";

describe("a number that ten workspaces connect at once", () => {
  it("is one's, which keeps its webhooks, and the others are told that it is in use and keep nothing", async () => {
    const { wadesk, meta, app, account, storage } = await openWorld();
    const attempts = Array.from({ length: 10 }, (_, index) => wadesk.workspace(`tenant-${index}`).connect("cloud-api", account.input));
    const outcomes = await Promise.all(attempts.map((attempt) => outcomeOf(() => attempt)));
    const codes = outcomes.map((outcome) => (outcome instanceof Error && "code" in outcome ? outcome.code : "connected"));
    expect(codes.filter((code) => code === "connected")).toHaveLength(1);
    expect(codes.filter((code) => code === "number_in_use")).toHaveLength(9);
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
    const winner = attempts[codes.indexOf("connected")]?.connectionId ?? "none";
    const { items } = await storage.records.scan("");
    expect(items.filter(({ namespace }) => !namespace.includes(winner))).toEqual([]);
  });
});

describe("numbers of one account that come and go at once", () => {
  it("have the account's webhooks exactly as long as one of them is connected", async () => {
    const turn = fc.array(fc.record({ number: fc.nat({ max: 2 }), workspace: fc.nat({ max: 1 }), goes: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    });
    const world = await openWorld();
    const { wadesk, meta, app } = world;
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 5 }), async (turns) => {
        const account = addAccount(meta, app);
        const numbers = [account.numberId, ...[1, 2].map(() => meta.addNumber({ wabaId: account.wabaId }).id)];
        const idOf = async (workspaceId: string, number: string): Promise<string | undefined> => {
          const row = await world.storage.connections.byRoute(`cloud-api:${number}`);
          return row?.workspaceId === workspaceId ? row.id : undefined;
        };
        for (const happenings of turns) {
          const work = happenings.map(async ({ number: index, workspace, goes }) => {
            const workspaceId = `tenant-${workspace}`;
            const number = numbers[index] ?? "";
            const id = await idOf(workspaceId, number);
            if (goes && id !== undefined) return wadesk.workspace(workspaceId).remove(id);
            if (!goes && id === undefined)
              await wadesk.workspace(workspaceId).connect("cloud-api", { ...account.input, phoneNumberId: number });
          });
          await Promise.allSettled(work);
          const rows = await world.storage.connections.byAccount(`cloud-api:${account.wabaId}`);
          expect(rows.every(({ status }) => status.state === "connected")).toBe(true);
          expect(await subscribedApps(meta, app, account.wabaId)).toEqual(rows.length > 0 ? [app.id] : []);
        }
      }),
      { numRuns: 10, seed: 20261122 },
    );
  });
});
