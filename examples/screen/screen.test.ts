import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type LinkStep, memoryStorage, WadeskError } from "@wadesk/core";
import { createFakeMeta, manualClock } from "@wadesk/testing";
import { describe, expect, it, vi } from "vitest";
import { follow } from "./follow.ts";
import { showLinking, stepHtml } from "./link-dialog.ts";
import { type Card, cardOf, overview } from "./overview.ts";

/** A workspace with so many numbers, and another process on its storage. */
async function openWorld(numbers: number) {
  const time = manualClock();
  const meta = createFakeMeta({ clock: time.clock });
  const app = meta.addApp();
  const waba = meta.addWaba();
  const accessToken = meta.addToken({ appId: app.id });
  const storage = memoryStorage({ now: time.now });
  const open = () =>
    createWadesk({
      channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "open-sesame" })],
      storage,
      clock: time.clock,
      encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
      fetch: (input, init) => meta.fetch(new Request(input, init)),
    });
  const [wadesk, other] = [open(), open()];
  let input = { phoneNumberId: "1", wabaId: "2", accessToken: "nobody's" };
  for (let index = 0; index < numbers; index += 1) {
    const display = `+${index % 2 === 0 ? "1 555" : "55 11"}-010-00${String(index).padStart(2, "0")}`;
    const { id } = meta.addNumber({ wabaId: waba.id, verifiedName: `Shop ${index}`, display, qualityRating: "GREEN" });
    input = { phoneNumberId: id, wabaId: waba.id, accessToken };
    await wadesk.workspace("acme").connect("cloud-api", input);
  }
  return { wadesk, other, time, input };
}

describe("the overview", () => {
  it("has a page of cards, the way to the next, and counts of the whole workspace", async () => {
    const { wadesk } = await openWorld(22);
    const first = await overview(wadesk, "acme");
    expect(first.cards).toHaveLength(20);
    expect(first.tabs).toEqual({ all: 22, connected: 22, failed: 0 });
    const second = await overview(wadesk, "acme", { ...(first.next !== undefined && { cursor: first.next }) });
    expect([second.cards.length, second.next]).toEqual([2, undefined]);
    expect(new Set([...first.cards, ...second.cards].map(({ id }) => id)).size).toBe(22);
    const found = await overview(wadesk, "acme", { search: "shop 7" });
    expect([found.cards.map(({ title }) => title.slice(0, 6)), found.tabs.all]).toEqual([["Shop 7"], 22]);
    expect((await overview(wadesk, "acme", { search: "0100003" })).cards).toHaveLength(1);
  });

  it("has cards of what the channel knows, and no line for what it does not", async () => {
    const { wadesk } = await openWorld(1);
    const [card] = (await overview(wadesk, "acme")).cards;
    expect(card).toMatchObject({ title: expect.stringMatching(/^Shop 0 · \+1555\d+ · primary$/), state: "connected" });
    expect(card?.lines).toContain("quality high");
    const [row] = (await wadesk.workspace("acme").list()).items;
    const bare = row && cardOf({ ...row, facts: {}, status: { state: "failed", reason: "token_expired", since: 1 } });
    expect(bare).toMatchObject({ state: "failed: token_expired", lines: [] });
  });
});

describe("a screen that follows", () => {
  it("hears of what another process changes and removes, and nothing once it has ended", async () => {
    const { wadesk, other, time, input } = await openWorld(2);
    const shown = new Map<string, Card>();
    const show = async (): Promise<string> => {
      const { cards, changes } = await overview(wadesk, "acme");
      shown.clear();
      for (const card of cards) shown.set(card.id, card);
      return changes;
    };
    const screen = { put: (card: Card) => void shown.set(card.id, card), remove: (id: string) => void shown.delete(id), reload: show };
    const stop = await follow(wadesk, "acme", await show(), screen);
    const [first = "", second = ""] = [...shown.keys()];
    await other.workspace("acme").rename(first, "Counter");
    await other.workspace("acme").remove(second);
    // the storage in memory is looked at once a second; others tell by themselves
    await time.advance(1000);
    await expect.poll(() => [...shown.values()].map(({ title }) => title.split(" · ")[0])).toEqual(["Counter"]);
    // it is told to begin anew, and does
    await other.deleteWorkspace("acme");
    await time.advance(1000);
    await expect.poll(() => [...shown]).toEqual([]);
    await stop();
    await other.workspace("acme").connect("cloud-api", input);
    await time.advance(5000);
    expect([...shown]).toEqual([]);
  });

  it("lists anew when its cursor is refused, such as one of another workspace, and follows from there", async () => {
    const { wadesk, other, time } = await openWorld(1);
    const theirs = (await overview(wadesk, "rival")).changes;
    const shown: string[] = [];
    const reload = vi.fn(async () => (await overview(wadesk, "acme")).changes);
    const stop = await follow(wadesk, "acme", theirs, { put: ({ title }) => void shown.push(title), remove: () => undefined, reload });
    await expect.poll(() => reload.mock.calls.length).toBe(1);
    const [row] = (await wadesk.workspace("acme").list()).items;
    await other.workspace("acme").rename(row?.id ?? "", "Counter");
    await time.advance(1000);
    await expect.poll(() => shown).toEqual([expect.stringMatching(/^Counter/)]);
    expect(reload).toHaveBeenCalledTimes(1);
    await stop();
  });
});

describe("the dialog that links a number", () => {
  const steps: readonly LinkStep[] = [
    { type: "qr", text: "2@abc", expiresAt: 1, number: 2, of: 6 },
    { type: "step", step: "syncing", percent: 40 },
    { type: "check", name: "token", state: "failed", detail: "<script>" },
    { type: "ready" },
  ];

  it("draws the QR, says which of how many it is, how far syncing is, and that it is done", async () => {
    const [qr, progress, check, ready] = await Promise.all(steps.map(stepHtml));
    expect(qr).toMatch(/^<svg viewBox="0 0 \d+ \d+".*<path d="M.*<p>Code 2 of 6<\/p>$/);
    expect(progress).toBe('<progress max="100" value="40"></progress>');
    expect(check).toContain("&lt;script&gt;");
    expect(ready).toBe("<p>Connected.</p>");
  });

  it("ends with what went wrong, field by field", async () => {
    const shown: string[] = [];
    const linking = (async function* (): AsyncGenerator<LinkStep> {
      yield* steps.slice(1, 2);
      throw new WadeskError("input_invalid", { issues: [{ field: "wabaId", code: "wrong_form", message: "must be digits" }] });
    })();
    await showLinking(linking, (html) => void shown.push(html));
    expect(shown).toEqual([
      '<progress max="100" value="40"></progress>',
      "<p>the input is not valid</p><ul><li>wabaId: must be digits</li></ul>",
    ]);
  });

  it("shows the steps of a number that is being connected", async () => {
    const { wadesk, input } = await openWorld(0);
    const shown: string[] = [];
    await showLinking(wadesk.workspace("acme").connect("cloud-api", input), (html) => void shown.push(html));
    expect(shown.at(-1)).toContain("<p>");
  });
});
