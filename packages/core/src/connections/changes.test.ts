import { describe, expect, it } from "vitest";
import { openEcho } from "../testing/open-echo.ts";

async function openTwo() {
  const world = openEcho();
  const acme = world.wadesk.workspace("acme");
  const first = await acme.connect("echo", { number: "+4930123456", token: "tok-1", label: "Sales LINE" });
  const second = await acme.connect("echo", { number: "+351912345678", token: "tok-2", label: "Support" });
  return { ...world, acme, first, second };
}

describe("a list", () => {
  it("counts by region, is searched by label and number, and takes blanks for nothing", async () => {
    const { acme, first, second } = await openTwo();
    const found = async (search: string): Promise<string[]> => (await acme.list({ search })).items.map(({ id }) => id);
    expect(await found("line")).toEqual([first.id]);
    expect(await found("+351 912")).toEqual([second.id]);
    expect(await found("  ")).toEqual([first.id, second.id]);
    const { regions, counts } = await acme.list({ search: "line" });
    expect([counts.all, regions]).toEqual([
      2,
      [
        { region: "DE", count: 1 },
        { region: "PT", count: 1 },
      ],
    ]);
  });

  it("goes on by what changed since, and what was removed is told as such", async () => {
    const { acme, first, second } = await openTwo();
    const { changes } = await acme.list();
    expect(await acme.changedSince(changes)).toMatchObject({ changed: [], removed: [], more: false, startOver: false });
    await acme.rename(first.id, "Counter");
    await acme.remove(second.id);
    const told = await acme.changedSince(changes);
    expect(told).toMatchObject({ changed: [{ id: first.id, label: "Counter" }], removed: [second.id], startOver: false });
    expect(await acme.changedSince(told.cursor)).toMatchObject({ changed: [], removed: [] });
  });

  it("begins anew where the workspace was deleted since, or where the cursor is of another channel", async () => {
    const { acme, wadesk } = await openTwo();
    const { changes } = await acme.list();
    const [, mark, since] = JSON.parse(changes) as string[];
    expect(await acme.changedSince(JSON.stringify(["other", mark, since]))).toMatchObject({ changed: [], startOver: true });
    await wadesk.deleteWorkspace("acme");
    await acme.connect("echo", { number: "+49303", token: "tok-3" });
    expect(await acme.changedSince(changes)).toMatchObject({ changed: [], removed: [], startOver: true });
  });
});
