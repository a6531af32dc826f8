import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { type StubScreen, stubScreen } from "./world/stub-screen.ts";
import { ACCOUNTS, countsOf, manyPhones, NOW, PHONES, phone } from "./world/wire-fixtures.ts";

const focused = (page: Page): Promise<string> =>
  page.evaluate(`{
    const at = document.querySelector("wadesk-devices").shadowRoot.activeElement;
    at?.getAttribute("aria-label") ?? at?.textContent.trim() ?? "";
  }`);
const cards = (page: Page): Promise<number> => page.getByRole("list", { name: "Devices" }).getByRole("listitem").count();
const ban = (screen: StubScreen): void => {
  const [sales] = PHONES;
  if (sales !== undefined)
    screen.tell({ type: "changed", connection: { ...sales, version: 2, status: { state: "failed", reason: "banned", since: NOW } } });
};

/** The application without one file of the script, and the names of those it was asked for. */
function withoutFile({ answer }: StubScreen, missing?: string): { readonly files: string[]; answer(request: Request): Promise<Response> } {
  const files: string[] = [];
  return {
    files,
    async answer(request) {
      const [, file] = /\/script\/\w+\/([\w-]+\.js)$/.exec(new URL(request.url).pathname) ?? [];
      if (file !== undefined) files.push(file);
      return file !== undefined && file === missing ? new Response(null, { status: 404 }) : answer(request);
    },
  };
}

onPage("what is loaded on first use", (here) => {
  it("comes when it is opened, each file once", async () => {
    const app = withoutFile(stubScreen({ items: PHONES }));
    const page = await here.open(app.answer);
    await expect.poll(() => cards(page)).toBe(9);
    expect(app.files).toEqual(["wadesk.js"]);
    for (const _time of [1, 2]) {
      await page.getByRole("button", { name: "Add device" }).click();
      await page.getByLabel("WhatsApp number").waitFor();
      expect(await focused(page)).toBe("Add device");
      await page.getByRole("button", { name: "My devices" }).click();
    }
    expect(app.files.toSorted()).toEqual(["pairing-page.js", "shared.js", "wadesk.js"]);
  });

  it.each([
    ["pairing-page.js", "unofficial", "Add device"],
    ["account-part.js", "cloud-api", "Add WABA account"],
  ])("says so where %s does not come, and the list stays", async (file, channel, add) => {
    const items = channel === "unofficial" ? PHONES : ACCOUNTS;
    const app = withoutFile(stubScreen({ items, channel }), file);
    const page = await here.open(app.answer);
    await page.getByRole("button", { name: add }).click();
    await page.getByRole("alert").getByText("This part of the screen could not be loaded").waitFor();
    await page.getByText("Nothing has changed on your connections. Reload this page, then try again.").waitFor();
    await page.getByRole("button", { name: channel === "unofficial" ? "My devices" : "Cancel" }).click();
    await page.getByRole("heading", { name: items[0]?.label ?? "", exact: true }).waitFor();
  });

  it("says so where the settings do not come", async () => {
    const app = withoutFile(stubScreen({}), "settings-screen.js");
    const page = await here.open(app.answer, { attributes: { tag: "wadesk-settings" } });
    await page.getByRole("heading", { name: "System Message Setting" }).waitFor();
    await page.getByRole("alert").getByText("This part of the screen could not be loaded").waitFor();
  });
});

onPage("the list of devices", (here) => {
  it("is filtered by state and region, and shown whole again", async () => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    await expect.poll(() => cards(page)).toBe(9);
    await page.getByRole("radio", { name: "Disconnected 2" }).check();
    await expect.poll(() => cards(page)).toBe(2);
    await page.getByRole("radio", { name: "Portugal 2" }).check();
    await expect.poll(() => cards(page)).toBe(1);
    await page.getByRole("radio", { name: "Failed 1" }).check();
    await page.getByRole("heading", { name: "No failed devices in Portugal" }).waitFor();
    await page.getByRole("button", { name: "Show all devices" }).click();
    await expect.poll(() => cards(page)).toBe(9);
    expect(await page.getByRole("radio", { name: "All 9" }).isChecked()).toBe(true);
  });

  it("of many is searched and paged through, and the focus goes to the first of the new ones", async () => {
    const page = await here.open(stubScreen({ items: manyPhones(214) }).answer);
    await page.getByText("Showing 50 of 214").waitFor();
    await page.getByRole("button", { name: "Show 50 more" }).click();
    await page.getByText("Showing 100 of 214").first().waitFor();
    await expect.poll(() => focused(page)).toBe("Store 0051");
    await page.getByRole("searchbox", { name: "Search by label or number" }).fill("store 0007");
    await expect.poll(() => cards(page)).toBe(1);
    await page.getByRole("searchbox").fill("nobody");
    await page.getByRole("heading", { name: "No device matches “nobody”" }).waitFor();
  });

  it("follows what happens, without moving the focus, and lets new ones wait where there is more", async () => {
    const screen = stubScreen({ items: manyPhones(60) });
    const page = await here.open(screen.answer, { attributes: { layout: "cards" } });
    await page.getByRole("button", { name: "Actions for Store 0001" }).focus();
    const [first] = manyPhones(1);
    screen.tell({ type: "changed", connection: { ...first!, label: "Corner shop", version: 2 } });
    screen.tell({ type: "changed", connection: phone("new", "New one", "+5511", "BR") });
    await page.getByRole("heading", { name: "Corner shop" }).waitFor();
    await expect.poll(() => focused(page)).toBe("Actions for Corner shop");
    expect(await page.getByRole("heading", { name: "New one" }).count()).toBe(0);
    await page.getByText("1 new device.").waitFor();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByRole("heading", { name: "New one" }).waitFor();
    screen.tell({ type: "counts", counts: { ...countsOf(manyPhones(60)), connected: 7 }, regions: [] });
    await page.getByText("7 connected").waitFor();
  });

  it("says so when nothing answers, keeps what it shows, and is live again by itself", async () => {
    const screen = stubScreen({ items: PHONES });
    const page = await here.open(screen.answer);
    await page.getByRole("heading", { name: "Sales line" }).waitFor();
    await page.context().setOffline(true);
    await page.getByText("You are offline").waitFor();
    await page.getByText("4 connected at 14:32").waitFor();
    const add = page.getByRole("button", { name: "Add device" });
    expect([await add.getAttribute("aria-disabled"), await cards(page)]).toEqual(["true", 9]);
    await add.click({ force: true });
    expect(await page.getByRole("heading", { name: "Add device" }).count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByText("4 connected", { exact: true }).waitFor();
    await page.getByText("You are offline").waitFor({ state: "detached" });
  });

  it("tells the application what happens, and lets it keep things from being done", async () => {
    const screen = stubScreen({ items: PHONES });
    const page = await here.open(screen.answer);
    await page.getByRole("heading", { name: "Sales line" }).waitFor();
    await page.evaluate(`{
      window.told = [];
      for (const name of ["wadesk-changed", "wadesk-removed", "wadesk-action", "wadesk-navigate"])
        document.addEventListener(name, (event) => {
          told.push(name + " " + (event.detail.action ?? event.detail.view ?? event.detail.connection.id));
          if (event.detail.action === "check" || event.detail.view === "add") event.preventDefault();
        });
    }`);
    ban(screen);
    await page.getByText("WhatsApp banned Sales line").waitFor();
    await page.getByRole("button", { name: "Check now: Events" }).click();
    await page.getByRole("button", { name: "Add device" }).click();
    screen.tell({ type: "removed", id: "events" });
    await page.getByRole("heading", { name: "Events", exact: true }).waitFor({ state: "detached" });
    expect(await page.evaluate("told")).toEqual([
      "wadesk-changed sales",
      "wadesk-action check",
      "wadesk-navigate add",
      "wadesk-removed events",
    ]);
    expect(screen.changes).toEqual([]);
  });
});

onPage("a card", (here) => {
  it("is renamed in place: Enter keeps the name, Escape does not", async () => {
    const screen = stubScreen({ items: PHONES });
    const page = await here.open(screen.answer);
    const rename = async (text: string, key: string): Promise<void> => {
      await page.getByRole("button", { name: "Actions for Support" }).click();
      await expect.poll(() => focused(page)).toBe("Rename");
      await page.keyboard.press("Enter");
      const field = page.getByRole("textbox", { name: "New name of Support" });
      await field.fill(text);
      await field.press(key);
      await field.waitFor({ state: "detached" });
      await expect.poll(() => focused(page)).toBe("Actions for Support");
    };
    await rename("Helpdesk", "Escape");
    expect(screen.changes).toEqual([]);
    await rename("Helpdesk", "Enter");
    await expect.poll(() => screen.changes).toEqual(['PATCH /connections/support {"label":"Helpdesk"}']);
  });

  it("has a menu that keys go through, and Escape leads back to its button", async () => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    const opener = page.getByRole("button", { name: "Actions for Sales line" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toBe("Rename");
    const way: readonly (readonly [string, string])[] = [
      ["ArrowDown", "Check now"],
      ["End", "Remove…"],
      ["ArrowDown", "Rename"],
      ["ArrowUp", "Remove…"],
      ["Home", "Rename"],
      ["d", "Disconnect…"],
    ];
    for (const [key, name] of way) {
      await page.keyboard.press(key);
      expect(await focused(page)).toBe(name);
    }
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Actions for Sales line");
    expect(await page.getByRole("menu").count()).toBe(0);
  });

  it("asks before it is removed: the focus is on Cancel, goes back to the button, and to the next card once it is gone", async () => {
    const screen = stubScreen({ items: PHONES });
    const page = await here.open(screen.answer);
    const ask = async (): Promise<void> => {
      await page.getByRole("button", { name: "Actions for Support" }).click();
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("alertdialog", { name: "Remove Support?" }).waitFor();
      await expect.poll(() => focused(page)).toBe("Cancel");
    };
    await ask();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Actions for Support");
    expect(screen.changes).toEqual([]);
    await ask();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect.poll(() => focused(page)).toBe("Campaigns");
    expect(screen.changes).toEqual(["DELETE /connections/support "]);
    expect(await cards(page)).toBe(8);
  });
});
